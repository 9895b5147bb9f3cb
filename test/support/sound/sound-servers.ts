import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { promisify } from 'node:util';

export type ServerName = 'pulseaudio' | 'pipewire';

/** A sound server of a test's own, without any device. */
export interface SoundServer {
  readonly folder: string;
  /** The environment in which programs find it and no other. */
  readonly env: Readonly<Record<string, string>>;
  pactl(...args: readonly string[]): Promise<string>;
  close(): Promise<void>;
}

const run = promisify(execFile);
const START_LIMIT_MS = 10_000;
/** PipeWire is three programs that meet over the session bus. */
const PIPEWIRE = 'pipewire & sleep 0.3; wireplumber & pipewire-pulse & wait';

export async function startSoundServer(name: ServerName): Promise<SoundServer> {
  const folder = await mkdtemp(join(tmpdir(), 'lull-sound-'));
  const runtime = join(folder, 'run');
  await mkdir(join(runtime, 'pulse'), { recursive: true, mode: 0o700 });
  const socket = join(runtime, 'pulse', 'native');
  const env = {
    ...(process.env as Record<string, string>),
    HOME: folder,
    XDG_RUNTIME_DIR: runtime,
    PULSE_RUNTIME_PATH: join(runtime, 'pulse'),
    PULSE_STATE_PATH: join(folder, 'state'),
    PULSE_SERVER: `unix:${socket}`,
  };
  const [command, args] =
    name === 'pulseaudio'
      ? await pulseAudio(folder, socket)
      : (['dbus-run-session', ['--', 'sh', '-c', PIPEWIRE]] as const);
  // A group of its own, so that all of it can be ended at once.
  const server = spawn(command, args, { env, stdio: 'ignore', detached: true });
  const pactl = async (...words: readonly string[]) =>
    (await run('pactl', words, { env, timeout: START_LIMIT_MS })).stdout;
  const close = async () => {
    await end(server);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await ready(pactl);
  } catch (error) {
    await close();
    throw error;
  }
  return { folder, env, pactl, close };
}

async function pulseAudio(folder: string, socket: string) {
  const script = join(folder, 'server.pa');
  await writeFile(
    script,
    `.fail\nload-module module-native-protocol-unix auth-anonymous=1 socket=${socket}\n`,
  );
  const options = ['-n', `--file=${script}`, '--daemonize=no', '--exit-idle-time=-1'];
  return ['pulseaudio', [...options, '--use-pid-file=no', '--log-level=error']] as const;
}

async function ready(pactl: SoundServer['pactl']): Promise<void> {
  const deadlineMs = performance.now() + START_LIMIT_MS;
  for (;;) {
    try {
      await pactl('info');
      return;
    } catch (cause) {
      if (performance.now() > deadlineMs) throw new Error('No sound server starts', { cause });
    }
    await after(50);
  }
}

async function end(server: ChildProcess): Promise<void> {
  if (server.pid === undefined || server.exitCode !== null || server.signalCode !== null) return;
  const exited = once(server, 'exit');
  process.kill(-server.pid, 'SIGKILL');
  await exited;
}
