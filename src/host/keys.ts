import { randomUUID } from 'node:crypto';
import { lstat, mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { checkKey, DictationError, isAssemblyAi } from '../core/index.ts';
import { configFolder, type Environment } from './config-folder.ts';

/** A key belongs to an endpoint: `host` is absent for AssemblyAI's own, which share one key. */
interface KeyPlace {
  readonly variable: 'ASSEMBLYAI_API_KEY' | 'LULL_KEY';
  readonly file: string;
  /** Where to get the key again, for people. */
  readonly from: string;
  readonly host?: string;
}

export interface FoundKey {
  readonly key: string;
  /** For people: the variable's name or the file's path. */
  readonly source: string;
}

/** More than any key; the rest of a file put there by mistake is not read. */
const MOST_BYTES = 4_096;
const FEWEST_CHARACTERS = 16;

/** `endpoint` is a checked address; absent is AssemblyAI's. */
export function keyPlace(env: Environment, endpoint?: string): KeyPlace {
  const folder = configFolder(env);
  if (endpoint === undefined || isAssemblyAi(endpoint)) {
    const from = 'https://www.assemblyai.com/dashboard';
    return { variable: 'ASSEMBLYAI_API_KEY', file: join(folder, 'key'), from };
  }
  const url = new URL(endpoint);
  // Whoever holds another port of the same host is somebody else.
  const host = url.protocol === 'ws:' && url.port === '' ? `${url.host}:80` : url.host;
  const file = join(folder, `key-${encodeURIComponent(host)}`);
  return { variable: 'LULL_KEY', file, from: `whoever runs ${host}`, host };
}

/**
 * The key for this endpoint and no other: of the environment, else of the login; `undefined` where
 * there is none.
 * @throws DictationError `malformed-key`, or `no-key` where the file is there but not to be used
 */
export async function findKey(env: Environment, endpoint?: string): Promise<FoundKey | undefined> {
  const { variable, file, from } = keyPlace(env, endpoint);
  const given = env[variable];
  // An empty variable is how a shell command does without one.
  if (given) return { key: checkKey(given, variable, from), source: variable };
  const text = await readKeyFile(file);
  if (text === undefined) return undefined;
  return { key: checkKey(text.replace(/\r?\n$/, ''), file, from), source: file };
}

/**
 * Keeps a key as somebody pasted it, for the commands to come, and gives the file's path.
 * @throws DictationError `malformed-key`, `output-failed`
 */
export async function saveKey(
  pasted: string,
  env: Environment,
  endpoint?: string,
): Promise<string> {
  const { file, from, host } = keyPlace(env, endpoint);
  const key = checkKey(unwrap(pasted), 'That key', from);
  const fault = host === undefined ? faultOfShape(key) : undefined;
  if (fault !== undefined) {
    throw new DictationError('malformed-key', `That key ${fault}; copy the key again from ${from}`);
  }
  const draft = `${file}.${randomUUID()}`;
  try {
    await mkdir(configFolder(env), { recursive: true, mode: 0o700 });
    // Written aside and renamed, so that no reader and no crash ever meets half a key.
    await writeFile(draft, `${key}\n`, { mode: 0o600, flag: 'wx', flush: true });
    await rename(draft, file);
  } catch (cause) {
    // Where no draft could be written there is none to remove; the first error tells more.
    await rm(draft, { force: true }).catch(() => {});
    const message = `The key could not be saved in ${file}; check who may write there, or name another folder in LULL_CONFIG_DIR`;
    throw new DictationError('output-failed', message, { cause });
  }
  return file;
}

/** Forgets the saved key; says whether there was one. */
export async function removeKey(env: Environment, endpoint?: string): Promise<boolean> {
  const { file } = keyPlace(env, endpoint);
  try {
    await rm(file);
    return true;
  } catch (cause) {
    if (isMissing(cause)) return false;
    const message = `The key in ${file} could not be removed; delete the file yourself`;
    throw new DictationError('output-failed', message, { cause });
  }
}

/** People copy a line of a shell's settings, or the quotes around a key. */
function unwrap(pasted: string): string {
  // Behind the name of a variable comes a value; an equals sign at the end belongs to the key.
  const value = pasted.trim().replace(/^(export\s+)?[A-Za-z_]\w*\s*=\s*(?=[^=\s])/, '');
  return value.replace(/^(["'`])(.*)\1$/s, '$2').trim();
}

/** Why this is no key of AssemblyAI. It has 32 letters and digits today, and may have others. */
function faultOfShape(key: string): string | undefined {
  if (/^https?:/i.test(key)) return 'is an address and not a key';
  if (/[^\w-]/.test(key)) return 'contains a character that no AssemblyAI key has';
  return key.length < FEWEST_CHARACTERS ? 'is too short to be a key' : undefined;
}

async function readKeyFile(path: string): Promise<string | undefined> {
  try {
    await checkOwner(path);
    const file = await open(path, 'r');
    try {
      const buffer = Buffer.alloc(MOST_BYTES);
      const { bytesRead } = await file.read(buffer, 0, MOST_BYTES, 0);
      return buffer.toString('utf8', 0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (cause instanceof DictationError) throw cause;
    if (isMissing(cause)) return undefined;
    const message = `The key in ${path} cannot be read; check who owns the file, or log in again`;
    throw new DictationError('no-key', message, { cause });
  }
}

/** Whoever can put another file in this place chooses whose account the voice goes to. */
async function checkOwner(path: string): Promise<void> {
  const stat = await lstat(path);
  const own = process.getuid?.();
  const fault = stat.isSymbolicLink()
    ? 'is a link to another file'
    : !stat.isFile()
      ? 'is not a file'
      : own !== undefined && stat.uid !== own
        ? 'belongs to another user'
        : undefined;
  if (fault === undefined) return;
  const message = `The key in ${path} is not used because it ${fault}; delete it and run lull login`;
  throw new DictationError('no-key', message);
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
}
