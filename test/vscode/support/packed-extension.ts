import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

const FOLDER = '.cache/vscode-tests';

/** Packs the extension as it would be published; gives the path of the file. */
export async function packExtension(): Promise<string> {
  await mkdir(FOLDER, { recursive: true });
  const path = resolve(FOLDER, 'lull.vsix');
  const vsce = resolve('node_modules/@vscode/vsce/vsce');
  const flags = ['--no-dependencies', '--allow-missing-repository'];
  await promisify(execFile)(process.execPath, [
    ...[vsce, 'package', ...flags, '--readme-path', 'docs/extension.md', '--out', path],
  ]);
  return path;
}
