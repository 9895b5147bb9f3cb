import { type TextEditor, window, workspace } from 'vscode';
import { REPORT_SCHEME } from '../window/report-document.ts';
import { DocumentTarget, type TargetTools } from './document-target.ts';
import { InputTarget } from './input-target.ts';
import type { Target } from './target.ts';
import { TerminalTarget } from './terminal-target.ts';

/** What a key binding says about the place it was pressed in. A `box` takes no words from Lull. */
export type Place = (typeof PLACES)[number];

const PLACES = ['editor', 'terminal', 'commit-message', 'chat', 'input', 'box'] as const;

/** Documents that are shown and never typed into. */
const SHOWN_ONLY = new Set(['output', REPORT_SCHEME]);

export function isPlace(value: unknown): value is Place {
  return PLACES.some((place) => place === value);
}

/** The place to type in; without a word of where the focus is, the one the person was in last. */
export function chooseTarget(
  place: Place | undefined,
  tools: TargetTools,
  last: 'editor' | 'terminal' = 'editor',
): Target | undefined {
  if (place === 'box') return undefined;
  if (place === 'chat' || place === 'input') return new InputTarget(place, tools);
  if (place === 'commit-message') return commitMessage(tools) ?? new InputTarget('input', tools);
  const editor = () => (place === 'terminal' ? undefined : inActiveEditor(tools));
  const terminal = () => (place === 'editor' ? undefined : inActiveTerminal(tools));
  return last === 'terminal' ? (terminal() ?? editor()) : (editor() ?? terminal());
}

/** A new document, where there is nowhere else to type. */
export async function openNewDocument(tools: TargetTools): Promise<Target> {
  const document = await workspace.openTextDocument();
  return inEditor(await window.showTextDocument(document), tools);
}

function inActiveEditor(tools: TargetTools): Target | undefined {
  const editor = window.activeTextEditor;
  if (!editor || SHOWN_ONLY.has(editor.document.uri.scheme)) return undefined;
  return inEditor(editor, tools);
}

function inActiveTerminal(tools: TargetTools): Target | undefined {
  const terminal = window.activeTerminal;
  return terminal && new TerminalTarget(terminal, tools);
}

function inEditor({ document, selections }: TextEditor, tools: TargetTools): Target {
  const offsets = selections.map(({ end }) => document.offsetAt(end));
  const selected = new Map(
    selections.map(({ start, end }) => [
      document.offsetAt(end),
      document.offsetAt(end) - document.offsetAt(start),
    ]),
  );
  return new DocumentTarget({ document, offsets, selected }, tools);
}

/** The one commit message there is, at its end; with several, the focus alone knows which. */
function commitMessage(tools: TargetTools): Target | undefined {
  const [document, ...others] = workspace.textDocuments.filter(
    ({ uri }) => uri.scheme === 'vscode-scm',
  );
  if (!document || others.length > 0) return undefined;
  return new DocumentTarget({ document, offsets: [document.getText().length] }, tools);
}
