import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Which windows of this machine dictate: one empty file each, named by the process. */
export class OtherWindows {
  readonly #folder: string;
  readonly #own: string;

  constructor(storageFolder: string) {
    this.#folder = join(storageFolder, 'dictating');
    this.#own = String(process.pid);
  }

  /** Says whether another window dictates already. */
  async enter(): Promise<'alone' | 'not-alone'> {
    await mkdir(this.#folder, { recursive: true });
    const others = (await readdir(this.#folder)).filter((name) => name !== this.#own);
    await writeFile(join(this.#folder, this.#own), '');
    const alive = await Promise.all(others.map((name) => this.#isAlive(name)));
    return alive.some(Boolean) ? 'not-alone' : 'alone';
  }

  async leave(): Promise<void> {
    await rm(join(this.#folder, this.#own), { force: true });
  }

  async #isAlive(name: string): Promise<boolean> {
    try {
      process.kill(Number(name), 0);
      return true;
    } catch {
      // Nobody has that number any more: the window crashed, and its file is litter.
      await rm(join(this.#folder, name), { force: true });
      return false;
    }
  }
}
