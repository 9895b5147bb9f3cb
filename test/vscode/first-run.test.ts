import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ScriptedServer, startScriptedServer } from '../../src/testing/scripted-server.ts';
import { finalTurn, partialTurn } from '../../src/testing/wire-messages.ts';
import { LACKS_BROWSER } from '../support/browser.ts';
import { packExtension } from './support/packed-extension.ts';
import { ROOM } from './support/room.ts';
import { Workbench } from './support/workbench.ts';

const PHRASE = {
  onAudio: [
    { atMs: 600, send: partialTurn({ order: 0, text: 'hello wor', startMs: 100, endMs: 300 }) },
    {
      atMs: 2_500,
      send: finalTurn({ order: 0, text: 'Hello world.', startMs: 100, endMs: 700 }),
    },
  ],
};

const HIGH_CONTRAST = {
  'workbench.preferredDarkColorTheme': 'Default High Contrast',
  'workbench.preferredLightColorTheme': 'Default High Contrast Light',
};

describe.skipIf(LACKS_BROWSER)('the first run, with no key and nothing open', () => {
  let server: ScriptedServer;
  let workbench: Workbench;

  beforeAll(async () => {
    server = await startScriptedServer(PHRASE);
    workbench = await Workbench.open({
      release: 'newest',
      settings: { 'lull.recorder': ROOM, 'lull.silenceSeconds': 3, ...HIGH_CONTRAST },
      extensions: [await packExtension()],
    });
  }, 180_000);

  afterAll(async () => {
    await workbench?.close();
    await server?.close();
  });

  const question = () =>
    workbench.page.locator('.quick-input-widget', { hasText: 'Who shall recognise' });

  test('shows its place in the status bar before anything is asked of it', async () => {
    await workbench.untilStatus(/^mic Lull/);
    expect((await workbench.statusParts()).spoken).toMatch(/Start dictation/);
  });

  test('has a walkthrough whose page offers no microphone to type with', async () => {
    await workbench.run('Welcome: Open Walkthrough...');
    await workbench.page
      .locator('.quick-input-list .monaco-list-row', { hasText: 'Dictate with Lull' })
      .first()
      .click();
    await workbench.page
      .locator('.gettingStartedContainer', { hasText: 'Let it hang up' })
      .waitFor();
    await workbench.shoot('first-run-1-walkthrough');
    expect(await workbench.page.locator('.editor-actions .codicon-mic').count()).toBe(0);
  });

  test('asks who recognises in a list, spins for nobody, and asks again after a no', async () => {
    await workbench.status.click();
    await question().waitFor();
    await workbench.untilStatus(/^mic Lull/);
    await workbench.shoot('first-run-2-who-recognises');
    await workbench.page.keyboard.press('Escape');
    await question().waitFor({ state: 'hidden' });
    await workbench.untilStatus(/^mic Lull/);

    await workbench.run('Lull: Start Dictation');
    await question().waitFor();
    await workbench.page.keyboard.press('Escape');
  });

  test('checks a key while it is entered, and goes on by another way without one', async () => {
    const { page } = workbench;
    await workbench.status.click();
    await question().locator('.monaco-list-row', { hasText: 'Enter an AssemblyAI key' }).click();
    const box = page.locator('.quick-input-widget input[type=password]').first();
    await box.waitFor();
    await box.fill('not a key');
    await page.locator('.quick-input-widget', { hasText: 'contains a space' }).waitFor();
    await workbench.shoot('first-run-3-key');
    await page.keyboard.press('Escape');
    await workbench.untilStatus(/^mic Lull/);
  });

  test('dictates into a new document, counts down, and ends with one line and its bill', async () => {
    const { page } = workbench;
    await workbench.status.click();
    await question().locator('.monaco-list-row', { hasText: 'Recognise on this machine' }).click();
    await page.locator('.quick-input-widget', { hasText: 'lull serve prints' }).waitFor();
    await workbench.shoot('first-run-4-address');
    await workbench.enter(server.url);
    const shown = await workbench.recordStatus();
    await workbench.untilStatus(/^mic-filled 0:0/);
    await expect.poll(() => workbench.ghostText()).toMatch(/^hello wor$/i);
    await workbench.shoot('first-run-5-words-on-their-way');
    await expect.poll(() => workbench.editorText()).toBe('Hello world.');
    await workbench.shoot('first-run-6-phrase');
    await workbench.untilStatus(/^mic-filled stops in [123] s/);
    expect(await workbench.status.getAttribute('class')).toContain('warning-kind');
    await workbench.shoot('first-run-7-counting-down');
    await workbench.untilStatus(/^mic Lull/);
    await page
      .locator('.statusbar', { hasText: /hung up after 3 seconds of silence: nothing billed/ })
      .waitFor();
    await workbench.shoot('first-run-8-bill');

    const texts = await shown();
    const last = texts.findLastIndex((text) => text.includes('stops in'));
    expect(texts.slice(last).filter((text) => /\d:\d\d/.test(text))).toEqual([]);
    expect(await page.locator('.notification-toast').count()).toBe(0);
    expect(await page.locator('.editor-actions .codicon-mic').count()).toBe(1);
  });

  test('keeps words on their way readable in high contrast, dark and light', async () => {
    const colours: string[] = [];
    for (const kind of ['hc-black', 'hc-light']) {
      await workbench.run('Preferences: Toggle between Light/Dark Themes');
      await workbench.page.locator(`.monaco-workbench.${kind}`).waitFor();
      await workbench.status.click();
      await expect.poll(() => workbench.ghostText()).toMatch(/hello wor$/i);
      await workbench.shoot(`first-run-9-${kind}`);
      colours.push(await workbench.ghostColour());
      await workbench.untilStatus(/^mic-filled stops in/);
      await workbench.shoot(`first-run-10-${kind}-counting-down`);
      await workbench.untilStatus(/^mic Lull/);
    }
    expect(colours).toEqual(['rgb(255, 255, 255)', 'rgb(41, 41, 41)']);
  });

  test('tells what all that cost on a page', async () => {
    await workbench.run('Lull: Show Usage');
    await expect.poll(() => workbench.pages()).toMatch(/<td>3 dictations<\/td>/);
    await workbench.shoot('first-run-11-usage');
  });
});
