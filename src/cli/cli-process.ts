import { fstatSync, writeSync } from 'node:fs';
import { DictationError } from '../core/index.ts';

const OLDEST_NODE = 20;
/** Where there is no terminal to ask. */
const PLAIN_WIDTH = 80;

/** What the commands use of `process`. */
export type CliProcess = Pick<
  NodeJS.Process,
  | 'argv'
  | 'env'
  | 'stdin'
  | 'stdout'
  | 'stderr'
  | 'on'
  | 'once'
  | 'off'
  | 'exit'
  | 'kill'
  | 'pid'
  | 'platform'
>;

/** Resolves when the text is written, or cannot be: who closed the pipe does not want it. */
export function print(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve) => {
    stream.write(text, () => resolve());
  });
}

/** A stream without a listener for its error would end the process; who closed it wants no words. */
export function outliveReaders({ stdout, stderr }: CliProcess): void {
  for (const stream of [stdout, stderr]) stream.on('error', () => {});
}

/**
 * Prints what a command is asked for and ends with. The stream itself is dear to open on Bun; it is
 * opened only where the system takes less than all of it, or on Windows has to turn its letters round.
 */
export async function printAtOnce(process: CliProcess, text: string): Promise<void> {
  let rest: Uint8Array = Buffer.from(text);
  try {
    if (process.platform !== 'win32') rest = rest.subarray(writeSync(1, rest));
  } catch {
    // A pipe that is full, or that nobody reads: the stream knows how to deal with both.
  }
  if (rest.length === 0) return;
  outliveReaders(process);
  await print(process.stdout, Buffer.from(rest).toString('utf8'));
}

/** How wide help may be on the terminal it is printed on. For the same reason the file is asked first. */
export function helpWidth(): number {
  try {
    return (fstatSync(1).isCharacterDevice() && process.stdout.columns) || PLAIN_WIDTH;
  } catch {
    // Nobody reads it.
    return PLAIN_WIDTH;
  }
}

/**
 * Before anything is tried that an older Node would trip over, in words nobody could understand. Deno
 * and Bun name the Node they are like.
 * @throws DictationError `invalid-option`
 */
export function requireRuntime({ node }: { readonly node: string }): void {
  if (Number.parseInt(node, 10) >= OLDEST_NODE) return;
  const message = `Lull needs Node ${OLDEST_NODE} or newer and this is ${node}; install a newer one from https://nodejs.org, or run it with Deno or Bun`;
  throw new DictationError('invalid-option', message);
}
