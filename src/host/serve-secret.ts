import { randomBytes, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { link, lstat, mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { DictationError, isLoopback } from '../core/index.ts';
import { configFolder, type Environment } from './config-folder.ts';

/** A `lull serve` of this person that is running, and the key that opens it. */
export interface ServeAccess {
  /** The server's own address: a name such as `localhost` may lead to somebody else's as well. */
  readonly url: string;
  readonly secret: string;
}

/** A server that others find until it is withdrawn. */
export interface Announcement {
  withdraw(): Promise<void>;
}

const OTHERS = 0o077;
const SECRET = /^[\w-]{43}$/;
/** Far more than either file holds; a device or a log in its place is not read through. */
const LARGEST_FILE_BYTES = 4_096;

/** Where the secret is kept, for people: other clients take their key from it. */
export function serveSecretFile(env: Environment): string {
  return join(folderOf(env), 'secret');
}

/**
 * The secret of this person's `lull serve`, made where there is none yet. It stays the same, so that
 * other clients are told once.
 * @throws DictationError `output-failed`, or `no-key` where the file is not to be trusted
 */
export async function prepareServeSecret(env: Environment): Promise<string> {
  const path = serveSecretFile(env);
  const found = await readOwn(path);
  if (found !== undefined) return checkSecret(found, path);
  const draft = `${path}.${randomUUID()}`;
  try {
    await mkdir(folderOf(env), { recursive: true, mode: 0o700 });
    await writeFile(draft, `${randomBytes(32).toString('base64url')}\n`, OWN_FILE);
    // Of two that start at once the first makes it, whole, and the second reads it.
    await link(draft, path).catch(async (error) => {
      // Some file systems know no second name of a file; there the last one makes it.
      if (codeOf(error) !== 'EEXIST') await rename(draft, path);
    });
  } catch (cause) {
    throw cannotWrite(path, cause);
  } finally {
    await rm(draft, { force: true }).catch(() => {});
  }
  return checkSecret((await readOwn(path)) ?? '', path);
}

/**
 * Lets this person's programs find the server on `port`. A notice that outlives its server says
 * which process that was, so nobody who has the port later is sent anything.
 * @throws DictationError `output-failed`
 */
export async function announceServer(
  { port, url }: { readonly port: number; readonly url: string },
  env: Environment,
): Promise<Announcement> {
  const path = noticeFile(port, env);
  const draft = `${path}.${randomUUID()}`;
  try {
    await mkdir(folderOf(env), { recursive: true, mode: 0o700 });
    await writeFile(draft, `${JSON.stringify({ url, pid: process.pid })}\n`, OWN_FILE);
    await rename(draft, path);
  } catch (cause) {
    await rm(draft, { force: true }).catch(() => {});
    throw cannotWrite(path, cause);
  }
  return { withdraw: () => rm(path, { force: true }).catch(() => {}) };
}

/**
 * Access to the `lull serve` of this person that runs at `endpoint`; `undefined` where none does.
 * @throws DictationError `no-key` where there is a file that is not to be trusted
 */
export async function findServeAccess(
  endpoint: string,
  env: Environment,
): Promise<ServeAccess | undefined> {
  if (!URL.canParse(endpoint)) return undefined;
  const address = new URL(endpoint);
  if (address.protocol !== 'ws:' || !isLoopback(address.hostname)) return undefined;
  const port = portOf(address);
  const notice = await readOwn(noticeFile(port, env));
  const url = notice === undefined ? undefined : urlOfRunning(notice, port);
  if (url === undefined) return undefined;
  const path = serveSecretFile(env);
  const secret = await readOwn(path);
  return secret === undefined ? undefined : { url, secret: checkSecret(secret, path) };
}

const OWN_FILE = { mode: 0o600, flag: 'wx', flush: true } as const;

function folderOf(env: Environment): string {
  return join(configFolder(env), 'serve');
}

function noticeFile(port: number, env: Environment): string {
  return join(folderOf(env), `${port}.json`);
}

/** An address leaves out the usual port. */
function portOf({ port }: URL): number {
  return Number(port || 80);
}

/** The address in a notice, if the process that wrote it is alive and it is about that port. */
function urlOfRunning(notice: string, port: number): string | undefined {
  try {
    const { url, pid } = Object(JSON.parse(notice)) as { url?: unknown; pid?: unknown };
    if (typeof url !== 'string' || !Number.isInteger(pid) || Number(pid) <= 0) return undefined;
    const address = new URL(url);
    if (portOf(address) !== port || !isLoopback(address.hostname)) return undefined;
    // Signal 0 asks only; it fails for a process that is gone, or is somebody else's by now.
    process.kill(Number(pid), 0);
    return url;
  } catch {
    // No notice of ours, or of a server that has ended: nobody is there.
    return undefined;
  }
}

/** A file that only this person can have written and read; `undefined` where there is none. */
async function readOwn(path: string): Promise<string | undefined> {
  try {
    // Where the system cannot refuse a link while opening, it is looked at before; a pipe would wait.
    if (!(await lstat(path)).isFile()) throw distrust(path, 'is a link or no file');
    const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    try {
      const { size, mode, uid } = await file.stat();
      if (process.getuid && uid !== process.getuid())
        throw distrust(path, 'belongs to somebody else');
      if (process.platform !== 'win32' && (mode & OTHERS) !== 0) {
        throw distrust(path, 'can be read by others');
      }
      if (size > LARGEST_FILE_BYTES) throw distrust(path, 'is no file of lull serve');
      return (await file.readFile('utf8')).trim();
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (cause instanceof DictationError) throw cause;
    if (codeOf(cause) === 'ENOENT') return undefined;
    throw distrust(path, 'cannot be read', cause);
  }
}

function checkSecret(text: string, path: string): string {
  if (SECRET.test(text)) return text;
  throw distrust(path, 'holds no secret of lull serve');
}

function distrust(path: string, why: string, cause?: unknown): DictationError {
  return new DictationError('no-key', `${path} ${why}; delete it and start lull serve again`, {
    cause,
  });
}

function cannotWrite(path: string, cause: unknown): DictationError {
  const message = `${path} could not be written; check who may write there, or name another folder in LULL_CONFIG_DIR`;
  return new DictationError('output-failed', message, { cause });
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
