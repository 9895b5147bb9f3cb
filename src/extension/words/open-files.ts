import {
  commands,
  type DocumentSymbol,
  Range,
  TabInputText,
  type TextDocument,
  type Uri,
  window,
  workspace,
} from 'vscode';
import type { Clock } from '../../core/index.ts';
import { type DeclaredName, declaredNames, isSecretFile } from '../../text/index.ts';

/** A huge file says nothing that its first lines do not, and is not read whole before a dictation. */
const MOST_LINES = 5_000;
const MOST_FILES = 30;
/** A language that is only now being loaded is not waited for. */
const SYMBOLS_LIMIT_MS = 2_000;
/** Documents of no folder that are the person's own all the same. */
const OWN_SCHEMES = new Set(['untitled', 'vscode-notebook-cell']);
/** In files of data every word may be a value. */
const DATA =
  /^(?:json|jsonc|jsonl|yaml|toml|ini|properties|dotenv|xml|csv|log|plaintext|markdown)$/u;
const NAME = /^[\p{L}_$][\p{L}\p{M}\p{N}_$]*$/u;

/**
 * Documents that are open and may be read for names: the one the person is in, those in tabs, then
 * those that VS Code keeps for a while after their tab was closed.
 */
export function openDocuments(): readonly TextDocument[] {
  const active = window.activeTextEditor?.document;
  const documents = workspace.textDocuments.filter(({ uri }) => mayBeRead(uri));
  const tabs = new Set(tabbed().map(String));
  const rank = (each: TextDocument) => {
    if (each === active) return 0;
    return tabs.has(each.uri.toString()) ? 1 : 2;
  };
  return [...documents].sort((one, other) => rank(one) - rank(other));
}

/** Those, and what the tabs hold that was not looked at in this window yet. */
export async function openAndRecentDocuments(): Promise<readonly TextDocument[]> {
  const open = openDocuments();
  const known = new Set(open.map(({ uri }) => uri.toString()));
  const others = tabbed().filter((uri) => !known.has(uri.toString()) && mayBeRead(uri));
  const opened = await Promise.allSettled(
    others.slice(0, MOST_FILES).map((uri) => workspace.openTextDocument(uri)),
  );
  const found = opened.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  return [...open, ...found].slice(0, MOST_FILES);
}

function tabbed(): readonly Uri[] {
  return window.tabGroups.all
    .flatMap(({ tabs }) => tabs.map(({ input }) => input))
    .filter((input) => input instanceof TabInputText)
    .map(({ uri }) => uri);
}

/** The names a document declares, as its text tells. */
export function namesIn(document: TextDocument): readonly DeclaredName[] {
  const { uri, languageId } = document;
  const text = document.getText(new Range(0, 0, MOST_LINES, 0));
  return declaredNames({ path: uri.path, text, languageId });
}

/** The same, and what only the language's own extension knows. */
export async function symbolsIn(
  document: TextDocument,
  clock: Pick<Clock, 'schedule'>,
): Promise<readonly DeclaredName[]> {
  const names = namesIn(document);
  if (DATA.test(document.languageId)) return names;
  const known = new Set(names.map(({ name }) => name));
  const symbols = (await documentSymbols(document.uri, clock)).filter(
    (name) => NAME.test(name) && !known.has(name),
  );
  return [...names, ...[...new Set(symbols)].map((name) => ({ name, uses: 1 }))];
}

async function documentSymbols(
  uri: Uri,
  clock: Pick<Clock, 'schedule'>,
): Promise<readonly string[]> {
  let cancel = () => {};
  const late = new Promise<undefined>((resolve) => {
    cancel = clock.schedule(SYMBOLS_LIMIT_MS, () => resolve(undefined));
  });
  const asked = Promise.resolve(
    commands.executeCommand<readonly DocumentSymbol[] | undefined>(
      'vscode.executeDocumentSymbolProvider',
      uri,
    ),
  ).catch(() => undefined);
  const found = await Promise.race([asked, late]);
  cancel();
  return (found ?? []).flatMap(namesOf);
}

/** Old providers give a flat list, whose entries have no children. */
function namesOf({ name, children = [] }: Partial<DocumentSymbol>): readonly string[] {
  return [...(name === undefined ? [] : [name]), ...children.flatMap(namesOf)];
}

function mayBeRead(uri: Uri): boolean {
  if (isSecretFile(uri.path)) return false;
  return OWN_SCHEMES.has(uri.scheme) || workspace.getWorkspaceFolder(uri) !== undefined;
}
