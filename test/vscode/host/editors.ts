import {
  commands,
  EventEmitter,
  Selection,
  type TextDocument,
  type TextEditor,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { Utterance } from '../../../src/extension/typing/compose.ts';
import { DocumentTarget } from '../../../src/extension/typing/document-target.ts';
import { GhostText } from '../../../src/extension/typing/ghost-text.ts';
import { createMonotonicClock } from '../../../src/host/clock.ts';

const clock = createMonotonicClock();

const ENDINGS = { plaintext: 'txt', typescript: 'ts', markdown: 'md' } as const;

let pages = 0;

/**
 * A new page of its own, in the editor. A file, because an untitled document may get the name of one
 * that was closed before, and then VS Code gives it the text of that one back.
 */
export async function openPage(
  content = '',
  language: keyof typeof ENDINGS = 'plaintext',
): Promise<TextEditor> {
  pages += 1;
  const folder = workspace.workspaceFolders?.[0]?.uri ?? Uri.file('/tmp');
  const uri = Uri.joinPath(folder, `page-${pages}.${ENDINGS[language]}`);
  await workspace.fs.writeFile(uri, Buffer.from(content));
  return window.showTextDocument(await workspace.openTextDocument(uri), { preview: false });
}

/** A document with a caret at every `|`, and dictation standing at each of them. */
export async function dictatingInto(marked: string) {
  const parts = marked.split('|');
  const editor = await openPage(parts.join(''));
  const { document } = editor;
  const carets = parts.slice(0, -1).map((_, index) => parts.slice(0, index + 1).join('').length);
  setCarets(editor, carets);
  await until(() => editor.selections.length === carets.length);
  const ghost = new GhostText();
  const target = new DocumentTarget({ document, offsets: carets }, { ghost, clock });
  return { document, editor, target };
}

/** Words to be typed to the letter; how they are joined is told from the text, and tested there. */
export function words(text: string): Utterance {
  return { kind: 'words', text, words: 'literal' };
}

export function setCarets(editor: TextEditor, offsets: readonly number[]): void {
  editor.selections = offsets.map((offset) => {
    const place = editor.document.positionAt(offset);
    return new Selection(place, place);
  });
}

/** A focused terminal that keeps what is sent to it: code-server has no shell. */
export async function openTerminal() {
  let typed = '';
  const terminal = window.createTerminal({
    name: 'spoken to',
    pty: {
      onDidWrite: new EventEmitter<string>().event,
      open() {},
      close() {},
      handleInput: (text: string) => {
        typed += text;
      },
    },
  });
  terminal.show();
  await until(() => window.activeTerminal === terminal);
  return {
    get typed() {
      return typed;
    },
    close: () => terminal.dispose(),
  };
}

/** As a keyboard does it, at the carets. */
export async function typeKeys(text: string): Promise<void> {
  await commands.executeCommand('type', { text });
}

export async function undo(): Promise<void> {
  await commands.executeCommand('undo');
}

/** The edit of another extension; resolves to whether VS Code took it. */
export function insertAt(editor: TextEditor, offset: number, text: string): Thenable<boolean> {
  return editor.edit((edit) => edit.insert(editor.document.positionAt(offset), text));
}

export async function closeEverything(): Promise<void> {
  for (const document of [...workspace.textDocuments]) {
    if (document.isDirty) {
      await window.showTextDocument(document);
      await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
  }
  await commands.executeCommand('workbench.action.closeAllEditors');
}

export function caretOf(editor: TextEditor): number {
  return editor.document.offsetAt(editor.selection.active);
}

const LIMIT_MS = 15_000;

/** Asks again until it holds; most of what is waited for has no event. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  limitMs = LIMIT_MS,
): Promise<void> {
  const deadlineMs = performance.now() + limitMs;
  while (!(await condition())) {
    if (performance.now() > deadlineMs) throw new Error(`never came true: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** The documents behind Lull's pages, those of pages that were closed included. */
export function reports(): readonly TextDocument[] {
  return workspace.textDocuments.filter(({ uri }) => uri.scheme === 'lull-report');
}
