import type { Clock } from '../../core/index.ts';
import type { Environment } from '../config-folder.ts';
import { spawnGuarded } from '../programs/guarded-child.ts';
import type { Rung } from './tables/rung.ts';

/** How a recorder came to its end; `detail` is for people. */
export interface RecorderEnding {
  /** It was asked to end, and its exit is one that such a request explains. */
  readonly isExpected: boolean;
  /** Somebody else ended it on purpose: a person, or a system short of memory. */
  readonly isKilled: boolean;
  readonly detail: string;
  /** The end of what it wrote to stderr. */
  readonly stderr: string;
}

export interface RecorderProcessOptions {
  readonly rung: Rung;
  /** The absolute path of the rung's program. */
  readonly path: string;
  readonly env: Environment;
  readonly platform: string;
  readonly clock: Clock;
  onAudio(pcm: Uint8Array): void;
  /** Once, after the last `onAudio`. */
  onEnd(ending: RecorderEnding): void;
}

export interface RecorderProcess {
  /** Asks it to end, with growing force; what it still writes is delivered. */
  stop(): void;
  /** Kills it; what it still writes is dropped. */
  kill(): void;
}

const STDERR_BYTES = 4096;
const TERMINATE_AFTER_MS = 1_000;
const KILL_AFTER_MS = 2_000;
/** How long a grandchild that holds the pipe open may delay the end after the recorder's exit. */
const DRAIN_LIMIT_MS = 500;
/** Those that say that it was wanted, as signals or as a shell passes them on; a crash has others. */
const WANTED: readonly unknown[] = ['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP', 137, 143, 130, 129];

/** Starts one recorder and follows it to its end, which always comes. */
export function startRecorderProcess(options: RecorderProcessOptions): RecorderProcess {
  const { rung, clock, onAudio, path, platform } = options;
  let phase: 'running' | 'stopping' | 'killed' | 'ended' = 'running';
  let stderr = Buffer.alloc(0);
  const cancels: (() => void)[] = [];

  const child = spawnGuarded({
    ...{ path, platform, args: rung.args, env: { ...options.env, ...rung.env } },
    input: rung.stopBy === 'quit-key' ? 'pipe' : 'none',
  });
  const { stdin, stdout, stderr: complaints } = child.process;

  const end = (detail: string, isNormalExit: boolean, status?: NodeJS.Signals | number | null) => {
    if (phase === 'ended') return;
    const isKilled = phase === 'running' && WANTED.includes(status);
    const isExpected = phase === 'killed' || (phase === 'stopping' && isNormalExit);
    phase = 'ended';
    for (const cancel of cancels) cancel();
    // Whatever it started has lost its purpose, and so has the guard.
    if (platform !== 'win32') child.signal('SIGKILL');
    for (const stream of [stdin, stdout, complaints]) stream?.destroy();
    options.onEnd({ isExpected, isKilled, detail, stderr: stderr.toString() });
  };

  stdout?.on('data', (pcm: Uint8Array) => {
    if (phase === 'running' || phase === 'stopping') onAudio(pcm);
  });
  complaints?.on('data', (text: Uint8Array) => {
    stderr = Buffer.concat([stderr, text]).subarray(-STDERR_BYTES);
  });
  let openStreams = 2;
  let finish = () => {};
  for (const stream of [stdout, complaints]) {
    stream?.once('end', () => {
      openStreams -= 1;
      if (openStreams === 0) finish();
    });
  }
  // A program that cannot be started gives `error` and never `exit`, in all three runtimes.
  child.process.on('error', (error) => {
    if (child.process.pid === undefined) end(`could not be started (${codeOf(error)})`, false);
  });
  child.process.on('exit', (code, signal) => {
    const detail = signal ? `was ended by ${signal}` : `ended with exit code ${code}`;
    // Its signal is ours where we sent one; after ours it may also say so by its own exit code.
    const isNormalExit = code === 0 || signal !== null || rung.stopCodes.includes(code ?? 0);
    // What it wrote last is still in the pipe.
    finish = () => end(detail, isNormalExit, signal ?? code);
    if (openStreams === 0) finish();
    else cancels.push(clock.schedule(DRAIN_LIMIT_MS, finish));
  });

  return {
    stop() {
      if (phase !== 'running') return;
      phase = 'stopping';
      const ask = () => {
        if (rung.stopBy === 'quit-key') stdin?.end('q');
        else child.signal('SIGINT');
      };
      // What was said before the stop is still on its way through the sound server.
      if (rung.lagMs > 0) cancels.push(clock.schedule(rung.lagMs, ask));
      else ask();
      cancels.push(
        clock.schedule(TERMINATE_AFTER_MS, () => child.signal('SIGTERM')),
        clock.schedule(KILL_AFTER_MS, () => child.signal('SIGKILL')),
      );
    },
    kill() {
      if (phase === 'ended') return;
      phase = 'killed';
      child.signal('SIGKILL');
    },
  };
}

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : 'unknown reason';
}
