import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Environment } from '../config-folder.ts';
import { childEnvironment } from './child-environment.ts';

export interface ChildRequest {
  /** The absolute path of the program. */
  readonly path: string;
  readonly args: readonly string[];
  readonly env: Environment;
  readonly platform: string;
  /** `pipe`: the program reads its standard input, and `process.stdin` is ours to write. */
  readonly input: 'none' | 'pipe';
  /** `as-given`: on Windows, the arguments are the text of a command line already. */
  readonly quoting?: 'as-given';
}

/** A program that does not outlive this one, nor do the programs it starts. */
export interface GuardedChild {
  readonly process: ChildProcess;
  /** Sent to the program and all it started. Windows knows no signals: there it just ends. */
  signal(signal: NodeJS.Signals): void;
}

/**
 * Runs the program in place of a shell whose other half waits for our end: the kernel closes the
 * pipe between us even when we are killed, and then the whole group is. A recorder that gets no
 * samples writes nothing, so it would never notice by itself that nobody reads.
 */
const GUARD = `exec 3<&0 </dev/null
(trap '' INT TERM HUP; read -r _ <&3 || kill -s KILL -- -$$) >/dev/null 2>&1 &
exec "$@" 3<&-`;

/** By its whole path: a file of that name in the folder one is in would else be run. */
const TASKKILL = join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'taskkill.exe');

const guarded = new Set<GuardedChild>();
let isWatching = false;

export function spawnGuarded(request: ChildRequest): GuardedChild {
  const { path, args, env, platform, input, quoting } = request;
  const hasGuard = platform !== 'win32' && input === 'none';
  const [command, words] = hasGuard
    ? ['/bin/sh', ['-c', GUARD, 'lull', path, ...args]]
    : [path, args];
  const child = spawn(command, words, {
    env: childEnvironment(env),
    stdio: [hasGuard || input === 'pipe' ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    // In a group of its own, Ctrl-C in the terminal reaches us and not the program, which would end
    // before it is asked to. On Windows this would open a console window.
    detached: platform !== 'win32',
    windowsHide: true,
    windowsVerbatimArguments: quoting === 'as-given',
  });
  // A program that has ended reads no more, and its end is reported elsewhere.
  child.stdin?.on('error', () => {});
  const guardedChild: GuardedChild = {
    process: child,
    signal: (signal) => send(child, platform, signal),
  };
  guarded.add(guardedChild);
  child.once('error', () => guarded.delete(guardedChild));
  child.once('exit', () => guarded.delete(guardedChild));
  watchOwnEnd();
  return guardedChild;
}

function send(child: ChildProcess, platform: string, signal: NodeJS.Signals): void {
  const { pid } = child;
  if (pid === undefined) return;
  if (platform === 'win32') {
    spawn(TASKKILL, killTree(pid), {
      env: childEnvironment(process.env),
      stdio: 'ignore',
      windowsHide: true,
    }).on('error', () => {
      // Without the system's own tool at least the program itself ends.
      child.kill();
    });
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody of the group is left.
  }
}

function watchOwnEnd(): void {
  if (isWatching) return;
  isWatching = true;
  process.once('exit', () => {
    for (const child of guarded) {
      const { pid } = child.process;
      // Nothing that is only begun now would still be done.
      if (process.platform === 'win32' && pid !== undefined) {
        spawnSync(TASKKILL, killTree(pid), { env: childEnvironment(process.env) });
      } else child.signal('SIGKILL');
    }
  });
}

function killTree(pid: number): readonly string[] {
  return ['/pid', String(pid), '/t', '/f'];
}
