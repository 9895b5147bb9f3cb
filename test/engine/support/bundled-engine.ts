import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import type { EngineOptions } from '../../../src/engine/index.ts';
import type { Runtime } from '../../support/runtimes.ts';

export interface BundledEngine {
  readonly url: string;
  /** Asks it to close; resolves with the exit code once nothing keeps the process alive. */
  close(): Promise<number | null>;
}

/** `dist/engine.mjs` with the real recogniser, in a process of its own. */
export async function runEngine(
  runtime: Runtime,
  options: Pick<EngineOptions, 'pace' | 'secret'> = {},
): Promise<BundledEngine> {
  const { command, args } = runtime;
  const files = [resolve('test/fixtures/engine/server.mjs'), resolve('dist/engine.mjs')];
  const programArgs = [...args, ...files, JSON.stringify(options)];
  const child = spawn(command, programArgs, { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const exited = once(child, 'exit');
  const [url] = await once(createInterface(child.stdout), 'line');
  return {
    url,
    async close() {
      child.stdin.end();
      const [code] = await exited;
      return code;
    },
  };
}
