import { mkdtemp, readdir, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { configFolder, type Environment } from '../config-folder.ts';
import type { Check } from './report.ts';

const OTHERS = 0o077;

/** The person's own files, and whether others on the machine may read them. */
export async function checkConfig(env: Environment): Promise<Check> {
  const folder = configFolder(env);
  const open: string[] = [];
  try {
    const names = await readdir(folder);
    if (!(await isWritable(folder))) {
      const message = `Nothing can be written in ${folder}, so no key can be kept there; check who owns it`;
      return { name: 'config', state: 'warning', message };
    }
    for (const name of names) {
      const { mode } = await stat(join(folder, name));
      // Windows keeps these rights elsewhere.
      if (process.platform !== 'win32' && (mode & OTHERS) !== 0)
        open.push(`${name} (${octal(mode)})`);
    }
    if (open.length === 0) {
      const files = names.length === 0 ? 'is empty' : `has ${names.join(', ')}, for you alone`;
      return { name: 'config', state: 'ok', message: `${folder} ${files}` };
    }
  } catch {
    return { name: 'config', state: 'ok', message: `${folder} is not there yet` };
  }
  const message = `Others may read ${open.join(', ')} in ${folder}; run: chmod -R go= "${folder}"`;
  return { name: 'config', state: 'warning', message };
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
