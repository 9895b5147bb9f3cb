import { FileType, l10n, Uri, workspace } from 'vscode';
import { type Clock, MOST_KEYTERMS, type Note } from '../../core/index.ts';
import { listProject } from '../../host/index.ts';
import { findModel } from '../../protocol/index.ts';
import { harvestKeyterms, packageNames, parseKeyterms, type Vocabulary } from '../../text/index.ts';
import type { Settings } from '../settings/settings.ts';
import { namesIn, openAndRecentDocuments, openDocuments, symbolsIn } from './open-files.ts';

const LISTED = '.lull/keyterms';
const MANIFESTS = ['package.json', 'Cargo.toml', 'pyproject.toml', 'go.mod'];
const MOST_BYTES = 200_000;

/** What a workspace adds to the person's own keyterms, best first. */
export interface WorkspaceKeyterms {
  /** Of the project's own list. */
  readonly listed: readonly string[];
  /** Of its code, where `lull.keytermsFromWorkspace` is on. */
  readonly harvested: readonly string[];
  /** Lines of the list that say nothing that can be sent. */
  readonly notes: readonly Note[];
}

type Chosen = Pick<Settings, 'keytermsFromWorkspace' | 'options'>;

/** Whether the workspace is asked for keyterms; never one that is not trusted. */
export function keytermsSource({
  keytermsFromWorkspace,
}: Pick<Settings, 'keytermsFromWorkspace'>): 'on' | 'off' | 'not-trusted' {
  if (!workspace.isTrusted) return 'not-trusted';
  return keytermsFromWorkspace;
}

/** What can be told at once, so that no microphone waits. */
export async function keytermsAtOnce(chosen: Chosen): Promise<WorkspaceKeyterms> {
  return gather(chosen, async () => ({ symbols: openDocuments().flatMap(namesIn) }));
}

/** All there is: the languages are asked for symbols, the tabs are read, and git for the branch. */
export async function allKeyterms(chosen: Chosen, clock: Clock): Promise<WorkspaceKeyterms> {
  return gather(chosen, async () => {
    const [documents, branch] = await Promise.all([openAndRecentDocuments(), branchName()]);
    const symbols = await Promise.all(documents.map((document) => symbolsIn(document, clock)));
    return { symbols: symbols.flat(), ...(branch === undefined ? {} : { branch }) };
  });
}

/** The names that a dictation may send, whatever the settings say: for a preview. */
export function previewed(chosen: Chosen, clock: Clock): Promise<WorkspaceKeyterms> {
  return allKeyterms({ ...chosen, keytermsFromWorkspace: 'on' }, clock);
}

async function gather(chosen: Chosen, look: () => Promise<Vocabulary>): Promise<WorkspaceKeyterms> {
  if (!workspace.isTrusted) return { listed: [], harvested: [], notes: [] };
  const { keyterms: own = [], model = '' } = chosen.options;
  const isOn = chosen.keytermsFromWorkspace === 'on';
  // With some models keyterms cost extra, which is the person's to choose and not a project's.
  const isDearer = own.length === 0 && findModel(model).keytermsUsdPerHour > 0;
  const { terms, notes } = isDearer && !isOn ? { terms: [], notes: [] } : await listedKeyterms();
  const known = new Set(own.map((term) => term.toLowerCase()));
  const room = Math.max(0, MOST_KEYTERMS - own.length);
  const listed = terms.filter((term) => !known.has(term.toLowerCase())).slice(0, room);
  if (!isOn) return { listed, harvested: [], notes };
  const [vocabulary, packages] = await Promise.all([look(), packagesOfFolders()]);
  return {
    listed,
    notes,
    harvested: harvestKeyterms([...own, ...listed], { ...vocabulary, packages }),
  };
}

async function listedKeyterms(): Promise<{
  readonly terms: readonly string[];
  readonly notes: readonly Note[];
}> {
  const texts = await Promise.all(folders().map((uri) => readText(Uri.joinPath(uri, LISTED))));
  const files = texts.map((text) => parseKeyterms(text ?? ''));
  const problems = files.flatMap((file) => file.problems);
  return {
    terms: files.flatMap(({ keyterms }) => keyterms),
    notes: problems.map(({ line, message }) => ({
      code: 'keyterm-ignored',
      message: l10n.t('Line {0} of {1}: {2}', line, LISTED, message),
    })),
  };
}

async function packagesOfFolders(): Promise<readonly string[]> {
  const files = folders().flatMap((uri) => MANIFESTS.map((name) => Uri.joinPath(uri, name)));
  const found = await Promise.all(
    files.map(async (uri) => packageNames({ path: uri.path, text: (await readText(uri)) ?? '' })),
  );
  return found.flat();
}

async function branchName(): Promise<string | undefined> {
  const [first] = folders().filter(({ scheme }) => scheme === 'file');
  if (first === undefined) return undefined;
  const { env, platform } = process;
  return (await listProject(first.fsPath, { env, platform }))?.branch;
}

function folders(): readonly Uri[] {
  return (workspace.workspaceFolders ?? []).map(({ uri }) => uri);
}

/** No link is followed, and nothing that is no small text is read. */
async function readText(uri: Uri): Promise<string | undefined> {
  try {
    const { type, size } = await workspace.fs.stat(uri);
    if (type !== FileType.File || size > MOST_BYTES) return undefined;
    return Buffer.from(await workspace.fs.readFile(uri)).toString();
  } catch {
    // Not there, or not to be read: it has nothing to offer.
    return undefined;
  }
}
