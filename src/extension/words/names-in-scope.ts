import { Range, type TextDocument, workspace } from 'vscode';
import { listProject } from '../../host/index.ts';
import { namesNear } from '../../text/index.ts';
import { namesIn, openDocuments } from './open-files.ts';

/** So much of a document on either side decides which names are near. */
const REACH = 50_000;
const MOST_DOCUMENTS = 20;

/** The names of the project that a phrase may mean. */
export class NamesInScope {
  #files: readonly string[] = [];

  /** Tracked files, by their paths in the project; as they were when a dictation last began. */
  get files(): readonly string[] {
    return this.#files;
  }

  /** Names of symbols for code at the place, the nearest first: of the document, then of others. */
  symbolsAt(document: TextDocument, offset: number): readonly string[] {
    const from = Math.max(0, offset - REACH);
    const range = new Range(document.positionAt(from), document.positionAt(offset + REACH));
    const others = openDocuments().filter((each) => each !== document);
    return [
      ...namesNear(document.getText(range), offset - from),
      ...others.slice(0, MOST_DOCUMENTS).flatMap((each) => namesIn(each).map(({ name }) => name)),
    ];
  }

  /** Asks git anew which files there are. */
  async refresh(): Promise<void> {
    if (!workspace.isTrusted) return;
    const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
    const { env, platform } = process;
    const lists = await Promise.all(
      folders.map(({ uri }) => listProject(uri.fsPath, { env, platform })),
    );
    this.#files = lists.flatMap((list) => list?.files ?? []);
  }
}
