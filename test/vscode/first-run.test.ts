import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFailed, test } from 'vitest';
import { projectSample, wordErrorRate } from '../engine/speech-samples.ts';
import { LACKS_BROWSER } from '../support/browser.ts';
import { LACKS_VIRTUAL_MIC, startVirtualMic, type VirtualMic } from '../support/virtual-mic.ts';
import { type ModelMirror, startModelMirror } from './support/model-mirror.ts';
import { packExtension } from './support/packed-extension.ts';
import { descendantsOf, isRunning } from './support/processes.ts';
import { Workbench } from './support/workbench.ts';

const BYTES_PER_SECOND = 32_000;
/** Until the voice ends; the rest is the quiet of the room, which there is without it. */
const SPEECH = projectSample().pcm.subarray(0, 11 * BYTES_PER_SECOND);
const FIRST_WORDS = SPEECH.subarray(0, 2.7 * BYTES_PER_SECOND);

const HIGH_CONTRAST = {
  'workbench.preferredDarkColorTheme': 'Default High Contrast',
  'workbench.preferredLightColorTheme': 'Default High Contrast Light',
};

/**
 * A person's first hour: the packed extension on a machine that has Node and nothing else. Its
 * pictures are those of docs/first-run.md.
 */
describe.skipIf(LACKS_BROWSER || LACKS_VIRTUAL_MIC)('the first run, with no key', () => {
  let folder: string;
  let mic: VirtualMic;
  let mirror: ModelMirror;
  let workbench: Workbench;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lull-first-run-'));
    await mkdir(join(folder, 'bin'));
    await symlink(process.execPath, join(folder, 'bin', 'node'));
    [mic, mirror] = await Promise.all([startVirtualMic(), startModelMirror()]);
    workbench = await Workbench.open({
      release: 'newest',
      env: {
        ...mic.env,
        PATH: join(folder, 'bin'),
        XDG_DATA_HOME: folder,
        LULL_MODELS_URL: mirror.url,
      },
      settings: {
        'lull.recorder': '/no/such/recorder',
        'lull.silenceSeconds': 3,
        'editor.wordWrap': 'on',
        ...HIGH_CONTRAST,
      },
      extensions: [await packExtension(mirror.dist)],
    });
    await workbench.page.setViewportSize({ width: 960, height: 600 });
  });

  afterAll(async () => {
    await workbench?.close();
    mirror?.close();
    await mic?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const question = () =>
    workbench.page.locator('.quick-input-widget', { hasText: 'Who shall recognise' });
  const choice = (text: string | RegExp) =>
    question().locator('.monaco-list-row', { hasText: text }).first();
  const openWalkthrough = async () => {
    await workbench.run('Welcome: Open Walkthrough...');
    await workbench.page
      .locator('.quick-input-list .monaco-list-row', { hasText: 'Dictate with Lull' })
      .first()
      .click();
    await workbench.page
      .locator('.gettingStartedContainer', { hasText: 'Let it hang up' })
      .waitFor();
  };

  test('shows its place in the status bar before anything is asked of it', async () => {
    await workbench.untilStatus(/^mic Lull/);
    expect((await workbench.statusParts()).spoken).toMatch(/Start dictation/);
  });

  test('has a walkthrough of which every button does what it says, with no key, engine or microphone', async () => {
    const { page } = workbench;
    await openWalkthrough();
    expect(await page.locator('.editor-actions .codicon-mic').count()).toBe(0);
    const press = async (step: string, button: string) => {
      await page.locator('.step-title', { hasText: step }).first().click();
      await page
        .locator('.getting-started-step.expanded .monaco-button', { hasText: button })
        .first()
        .click();
    };
    const leavePage = async (says: RegExp) => {
      await expect.poll(() => workbench.pages()).toMatch(says);
      await page.keyboard.press('Control+W');
      await page.locator('.gettingStartedContainer').waitFor();
    };

    await press('Choose who listens', 'Set API Key');
    await page.locator('.quick-input-widget', { hasText: 'AssemblyAI API key' }).waitFor();
    await page.keyboard.press('Escape');
    await press('Choose who listens', 'Choose Who Listens');
    await question().waitFor();
    await page.keyboard.press('Escape');

    await press('Test your microphone', 'Test Microphone');
    await workbench.notification('/no/such/recorder').getByText('Run Doctor').first().click();
    await leavePage(/✗/);
    await press('Test your microphone', 'Run Doctor');
    await leavePage(/Lull Doctor/);
    await press('Dictate a phrase', 'Start Dictation');
    await question().waitFor();
    await page.keyboard.press('Escape');
    await workbench.untilStatus(/^mic Lull/);
    await press('Let it hang up', 'Show Usage');
    await leavePage(/Nothing was dictated yet/);
  });

  test('asks who recognises in a list, spins for nobody, and asks again after a no', async () => {
    await workbench.status.click();
    await question().waitFor();
    await workbench.untilStatus(/^mic Lull/);
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
    await choice('Enter an AssemblyAI key').click();
    const box = page.locator('.quick-input-widget input[type=password]').first();
    await box.waitFor();
    await box.fill('not a key');
    await page.locator('.quick-input-widget', { hasText: 'contains a space' }).waitFor();
    await page.keyboard.press('Escape');
    await workbench.untilStatus(/^mic Lull/);
  });

  test('stops the download of the offline engine when it is cancelled, and waits for nothing', async () => {
    await workbench.change({ 'lull.recorder': '' });
    await workbench.status.click();
    await choice(/downloads \d+ MB/).click();
    const toast = workbench.notification('Fetching the speech model').first();
    await toast.getByText('Cancel').click();
    await workbench.page.locator('.statusbar', { hasText: 'The download was stopped' }).waitFor();
    await workbench.untilStatus(/^mic Lull/);
    expect(mirror.requests).toBe(1);
  });

  const heardSoFar: string[] = [];

  test.each([
    { theme: 'light', speech: SPEECH },
    { theme: 'high-contrast', speech: FIRST_WORDS },
  ])(
    'dictates offline after one download, in a $theme theme, and every picture shows what comes next',
    async ({ theme, speech }) => {
      const { page } = workbench;
      const shoot = (name: string) => workbench.shoot(`first-run/${theme}-${name}`);
      onTestFailed(() => workbench.shoot(`failed-${theme}`));
      if (theme === 'high-contrast') {
        await rm(join(folder, 'lull', 'models'), { recursive: true });
        await workbench.run('Preferences: Toggle between Light/Dark Themes');
        await page.locator('.monaco-workbench.hc-black').waitFor();
      }
      await workbench.run('View: Close All Editors');
      await openWalkthrough();
      await shoot('1-walkthrough');

      await workbench.status.click();
      await question().waitFor();
      await shoot('2-who-recognises');
      await choice(/downloads \d+ MB/).click();
      await page.locator('.notification-toast', { hasText: /\d+ of \d+ MB/ }).waitFor();
      await workbench.untilStatus(/^mic Lull/);
      await shoot('3-download');
      mirror.release();
      const ready = workbench.notification('Ready to dictate offline').first();
      await ready.waitFor();
      await shoot('4-ready');
      await workbench.run('Notifications: Clear All Notifications');

      await workbench.run('Lull: Test Microphone');
      const spoken = mic.play(FIRST_WORDS);
      await page.locator('.notification-toast', { hasText: /█{4}/ }).waitFor();
      await shoot('5-microphone');
      await spoken;
      await workbench.notification('The microphone works').waitFor();
      await workbench.run('Notifications: Clear All Notifications');
      await workbench.run('View: Close All Editors');

      await workbench.status.click();
      const shown = await workbench.recordStatus();
      await workbench.untilStatus(/^mic-filled 0:0/);
      expect(await question().count()).toBe(0);
      const { pid } = workbench.editor;
      const recorders = descendantsOf(pid).filter(({ command }) => /\/recorders\//.test(command));
      expect(recorders).not.toEqual([]);
      const said = mic.play(speech);
      await expect.poll(() => workbench.ghostText()).toMatch(/\w+ \w+/);
      await shoot('6-words-on-their-way');
      await said;
      await expect.poll(() => workbench.editorText()).toMatch(/(country|americans)/i);
      await shoot('7-phrase');
      await workbench.untilStatus(/^mic-filled stops in [123] s/);
      expect(await workbench.status.getAttribute('class')).toContain('warning-kind');
      await shoot('8-counting-down');
      await workbench.untilStatus(/^mic Lull/);
      const bill = /hung up after 3 seconds of silence: nothing billed/;
      await page.locator('.statusbar', { hasText: bill }).waitFor();
      await shoot('9-bill');

      const texts = await shown();
      const last = texts.findLastIndex((text) => text.includes('stops in'));
      expect(texts.slice(last).filter((text) => /\d:\d\d/.test(text))).toEqual([]);
      expect(await page.locator('.notification-toast').count()).toBe(0);
      expect(await page.locator('.editor-actions .codicon-mic').count()).toBe(1);
      heardSoFar.push(await workbench.editorText());

      await workbench.run('Lull: Show Usage');
      await expect.poll(() => workbench.pages()).toMatch(bill);
      const count = theme === 'light' ? '1 dictation' : '2 dictations';
      await expect.poll(() => workbench.pages()).toMatch(`<td>${count}</td>`);
      await shoot('10-usage');
    },
  );

  test('heard what was said, and keeps it on the disk', async () => {
    const { page } = workbench;
    expect(wordErrorRate(projectSample().words, heardSoFar[0] ?? '')).toBeLessThan(0.35);
    await page.keyboard.press('Control+W');
    await page.keyboard.press('Control+S');
    const name = page.locator('.quick-input-widget input').first();
    await name.waitFor();
    const path = join(workbench.editor.workspace, 'said.txt');
    await name.fill(path);
    await page.keyboard.press('Enter');
    await expect.poll(() => readFile(path, 'utf8').catch(() => '')).toMatch(/americans/i);
  });

  test('keeps words on their way readable in a light theme of high contrast, too', async () => {
    const { page } = workbench;
    await workbench.run('Preferences: Toggle between Light/Dark Themes');
    await page.locator('.monaco-workbench.hc-light').waitFor();
    await workbench.status.click();
    await workbench.untilStatus(/^mic-filled 0:0/);
    const said = mic.play(FIRST_WORDS);
    await expect.poll(() => workbench.ghostText()).toMatch(/\w+ \w+/);
    expect(await workbench.ghostColour()).toBe('rgb(41, 41, 41)');
    await said;
    await workbench.run('Lull: Cancel Dictation');
    await workbench.untilStatus(/^mic Lull/);
  });

  test('leaves no recorder a second after its extension host was killed', async () => {
    await workbench.run('Lull: Start Dictation');
    await workbench.untilStatus(/^mic-filled 0:0/);
    const { pid } = workbench.editor;
    const running = (what: RegExp) =>
      descendantsOf(pid).filter(({ command }) => what.test(command));
    const [recorder] = running(/\/recorders\//);
    const [host] = running(/--type=extensionHost/);
    if (!recorder || !host) throw new Error('There is no recorder, or no extension host');

    process.kill(host.pid, 'SIGKILL');
    await expect.poll(() => isRunning(recorder.pid), { timeout: 1_000, interval: 10 }).toBe(false);
  });
});
