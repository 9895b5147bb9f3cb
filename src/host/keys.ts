import { randomUUID } from 'node:crypto';
import { chmod, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkKey, DictationError } from '../core/index.ts';
import { configFolder, type Environment } from './config-folder.ts';

export interface FoundKey {
  readonly key: string;
  /** For people: the variable's name or the file's path. */
  readonly source: string;
}

const VARIABLE = 'ASSEMBLYAI_API_KEY';
const OTHERS = 0o077;

/** Where `saveKey` writes. */
export function keyFile(env: Environment): string {
  return join(configFolder(env), 'key');
}

/**
 * The key of the environment, else the one of the login; `undefined` where there is none.
 * @throws DictationError `malformed-key`, or `no-key` where the file is there but not readable
 */
export async function findKey(env: Environment): Promise<FoundKey | undefined> {
  const given = env[VARIABLE];
  // An empty variable is how a shell command does without one.
  if (given) return { key: checkKey(given, VARIABLE), source: VARIABLE };
  const path = keyFile(env);
  const text = await readKeyFile(path);
  if (text === undefined) return undefined;
  return { key: checkKey(text.replace(/\r?\n$/, ''), path), source: path };
}

/**
 * Keeps `key` for the commands to come and gives the file's path.
 * @throws DictationError `malformed-key`, `output-failed`
 */
export async function saveKey(key: string, env: Environment): Promise<string> {
  const path = keyFile(env);
  checkKey(key, 'the login');
  const draft = `${path}.${randomUUID()}`;
  try {
    await mkdir(configFolder(env), { recursive: true, mode: 0o700 });
    // Written aside and renamed, so that no reader and no crash ever meets half a key.
    await writeFile(draft, `${key}\n`, { mode: 0o600, flag: 'wx', flush: true });
    await rename(draft, path);
  } catch (cause) {
    // Where no draft could be written there is none to remove; the first error tells more.
    await rm(draft, { force: true }).catch(() => {});
    const message = `The key could not be saved in ${path}; check who may write there`;
    throw new DictationError('output-failed', message, { cause });
  }
  return path;
}

/** Forgets the saved key; says whether there was one. */
export async function removeKey(env: Environment): Promise<boolean> {
  const path = keyFile(env);
  try {
    await rm(path);
    return true;
  } catch (cause) {
    if (isMissing(cause)) return false;
    const message = `The key in ${path} could not be removed; delete the file yourself`;
    throw new DictationError('output-failed', message, { cause });
  }
}

async function readKeyFile(path: string): Promise<string | undefined> {
  try {
    // Other people on the machine may read a file that was copied here by hand.
    const { mode } = await stat(path);
    if (process.platform !== 'win32' && (mode & OTHERS) !== 0) await chmod(path, 0o600);
    return await readFile(path, 'utf8');
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    const message = `The key in ${path} cannot be read; check who owns the file, or log in again`;
    throw new DictationError('no-key', message, { cause });
  }
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
}
