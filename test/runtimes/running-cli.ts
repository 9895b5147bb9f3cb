import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type ScriptedServer, startScriptedServer } from '../../src/testing/scripted-server.ts';
import type { ServerScript } from '../../src/testing/server-script.ts';
import type { Runtime } from '../support/runtimes.ts';

export interface CliOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Written to standard input, which is then closed; without it the input stays open. */
  readonly stdin?: string | Uint8Array;
  /** In a process group of its own, as a shell starts it, so that Ctrl-C can be sent to all of it. */
  readonly group?: 'own';
}

export interface CliExit {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly tookMs: number;
}

/** One command line at work. */
export class RunningCli {
  readonly child: ChildProcessWithoutNullStreams;
  readonly exited: Promise<CliExit>;
  stdout = '';
  stderr = '';
  readonly #waiting = new Set<() => void>();

  static start(
    [command = '', ...args]: readonly string[],
    place: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly detached?: boolean },
  ): RunningCli {
    return new RunningCli(spawn(command, args, { ...place, stdio: 'pipe' }));
  }

  constructor(child: ChildProcessWithoutNullStreams) {
    const startedAtMs = performance.now();
    this.child = child;
    // A program that has ended reads no more; the tests look at what it did, not at the pipe.
    child.stdin.on('error', () => {});
    child.stdout.on('data', (chunk: Buffer) => {
      this.stdout += String(chunk);
      this.#ask();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      this.stderr += String(chunk);
      this.#ask();
    });
    this.exited = new Promise((resolveExit) => {
      child.on('close', (code) => {
        const { stdout, stderr } = this;
        resolveExit({ code, stdout, stderr, tookMs: performance.now() - startedAtMs });
      });
    });
  }

  /** Resolves when the output so far satisfies the condition; rejects when it ends without. */
  until(condition: (cli: RunningCli) => boolean): Promise<void> {
    return new Promise((resolveWait, reject) => {
      const ask = () => {
        if (!condition(this)) return;
        this.#waiting.delete(ask);
        resolveWait();
      };
      this.#waiting.add(ask);
      ask();
      void this.exited.then((exit) => reject(new Error(`it ended: ${JSON.stringify(exit)}`)));
    });
  }

  /** The lines of JSON so far. */
  get events(): readonly Record<string, unknown>[] {
    return eventsIn(this.stdout);
  }

  #ask(): void {
    for (const ask of [...this.#waiting]) ask();
  }
}

export function eventsIn(stdout: string): readonly Record<string, unknown>[] {
  const lines = stdout.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** The bundle as it ships, run by one runtime, in a home and a folder of its own. */
export class CliBench {
  readonly folder = mkdtempSync(join(tmpdir(), 'lull-cli-'));
  readonly #runtime: Runtime;
  readonly #bundle: string;
  readonly #running = new Set<RunningCli>();
  readonly #servers: ScriptedServer[] = [];

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
    this.#bundle = resolve('.cache', `cli-${runtime.name}`);
    execFileSync(process.execPath, ['esbuild.mjs', this.#bundle]);
  }

  /** The command and its arguments, for a test that starts it in its own way. */
  commandLine(args: readonly string[]): readonly string[] {
    const { command, args: runtimeArgs } = this.#runtime;
    return [command, ...runtimeArgs, join(this.#bundle, 'cli.mjs'), ...args];
  }

  /** The same, with a module of the tests that is run before. */
  commandLineAfter(module: string, args: readonly string[]): readonly string[] {
    const { name, command, args: runtimeArgs } = this.#runtime;
    const before = [name === 'node' ? '--import' : '--preload', resolve(module)];
    return [command, ...runtimeArgs, ...before, join(this.#bundle, 'cli.mjs'), ...args];
  }

  get env(): Readonly<Record<string, string>> {
    const { PATH = '' } = process.env;
    return { PATH, HOME: this.folder, LULL_CONFIG_DIR: join(this.folder, 'config') };
  }

  start(args: readonly string[], options: CliOptions = {}): RunningCli {
    return this.run(this.commandLine(args), options);
  }

  run(command: readonly string[], { env = {}, stdin, group }: CliOptions): RunningCli {
    const place = { env: { ...this.env, ...env }, cwd: this.folder, detached: group === 'own' };
    const cli = RunningCli.start(command, place);
    this.#running.add(cli);
    void cli.exited.then(() => this.#running.delete(cli));
    if (stdin !== undefined) cli.child.stdin.end(stdin);
    return cli;
  }

  async serve(...scripts: readonly ServerScript[]): Promise<ScriptedServer> {
    const server = await startScriptedServer(...scripts);
    this.#servers.push(server);
    return server;
  }

  async close(): Promise<void> {
    await Promise.all(this.#servers.map((server) => server.close()));
    for (const cli of this.#running) cli.child.kill('SIGKILL');
    await Promise.all([...this.#running].map(({ exited }) => exited));
    rmSync(this.folder, { recursive: true, force: true });
  }
}
