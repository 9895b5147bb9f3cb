import { chmod, lstat, mkdtemp, readdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { configFolder, type Environment } from '../config-folder.ts';
import type { Check } from './report.ts';

/** Whether the rights of the person's files are put right, or only told. */
export type Mending = 'asked-for' | 'not-asked-for';

const OTHERS = 0o077;

interface LooseFile {
  readonly name: string;
  readonly path: string;
  readonly mode: number;
}

/** The person's own files, and whether others on the machine may read them. */
export async function checkConfig(env: Environment, mending: Mending): Promise<Check> {
  const folder = configFolder(env);
  let names: readonly string[];
  try {
    names = (await readdir(folder)).sort();
  } catch {
    return { name: 'config', state: 'ok', message: `${folder} is not there yet` };
  }
  if (!(await isWritable(folder))) {
    const message = `Nothing can be written in ${folder}, so no key can be kept there; check who owns it`;
    return { name: 'config', state: 'warning', message };
  }
  const loose = await looseFiles(folder);
  if (loose.length === 0) {
    const files = names.length === 0 ? 'is empty' : `has ${names.join(', ')}, for you alone`;
    return { name: 'config', state: 'ok', message: `${folder} ${files}` };
  }
  const listed = loose.map(({ name, mode }) => `${name} (${octal(mode)})`).join(', ');
  if (mending === 'not-asked-for') {
    const message = `Others may read ${listed} in ${folder}; run: lull doctor --mend`;
    return { name: 'config', state: 'warning', message };
  }
  try {
    for (const { path, mode } of loose) await chmod(path, mode & 0o700);
  } catch {
    const message = `Others may read ${listed} in ${folder}, and that could not be changed; check who owns it`;
    return { name: 'config', state: 'warning', message };
  }
  // What could be read may have been: only a new key is one that nobody else knows.
  const message = `Others could read ${listed} in ${folder}; now only you can. If others use this machine, get a new key`;
  return { name: 'config', state: 'ok', message };
}

/** A link is left as it is: its rights are those of a file that may be anybody's. */
async function looseFiles(folder: string): Promise<readonly LooseFile[]> {
  // Windows keeps these rights elsewhere.
  if (process.platform === 'win32') return [];
  const loose: LooseFile[] = [];
  for (const name of (await readdir(folder, { recursive: true })).sort()) {
    const path = join(folder, name);
    const stat = await lstat(path).catch(() => undefined);
    // Gone since, or a draft that has become its file.
    if (stat === undefined || stat.isSymbolicLink() || (stat.mode & OTHERS) === 0) continue;
    loose.push({ name, path, mode: stat.mode });
  }
  return loose;
}

/** By trying: rights say little to root, and nothing of a disk that is read-only. */
async function isWritable(folder: string): Promise<boolean> {
  try {
    await rmdir(await mkdtemp(join(folder, '.tried-')));
    return true;
  } catch {
    return false;
  }
}

function octal(mode: number): string {
  return (mode & 0o777).toString(8).padStart(4, '0');
}
