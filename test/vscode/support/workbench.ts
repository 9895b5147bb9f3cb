import type { Browser, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { openBrowser } from '../../support/browser.ts';
import { type EditorOptions, type EditorServer, startEditor } from './editor-server.ts';

const LIMIT_MS = 60_000;
const SOON_MS = 5_000;
/** A busy machine may take so long to load the whole editor. */
const OPEN_LIMIT_MS = 120_000;
/** Runs in the page, whose globals are not those of a test. */
const GHOST_CONTENTS = `[...document.querySelectorAll('.monaco-editor .view-line span')]
  .map((span) => getComputedStyle(span, '::after').content)
  .filter((content) => content !== 'none' && content !== 'normal')`;

const GHOST_COLOUR = `[...document.querySelectorAll('.monaco-editor .view-line span')]
  .map((span) => getComputedStyle(span, '::after'))
  .find(({ content }) => content !== 'none' && content !== 'normal')?.color ?? 'none'`;
/** Enter, but only where the palette has it with that command in focus: a palette that has just closed must not give it to the editor. */
const WATCH_ENTER = `((command) => {
  window.lullEnter = 'lost';
  window.addEventListener('keydown', (event) => {
    const palette = event.target.closest('.quick-input-widget');
    const row = palette?.querySelector('.monaco-list-row.focused')?.textContent ?? '';
    if (row.includes(command)) window.lullEnter = 'taken';
    else event.stopImmediatePropagation();
  }, { capture: true, once: true });
})`;
/** Hidden, or it asks for something else by now. */
const PALETTE_IS_GONE = `(() => {
  const palette = document.querySelector('.quick-input-widget');
  const typed = palette?.querySelector('input')?.value ?? '';
  return !palette || palette.style.display === 'none' || !typed.startsWith('>');
})()`;
const RECORD_STATUS = `(() => {
  const bar = document.querySelector('.statusbar');
  window.lullStatuses = [];
  const note = () => {
    const item = document.querySelector('.statusbar-item[id="lull.lull.lull.status"]');
    const text = (item?.textContent ?? '') + (item?.matches('.warning-kind') ? ' (warning)' : '');
    if (window.lullStatuses.at(-1) !== text) window.lullStatuses.push(text);
  };
  new MutationObserver(note).observe(bar, { childList: true, subtree: true, characterData: true, attributes: true });
})()`;

/** What is kept in media/ comes from a run with LULL_SCREENSHOTS=media/screenshots. */
const SCREENSHOTS = process.env['LULL_SCREENSHOTS'] ?? '.cache/vscode-tests/screenshots';

/** A VS Code as a person has it before them: keys, clicks, and what can be seen. */
export class Workbench {
  readonly editor: EditorServer;
  readonly page: Page;
  readonly #browser: Browser;

  private constructor(editor: EditorServer, browser: Browser, page: Page) {
    this.editor = editor;
    this.#browser = browser;
    this.page = page;
  }

  static async open(
    options: EditorOptions,
    prepare: (editor: EditorServer) => Promise<unknown> = async () => {},
  ): Promise<Workbench> {
    const editor = await startEditor(options);
    await prepare(editor);
    return Workbench.#inNewPage(editor, await openBrowser());
  }

  /** Another window on the same workspace; it closes with this one. */
  otherWindow(): Promise<Workbench> {
    return Workbench.#inNewPage(this.editor, this.#browser);
  }

  static async #inNewPage(editor: EditorServer, browser: Browser): Promise<Workbench> {
    const page = await browser.newPage({
      viewport: { width: 1280, height: 720 },
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    page.setDefaultTimeout(LIMIT_MS);
    await page.goto(editor.address(), { timeout: OPEN_LIMIT_MS });
    await page.waitForSelector('.monaco-workbench .statusbar', { timeout: OPEN_LIMIT_MS });
    return new Workbench(editor, browser, page);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.editor.close();
  }

  async shoot(name: string): Promise<void> {
    // What slides in is shown where it comes to rest.
    await this.page.screenshot({ path: `${SCREENSHOTS}/${name}.png`, animations: 'disabled' });
  }

  /** By the palette, where a command that may not be run is not found. */
  async run(command: string): Promise<void> {
    const deadlineMs = performance.now() + LIMIT_MS;
    while (!(await this.#tryToRun(command))) {
      if (performance.now() > deadlineMs) throw new Error(`The palette did not take ${command}`);
    }
    // A key that comes while the palette closes is lost.
    await this.page.waitForFunction(PALETTE_IS_GONE);
  }

  /** What just closed gives the focus back to where it had it from, and the palette goes with it. */
  async #tryToRun(command: string): Promise<boolean> {
    await this.page.keyboard.press('F1');
    try {
      const input = this.page.locator('.quick-input-widget input').first();
      await input.fill(`>${command}`, { timeout: SOON_MS });
      await this.#rowInFocus(command).waitFor({ timeout: SOON_MS });
    } catch {
      await this.takeFocus();
      return false;
    }
    await this.page.evaluate(`${WATCH_ENTER}(${JSON.stringify(command)})`);
    await this.page.keyboard.press('Enter');
    return (await this.page.evaluate('window.lullEnter')) === 'taken';
  }

  /** A page that is closed takes the focus with it, and keys then reach nobody. */
  async takeFocus(): Promise<void> {
    await this.page
      .locator('.part.editor .editor-group-container')
      .first()
      .click({
        position: { x: 400, y: 10 },
      });
  }

  /** What Enter would take: until the list is filtered, that may be another row than the one that is wanted. */
  #rowInFocus(text: string): Locator {
    return this.page
      .locator('.quick-input-list .monaco-list-row.focused', { hasText: text })
      .first();
  }

  /** Fills the box that a command asks with. */
  async enter(text: string): Promise<void> {
    await this.page.locator('.quick-input-widget input').first().fill(text);
    await this.page.keyboard.press('Enter');
  }

  async openFile(name: string): Promise<void> {
    await this.page.keyboard.press('Control+P');
    const input = this.page.locator('.quick-input-widget input').first();
    await input.waitFor();
    await input.fill(name);
    await this.#rowInFocus(name).waitFor();
    await this.page.keyboard.press('Enter');
    await this.page.locator('.monaco-editor .view-lines').first().waitFor();
    await this.page.locator('.monaco-editor .view-lines').first().click();
  }

  /** The document's text as it is drawn. */
  async editorText(): Promise<string> {
    const lines = this.page.locator('.editor-instance .monaco-editor .view-line');
    return (await lines.allInnerTexts()).join('\n').replaceAll('\u00a0', ' ');
  }

  get status(): Locator {
    return this.page.locator('.statusbar-item[id="lull.lull.lull.status"]');
  }

  /** The status bar item: its text, its icon and what a screen reader says. */
  async statusParts(): Promise<{ text: string; icon: string; spoken: string }> {
    const button = this.status.locator('a').first();
    const icon = (await button.locator('.codicon').first().getAttribute('class')) ?? '';
    return {
      text: ((await this.status.textContent()) ?? '').trim(),
      icon: /codicon-([a-z-]+)/.exec(icon)?.[1] ?? '',
      spoken: (await button.getAttribute('aria-label')) ?? '',
    };
  }

  /** Waits until icon and text of the status fit, as in `mic-filled 0:12`. */
  async untilStatus(fits: RegExp): Promise<void> {
    const line = async () => {
      const { icon, text } = await this.statusParts();
      return `${icon} ${text}`;
    };
    await expect.poll(line, { timeout: LIMIT_MS, interval: 20 }).toMatch(fits);
  }

  /** Words on their way: what decorations show beside the editor's own text. */
  async ghostText(): Promise<string> {
    const contents = await this.page.evaluate<readonly string[]>(GHOST_CONTENTS);
    return contents
      .map((content) => content.replaceAll(/^"|"$/g, '').replaceAll('\u00a0', ' '))
      .join('');
  }

  /** The colour of the words on their way. */
  ghostColour(): Promise<string> {
    return this.page.evaluate<string>(GHOST_COLOUR);
  }

  /** From now on, every text the status shows, however short, and whether in the colours of a warning. */
  async recordStatus(): Promise<() => Promise<readonly string[]>> {
    await this.page.evaluate(RECORD_STATUS);
    return () => this.page.evaluate<readonly string[]>('window.lullStatuses');
  }

  /** What the pages in the editor area show, as HTML. */
  async pages(): Promise<string> {
    const inner = this.page.frames().filter((frame) => frame.url().includes('/fake.html'));
    const all = await Promise.all(
      inner.map((frame) =>
        frame
          .locator('body')
          .innerHTML()
          .catch(() => ''),
      ),
    );
    return all.join('\n');
  }

  /** Answers the notification that says `text`. */
  async answer(text: string, button: string): Promise<void> {
    const toast = this.notification(text).first();
    await toast.locator('.monaco-button', { hasText: button }).click();
  }

  notification(text: string): Locator {
    return this.page.locator('.notification-toast', { hasText: text });
  }
}
