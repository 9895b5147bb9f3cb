import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFailed, test } from 'vitest';
import { projectSample, wordErrorRate } from '../engine/speech-samples.ts';
import { LACKS_BROWSER } from '../support/browser.ts';
import {
  LACKS_VIRTUAL_MIC,
  startVirtualMic,
  type VirtualMic,
} from '../support/sound/virtual-mic.ts';
import { type ModelMirror, startModelMirror } from './support/model-mirror.ts';
import { packExtension } from './support/packed-extension.ts';
import { descendantsOf, isRunning } from './support/processes.ts';
import { Workbench } from './support/workbench.ts';

const BYTES_PER_SECOND = 32_000;
/** Until the voice ends; the rest is the quiet of the room, which there is without it. */
const SPEECH = projectSample().pcm.subarray(0, 11 * BYTES_PER_SECOND);
const FIRST_WORDS = SPEECH.subarray(0, 2.7 * BYTES_PER_SECOND);

/** The recogniser takes its time where others use the processors. */
const SLOW = { timeout: 60_000 };

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
    mirror = await startModelMirror();
    workbench = await Workbench.open({
      release: 'newest',
      env: {
        PATH: join(folder, 'bin'),
        // Nobody answers there until there is a microphone.
        PULSE_SERVER: `unix:${join(folder, 'sound')}`,
        XDG_DATA_HOME: folder,
        LULL_MODELS_URL: mirror.url,
      },
      settings: {
        'lull.silenceSeconds': 3,
        'editor.wordWrap': 'on',
        'remote.autoForwardPorts': false,
        'workbench.activityBar.location': 'hidden',
        ...HIGH_CONTRAST,
      },
      extensions: [await packExtension(mirror.dist)],
    });
    await workbench.page.setViewportSize({ width: 960, height: 600 });
    await workbench.page.keyboard.press('Control+B');
  });

  afterAll(async () => {
    await workbench?.close();
    mirror?.close();
    await mic?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const question = () =>
    workbench.page.locator('.quick-input-widget', { hasText: 'Who should recognise' });
  const choice = (text: string | RegExp) =>
    question().locator('.monaco-list-row', { hasText: text }).first();
  /** Where no tooltip hides what is to be seen. */
  const restPointer = () => workbench.page.mouse.move(5, 5);
  const clickStatus = async () => {
    await workbench.status.click();
    await restPointer();
  };
  /** Somebody speaks all the while: when a recorder hears its first sound is its own affair. */
  const whileSpeaking = async (act: () => Promise<unknown>) => {
    let isDone = false;
    const speech = (async () => {
      while (!isDone) await mic.play(FIRST_WORDS);
    })();
    await act().finally(() => {
      isDone = true;
    });
    await speech;
  };
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
      const title = page.locator('.step-title', { hasText: step }).first();
      const open = page.locator('.getting-started-step.expanded', { hasText: step });
      // A click on a step that is open folds it.
      if ((await open.count()) === 0) await title.click();
      await open.getByText(button, { exact: true }).click();
    };
    const leavePage = async (says: RegExp) => {
      await expect.poll(() => workbench.pages(), SLOW).toMatch(says);
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
    await workbench.notification('sound').getByText('Run Doctor').first().click();
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
    await clickStatus();
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
    await clickStatus();
    await choice('Enter an AssemblyAI key').click();
    const box = page.locator('.quick-input-widget input[type=password]').first();
    await box.waitFor();
    await box.fill('not a key');
    await page.locator('.quick-input-widget', { hasText: 'contains a space' }).waitFor();
    await page.keyboard.press('Escape');
    await workbench.untilStatus(/^mic Lull/);
  });

  test('stops the download of the offline engine when it is cancelled, and waits for nothing', async () => {
    await clickStatus();
    await choice(/downloads \d+ MB/).click();
    const toast = workbench.notification('Fetching the speech model').first();
    await toast.getByText('Cancel').click();
    const line = workbench.page.locator('.statusbar', { hasText: 'The download was stopped' });
    await line.waitFor();
    await line.waitFor({ state: 'hidden' });
    await workbench.untilStatus(/^mic Lull/);
    expect(mirror.requests).toBe(1);
  });

  let dictations = 0;

  test.each([
    { theme: 'light', speech: SPEECH, words: projectSample().words },
    { theme: 'high-contrast', speech: FIRST_WORDS, words: 'And so my fellow Americans' },
  ])(
    'dictates offline after one download, in a $theme theme, keeps it on the disk, and every picture shows what comes next',
    async ({ theme, speech, words }) => {
      const { page } = workbench;
      const shoot = async (name: string) => {
        await restPointer();
        await workbench.shoot(`first-run/${theme}-${name}`);
      };
      onTestFailed(() => workbench.shoot(`failed-${theme}`));
      if (theme === 'light') {
        mic = await startVirtualMic();
        await symlink(mic.env['PULSE_SERVER']?.replace('unix:', '') ?? '', join(folder, 'sound'));
      } else {
        await rm(join(folder, 'lull', 'models'), { recursive: true });
        await workbench.run('Preferences: Toggle between Light/Dark Themes');
        await page.locator('.monaco-workbench.hc-black').waitFor();
      }
      await workbench.run('View: Close All Editors');
      await openWalkthrough();
      await shoot('1-walkthrough');

      await workbench.run('Lull: Start Dictation');
      await question().waitFor();
      await shoot('2-who-recognises');
      await choice(/downloads \d+ MB/).click();
      await page.locator('.notification-toast', { hasText: /\d\d of \d\d MB/ }).waitFor();
      await workbench.untilStatus(/^mic Lull/);
      await shoot('3-download');
      mirror.release();
      const ready = workbench.notification('Ready to dictate offline').first();
      await ready.waitFor();
      await shoot('4-ready');
      await workbench.run('Notifications: Clear All Notifications');

      await whileSpeaking(async () => {
        await workbench.run('Lull: Test Microphone');
        await page.locator('.notification-toast', { hasText: /█{4}/ }).waitFor();
        await shoot('5-microphone');
      });
      await workbench.notification('The microphone works').waitFor();
      await workbench.run('Notifications: Clear All Notifications');
      await workbench.run('View: Close All Editors');

      await workbench.run('Lull: Start Dictation');
      const shown = await workbench.recordStatus();
      await workbench.untilStatus(/^mic-filled 0:0/);
      expect(await question().count()).toBe(0);
      const { pid } = workbench.editor;
      const recorders = descendantsOf(pid).filter(({ command }) => /\/recorders\//.test(command));
      expect(recorders).not.toEqual([]);
      const said = mic.play(speech);
      await expect.poll(() => workbench.ghostText(), SLOW).toMatch(/\w+ \w+/);
      await shoot('6-words-on-their-way');
      await said;
      await expect
        .poll(async () => wordErrorRate(words, await workbench.editorText()), SLOW)
        .toBeLessThan(0.35);
      await shoot('7-phrase');
      // What was shown is written down, because a countdown may pass while a picture is taken.
      await expect
        .poll(async () => (await shown()).join('\n'), SLOW)
        .toMatch(/stops in [123] s \(warning\)/);
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
      const heard = await workbench.editorText();

      await workbench.run('Lull: Show Usage');
      await expect.poll(() => workbench.pages()).toMatch(bill);
      dictations += 1;
      const count = dictations === 1 ? '1 dictation' : `${dictations} dictations`;
      await expect.poll(() => workbench.pages()).toMatch(`<td>${count}</td>`);
      await shoot('10-usage');

      await page.keyboard.press('Control+W');
      await page.locator('.tab.active', { hasText: 'And' }).click();
      await page.keyboard.press('Control+S');
      const name = page.locator('.quick-input-widget input').first();
      // The dialog fills in a name of its own, a moment after it has opened.
      await expect.poll(() => name.inputValue(), SLOW).toContain(workbench.editor.workspace);
      const path = join(workbench.editor.workspace, `${theme}.txt`);
      await name.fill(path);
      await expect.poll(() => name.inputValue()).toBe(path);
      await page.keyboard.press('Enter');
      const onDisk = () => readFile(path, 'utf8').catch(() => '');
      await page.locator('.tab.active', { hasText: `${theme}.txt` }).waitFor();
      await expect
        .poll(async () => (await onDisk()).replaceAll(/\s+/g, ' '))
        .toBe(heard.replaceAll(/\s+/g, ' '));
    },
  );

  test('keeps words on their way readable in a light theme of high contrast, too', async () => {
    const { page } = workbench;
    await workbench.run('Preferences: Toggle between Light/Dark Themes');
    await page.locator('.monaco-workbench.hc-light').waitFor();
    await clickStatus();
    await workbench.untilStatus(/^mic-filled 0:0/);
    const said = mic.play(FIRST_WORDS);
    await expect.poll(() => workbench.ghostText(), SLOW).toMatch(/\w+/);
    expect(await workbench.ghostColour()).toBe('rgb(41, 41, 41)');
    await said;
    await workbench.run('Lull: Cancel Dictation');
    await workbench.untilStatus(/^mic Lull/);
  });

  test('lists the microphones, marks the one in use, and shows how loud the highlighted one hears', async () => {
    const { page } = workbench;
    await workbench.run('Lull: Choose Microphone');
    const list = page.locator('.quick-input-widget', { hasText: 'in use' });
    await list.locator('.monaco-list-row', { hasText: 'Default microphone' }).waitFor();
    onTestFailed(() => workbench.shoot('failed-list'));
    await whileSpeaking(() =>
      page.locator('.quick-input-titlebar', { hasText: /█{4}/ }).waitFor({ timeout: 20_000 }),
    );
    await page.keyboard.press('Escape');
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
