import { Range, type TextDocument, Uri, workspace } from 'vscode';
import { declaredNames, harvestKeyterms, isSecretFile } from '../../text/index.ts';
import type { Settings } from '../settings/settings.ts';

/** A huge file says nothing that its first lines do not, and is not read whole before a dictation. */
const MOST_LINES = 5_000;
/** Documents of no folder that are the person's own all the same. */
const OWN_SCHEMES = new Set(['untitled', 'vscode-notebook-cell']);

/** Whether the workspace is asked for keyterms; never one that is not trusted. */
export function keytermsSource({
  keytermsFromWorkspace,
}: Pick<Settings, 'keytermsFromWorkspace'>): 'on' | 'off' | 'not-trusted' {
  if (!workspace.isTrusted) return 'not-trusted';
  return keytermsFromWorkspace;
}

/** Keyterms of the open documents and of each folder's package.json that fit beside `own`. */
export async function workspaceKeyterms(own: readonly string[]): Promise<readonly string[]> {
  if (!workspace.isTrusted) return [];
  const folders = workspace.workspaceFolders ?? [];
  const names = await Promise.all(folders.map(({ uri }) => packageNames(uri)));
  const symbols = workspace.textDocuments.filter(isOfWorkspace).flatMap((document) => {
    const text = document.getText(new Range(0, 0, MOST_LINES, 0));
    const { uri, languageId } = document;
    return declaredNames({ path: uri.path, text, languageId });
  });
  return harvestKeyterms(own, { symbols, packages: names.flat() });
}

function isOfWorkspace({ uri }: TextDocument): boolean {
  if (isSecretFile(uri.path)) return false;
  return OWN_SCHEMES.has(uri.scheme) || workspace.getWorkspaceFolder(uri) !== undefined;
}

async function packageNames(folder: Uri): Promise<readonly string[]> {
  try {
    const file = await workspace.fs.readFile(Uri.joinPath(folder, 'package.json'));
    const { name, dependencies, devDependencies } = JSON.parse(Buffer.from(file).toString());
    const all = [name, ...Object.keys({ ...dependencies, ...devDependencies })];
    return all.filter((each) => typeof each === 'string');
  } catch {
    // No package, or none that can be read, has no names to offer.
    return [];
  }
}
