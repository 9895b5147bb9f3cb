import { appendFile, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock, DictationEnd } from '../../core/index.ts';

/** What dictation cost in a calendar month. */
export interface MonthlyUsage {
  /** `YYYY-MM`. */
  readonly month: string;
  readonly dictations: number;
  readonly audioSeconds: number;
  readonly billedSeconds: number;
  readonly costUsd: number;
}

type Bill = Pick<DictationEnd, 'audioSeconds' | 'billedSeconds' | 'costUsd'>;

/**
 * The account of this machine, month by month in UTC, as the service bills. A file for each month
 * and a line for each dictation, so that windows add to it side by side and none overwrites another.
 */
export class Usage {
  readonly #folder: string;
  readonly #clock: Clock;
  /** How the last dictation of this window ended, as a sentence. */
  lastLine: string | undefined;

  constructor(storageFolder: string, clock: Clock) {
    this.#folder = join(storageFolder, 'usage');
    this.#clock = clock;
  }

  thisMonth(): Promise<MonthlyUsage> {
    return this.#read(this.#month());
  }

  /** Newest first; the current month is always among them. */
  async months(): Promise<readonly MonthlyUsage[]> {
    const files = await readdir(this.#folder).catch(() => []);
    const months = files.map((name) => name.slice(0, 'YYYY-MM'.length));
    const all = [...new Set([...months, this.#month()])].sort().reverse();
    return Promise.all(all.map((month) => this.#read(month)));
  }

  async add({ audioSeconds, billedSeconds, costUsd }: Bill): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const line = JSON.stringify({ audioSeconds, billedSeconds, costUsd });
    await appendFile(this.#fileOf(this.#month()), `${line}\n`);
  }

  async #read(month: string): Promise<MonthlyUsage> {
    const text = await readFile(this.#fileOf(month), 'utf8').catch(() => '');
    const bills = text.split('\n').flatMap(billIn);
    const sum = (name: keyof Bill) => bills.reduce((total, bill) => total + (bill[name] ?? 0), 0);
    return {
      month,
      dictations: bills.length,
      audioSeconds: sum('audioSeconds'),
      billedSeconds: sum('billedSeconds'),
      costUsd: sum('costUsd'),
    };
  }

  #fileOf(month: string): string {
    return join(this.#folder, `${month}.jsonl`);
  }

  #month(): string {
    return new Date(this.#clock.unixMs()).toISOString().slice(0, 'YYYY-MM'.length);
  }
}

/** A line cut short by a full disk is left out; the others still count. */
function billIn(line: string): readonly Bill[] {
  try {
    const bill: unknown = JSON.parse(line);
    return typeof bill === 'object' && bill !== null ? [bill as Bill] : [];
  } catch {
    return [];
  }
}
