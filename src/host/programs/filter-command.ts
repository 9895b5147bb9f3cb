import { join } from 'node:path';
import type { Clock } from '../../core/index.ts';
import { cleanText } from '../../core/index.ts';
import type { Environment } from '../config-folder.ts';
import { type GuardedChild, spawnGuarded } from './guarded-child.ts';

/** A command of the person's own that every phrase goes through on its way. */
export interface Filter {
  /**
   * What is to be written for the phrase; empty where the command kept it for itself. Never rejects:
   * of a command that fails, the phrase stays as it was. Asked for one phrase after the other.
   */
  apply(phrase: string): Promise<string>;
  /** Ends what runs; its phrase, and those that still come, stay as they were. */
  close(): void;
}

export interface FilterPlan {
  /** A line for a shell. Its words may be secret, so no message repeats them. */
  readonly command: string;
  /** What the command is called where the person wrote it, such as `--filter`. */
  readonly name: string;
  readonly env: Environment;
  readonly platform: string;
  readonly clock: Pick<Clock, 'schedule'>;
  /** The first failure, as a sentence for people; later ones are not told. */
  onTrouble(message: string): void;
}

type Outcome =
  | { readonly kind: 'printed'; readonly bytes: Uint8Array }
  | { readonly kind: 'failed'; readonly why: string }
  | { readonly kind: 'taken' }
  | { readonly kind: 'late' }
  | { readonly kind: 'closed' };

const LIMIT_MS = 5_000;
/** A command that is late so often in a row is asked no more: each time the person waits. */
const MOST_LATE = 3;
const MOST_BYTES = 64 * 1_024;
/** The command took the phrase for itself. */
const TAKEN = 77;
const NOT_FOUND = 127;
/** What a command has left behind may hold its output open. */
const DRAIN_MS = 250;

export function openFilter(plan: FilterPlan): Filter {
  const { name, onTrouble } = plan;
  let lateInARow = 0;
  let state: 'open' | 'given-up' = 'open';
  let told: 'nothing' | 'trouble' = 'nothing';
  let stop = () => {};

  const tell = (why: string) => {
    if (told === 'nothing')
      onTrouble(`${name} ${why}; phrases it fails on stay as they were heard`);
    told = 'trouble';
  };

  const read = (bytes: Uint8Array, phrase: string): string => {
    const text = textOf(bytes);
    if (text === undefined) tell('printed something that is not text');
    else if (text === '') tell('printed nothing (to leave a phrase out, exit with 77)');
    return text || phrase;
  };

  return {
    async apply(phrase) {
      if (state === 'given-up' || phrase.trim() === '') return phrase;
      const outcome = await new Promise<Outcome>((resolve) => {
        stop = run(plan, { phrase, onEnd: resolve });
      });
      stop = () => {};
      lateInARow = outcome.kind === 'late' ? lateInARow + 1 : 0;
      if (lateInARow === MOST_LATE) state = 'given-up';
      switch (outcome.kind) {
        case 'printed':
          return read(outcome.bytes, phrase);
        case 'taken':
          return '';
        case 'late':
          tell(`took more than ${LIMIT_MS / 1_000} s`);
          return phrase;
        case 'failed':
          tell(outcome.why);
          return phrase;
        case 'closed':
          return phrase;
        default:
          return outcome satisfies never;
      }
    },
    close() {
      state = 'given-up';
      stop();
    },
  };
}

interface Run {
  readonly phrase: string;
  /** Called once. */
  onEnd(outcome: Outcome): void;
}

/** Runs the command once; gives what ends it. */
function run({ command, env, platform, clock }: FilterPlan, { phrase, onEnd }: Run): () => void {
  const child = spawnGuarded({ ...shellFor(command, platform), env, platform, input: 'pipe' });
  const { stdin, stdout, stderr } = child.process;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  let state: 'running' | 'over' = 'running';
  let cancelDrain = () => {};

  const end = (outcome: Outcome) => {
    if (state === 'over') return;
    state = 'over';
    cancelLimit();
    cancelDrain();
    release(child);
    onEnd(outcome);
  };
  const cancelLimit = clock.schedule(LIMIT_MS, () => end({ kind: 'late' }));
  const exited = (outcome: () => Outcome) => {
    // What it began and did not wait for ends with it, or its output would never be closed.
    child.signal('SIGKILL');
    child.process.once('close', () => end(outcome()));
    cancelDrain = clock.schedule(DRAIN_MS, () => end(outcome()));
  };

  stdout?.on('data', (chunk: Uint8Array) => {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > MOST_BYTES) {
      end({ kind: 'failed', why: `printed more than ${MOST_BYTES / 1_024} KB for one phrase` });
    }
  });
  // Nobody reads it: a command may repeat there what was said.
  stderr?.resume();
  child.process.once('error', (error: NodeJS.ErrnoException) =>
    end({ kind: 'failed', why: `could not be started (${error.code ?? 'unknown error'})` }),
  );
  child.process.once('exit', (code, signal) => {
    if (code === 0) exited(() => ({ kind: 'printed', bytes: Buffer.concat(chunks) }));
    else if (code === TAKEN) exited(() => ({ kind: 'taken' }));
    else exited(() => ({ kind: 'failed', why: whyItEnded(code, signal) }));
  });
  stdin?.end(`${phrase}\n`);
  return () => end({ kind: 'closed' });
}

/** Nothing of it is left running, nor keeps this program from ending. */
function release({ process: child, signal }: GuardedChild): void {
  signal('SIGKILL');
  for (const stream of [child.stdin, child.stdout, child.stderr]) stream?.destroy();
  child.unref();
}

function whyItEnded(code: number | null, signal: string | null): string {
  if (code === NOT_FOUND) return `names a program that is not there (exit code ${NOT_FOUND})`;
  return code === null ? `was ended by ${signal}` : `ended with exit code ${code}`;
}

/** By its whole path: a file of that name in the folder one is in would else be run. */
function shellFor(command: string, platform: string) {
  if (platform !== 'win32') return { path: '/bin/sh', args: ['-c', command] } as const;
  const path = join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'cmd.exe');
  return { path, args: ['/d', '/s', '/c', `"${command}"`], quoting: 'as-given' } as const;
}

/** The text the command printed; nothing where it is none. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : cleanText(text, 'kept').trim();
  } catch {
    // Bytes that are no UTF-8.
    return undefined;
  }
}
