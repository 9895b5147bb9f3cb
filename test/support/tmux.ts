import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { vi } from 'vitest';

const run = promisify(execFile);

/** A tmux of its own with one shell in it: a real terminal that a person could sit at. */
export class Tmux {
  readonly #socket = `lull-${randomUUID()}`;
  readonly #env: Readonly<Record<string, string>>;

  constructor(env: Readonly<Record<string, string>>) {
    this.#env = { ...env, LC_ALL: 'C.UTF-8', NO_COLOR: '1' };
  }

  async start({ columns = 70, rows = 12 } = {}): Promise<void> {
    const size = ['-x', String(columns), '-y', String(rows)];
    await this.#tmux('new-session', '-d', ...size, "exec env PS1='$ ' bash --norc --noprofile");
    await this.until((screen) => screen.startsWith('$'));
  }

  /** Another pane that shows what is pasted into it; gives its name. */
  async split(command: string): Promise<string> {
    const pane = await this.#tmux('split-window', '-d', '-P', '-F', '#{pane_id}', command);
    return pane.trim();
  }

  /** Types on the keyboard: `Enter`, `C-z`, or text as it is. */
  async keys(...keys: readonly string[]): Promise<void> {
    await this.#tmux('send-keys', ...keys);
  }

  /** What is on the screen; with `history`, from the first line on. */
  async screen(part: 'visible' | 'history' = 'visible', pane?: string): Promise<string> {
    const from = part === 'history' ? ['-S', '-'] : [];
    const which = pane === undefined ? [] : ['-t', pane];
    return (await this.#tmux('capture-pane', '-p', '-J', ...from, ...which)).trimEnd();
  }

  /** Resolves with the screen once it satisfies the condition. */
  until(condition: (screen: string) => boolean, pane?: string): Promise<string> {
    return vi.waitFor(
      async () => {
        const screen = await this.screen('visible', pane);
        if (!condition(screen)) throw new Error(`The screen shows:\n${screen}`);
        return screen;
      },
      { timeout: 20_000, interval: 30 },
    );
  }

  async close(): Promise<void> {
    // A server whose last shell has ended is gone already.
    await this.#tmux('kill-server').catch(() => {});
  }

  async #tmux(...args: readonly string[]): Promise<string> {
    const command = ['-L', this.#socket, '-f', '/dev/null', ...args];
    return (await run('tmux', command, { env: this.#env })).stdout;
  }
}
