import { closeSync, constants, fstatSync, openSync, readSync, realpathSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import {
  declaredNames,
  isManifest,
  isSecretFile,
  isSourceFile,
  packageNames,
  type Vocabulary,
} from '../../text/index.ts';
import type { ProjectList } from './list-project.ts';

/** More says nothing new about a project, and would have to be waited for. */
const MOST_FILES = 300;
const MOST_MANIFESTS = 20;
const MOST_BYTES = 200_000;
const MOST_BYTES_IN_ALL = 2_000_000;
/** Then others have their turn. */
const FILES_AT_A_TIME = 20;
/** What a project is about stands in its code; its tests repeat it. */
const LESS_TELLING =
  /(?:^|[/._-])(?:tests?|specs?|__tests__|fixtures?|mocks?|examples?|vendor)(?=[/._-])/iu;
// Windows has no such flag.
const READ_NO_LINK = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0);

/** The names that a project's code declares and its manifests list; files of secrets are never opened. */
export async function readVocabulary(
  folder: string,
  { files, branch }: ProjectList,
): Promise<Vocabulary> {
  const symbols: Vocabulary['symbols'][number][] = [];
  const packages: string[] = [];
  // Reading them all at once takes longer: each call of the threads that would do it costs more than the file.
  const read = reader(folder);
  let left = MOST_BYTES_IN_ALL;
  for (const [index, path] of worthReading(files).entries()) {
    if (left <= 0) break;
    if (index % FILES_AT_A_TIME === FILES_AT_A_TIME - 1) await setImmediate();
    const text = read(path);
    if (text === undefined) continue;
    left -= text.length;
    packages.push(...packageNames({ path, text }));
    symbols.push(...declaredNames({ path, text }));
  }
  return { symbols, packages, ...(branch === undefined ? {} : { branch }) };
}

/** The project's own list of words, `.lull/keyterms`; nothing where there is none. */
export function readKeytermsFile(folder: string): string | undefined {
  return reader(folder)('.lull/keyterms');
}

function worthReading(files: readonly string[]): readonly string[] {
  const open = files.filter((path) => !isSecretFile(path));
  const sources = open.filter(isSourceFile);
  const telling = sources.filter((path) => !LESS_TELLING.test(path));
  const others = sources.filter((path) => LESS_TELLING.test(path));
  const manifests = spread(open.filter(isManifest), MOST_MANIFESTS);
  return [...manifests, ...spread(telling, MOST_FILES), ...others].slice(0, MOST_FILES);
}

/** So many of them, from all parts of the project. */
function spread(paths: readonly string[], most: number): readonly string[] {
  if (paths.length <= most) return paths;
  const step = paths.length / most;
  return Array.from({ length: most }, (_, index) => paths[Math.floor(index * step)] ?? '');
}

/** Reads files of the folder and nothing outside it, whatever links lead there. */
function reader(folder: string): (path: string) => string | undefined {
  const root = realpathSync(folder);
  const below = root.endsWith(sep) ? root : `${root}${sep}`;
  const folders = new Map<string, boolean>();
  const isInside = (inner: string): boolean => {
    const known = folders.get(inner) ?? `${realpathSync(inner)}${sep}`.startsWith(below);
    folders.set(inner, known);
    return known;
  };
  return (path) => {
    const full = join(root, path);
    try {
      return isInside(dirname(full)) ? readStart(full) : undefined;
    } catch {
      // Deleted since, a link, or not ours to read: it has no names to offer.
      return undefined;
    }
  };
}

function readStart(path: string): string | undefined {
  const file = openSync(path, READ_NO_LINK);
  try {
    const status = fstatSync(file);
    if (!status.isFile()) return undefined;
    const bytes = Buffer.allocUnsafe(Math.min(status.size, MOST_BYTES));
    const read = readSync(file, bytes, 0, bytes.length, 0);
    return bytes.toString('utf8', 0, read);
  } finally {
    closeSync(file);
  }
}
