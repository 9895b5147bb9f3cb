import { spawn } from 'node:child_process';
import type { Environment } from '../config-folder.ts';
import { childEnvironment } from '../programs/child-environment.ts';
import type { ProgramRun } from './typing-programs.ts';

const LIMIT_MS = 5_000;

export interface ProgramEnd {
  readonly ok: boolean;
  readonly output: string;
}

/** Runs a program that reads all of its input and ends. Never rejects. */
export function runProgram(
  path: string,
  { args, input }: ProgramRun,
  env: Environment,
): Promise<ProgramEnd> {
  return new Promise((resolve) => {
    const child = spawn(path, args, {
      env: childEnvironment(env),
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: LIMIT_MS,
      windowsHide: true,
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.on('error', () => resolve({ ok: false, output }));
    // Not `close`: a clipboard's keeper stays in the background and holds what it inherited.
    child.on('exit', (code) => setImmediate(() => resolve({ ok: code === 0, output })));
    // Who does not read to the end has failed, and says so by its exit code.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}
