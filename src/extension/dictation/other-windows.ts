import { mkdir, readdir, readFile, rm, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../core/index.ts';

/** What dictations that are not over yet cost, so far and by the hour. */
export interface Spending {
  readonly usd: number;
  readonly usdPerHour: number;
}

/** A dictation whose window was killed: nobody wrote its bill. */
export interface LostDictation {
  /** Unix milliseconds. */
  readonly sinceMs: number;
  readonly usdPerHour: number;
}

const HOUR_MS = 3_600_000;

/** Which windows of this machine dictate, and at what price: a file each, named by the process. */
export class OtherWindows {
  readonly #folder: string;
  readonly #own: string;
  readonly #clock: Clock;
  readonly #onLost: (lost: LostDictation) => void;

  /** `onLost` is told once of each, by the first window that looks. */
  constructor(storageFolder: string, clock: Clock, onLost: (lost: LostDictation) => void) {
    this.#folder = join(storageFolder, 'dictating');
    this.#own = String(process.pid);
    this.#clock = clock;
    this.#onLost = onLost;
  }

  /** Says whether another window dictates already. */
  async enter(usdPerHour: number): Promise<'alone' | 'not-alone'> {
    await mkdir(this.#folder, { recursive: true });
    const session = { sinceMs: this.#clock.unixMs(), usdPerHour };
    await writeFile(join(this.#folder, this.#own), JSON.stringify(session));
    return (await this.#others()).length > 0 ? 'not-alone' : 'alone';
  }

  /** What the other windows spend right now; their bills are written when they end. */
  async spending(): Promise<Spending> {
    const nowMs = this.#clock.unixMs();
    const others = await Promise.all((await this.#others()).map((name) => this.#read(name)));
    return others.reduce(
      (sum, { sinceMs, usdPerHour }) => ({
        usd: sum.usd + (Math.max(nowMs - sinceMs, 0) / HOUR_MS) * usdPerHour,
        usdPerHour: sum.usdPerHour + usdPerHour,
      }),
      { usd: 0, usdPerHour: 0 },
    );
  }

  async leave(): Promise<void> {
    await rm(join(this.#folder, this.#own), { force: true });
  }

  async #others(): Promise<readonly string[]> {
    const names = await readdir(this.#folder).catch(() => []);
    const others = names.filter((name) => name !== this.#own);
    const alive = await Promise.all(others.map((name) => this.#isAlive(name)));
    return others.filter((_, index) => alive[index]);
  }

  async #read(name: string): Promise<LostDictation> {
    try {
      const { sinceMs, usdPerHour } = JSON.parse(await readFile(join(this.#folder, name), 'utf8'));
      return { sinceMs: Number(sinceMs) || 0, usdPerHour: Number(usdPerHour) || 0 };
    } catch {
      // It ended while it was looked at, and its bill is in the account.
      return { sinceMs: 0, usdPerHour: 0 };
    }
  }

  async #isAlive(name: string): Promise<boolean> {
    try {
      process.kill(Number(name), 0);
      return true;
    } catch {
      // Nobody has that number any more: the window was killed while it dictated.
      await this.#bury(name);
      return false;
    }
  }

  async #bury(name: string): Promise<void> {
    const lost = await this.#read(name);
    try {
      // Of several that look at once it succeeds for one alone; `rm` may for all of them.
      await unlink(join(this.#folder, name));
    } catch {
      // Another window was faster, and tells of it.
      return;
    }
    this.#onLost(lost);
  }
}
