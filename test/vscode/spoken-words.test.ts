import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFailed, test } from 'vitest';
import type { Engine } from '../../src/engine/index.ts';
import { projectSample, wordErrorRate } from '../engine/speech-samples.ts';
import { LACKS_BROWSER } from '../support/browser.ts';
import { LACKS_VIRTUAL_MIC, startVirtualMic, type VirtualMic } from '../support/virtual-mic.ts';
import { startBundledEngine } from './support/bundled-engine.ts';
import { packExtension } from './support/packed-extension.ts';
import { descendantsOf, isRunning } from './support/processes.ts';
import { Workbench } from './support/workbench.ts';

describe.skipIf(LACKS_BROWSER || LACKS_VIRTUAL_MIC)(
  'in a real VS Code with a real microphone and recogniser',
  () => {
    let mic: VirtualMic;
    let engine: Engine;
    let workbench: Workbench;

    beforeAll(async () => {
      [mic, engine] = await Promise.all([startVirtualMic(), startBundledEngine()]);
      workbench = await Workbench.open(
        {
          release: 'newest',
          env: mic.env,
          settings: { 'lull.endpoint': engine.url, 'editor.wordWrap': 'on' },
          extensions: [await packExtension()],
        },
        ({ workspace }) => writeFile(join(workspace, 'note.txt'), 'He said:'),
      );
    }, 120_000);

    afterAll(async () => {
      await workbench?.close();
      await engine?.close();
      await mic?.close();
    });

    test('types spoken words, counts the silence down, hangs up, and the words are on disk', async () => {
      onTestFailed(async () => {
        await workbench.shoot('failed');
      });
      const { pcm, words } = projectSample();
      await workbench.openFile('note.txt');
      await workbench.page.keyboard.press('Control+End');
      await workbench.run('Lull: Start Dictation');
      await workbench.untilStatus(/^mic-filled 0:0/);
      await workbench.shoot('listening');

      const spoken = mic.play(pcm.subarray(0, 11 * 32_000));
      await expect.poll(() => workbench.ghostText(), { timeout: 20_000 }).toMatch(/\w+ \w+/);
      await workbench.shoot('words-on-their-way');
      await spoken;

      await workbench.untilStatus(/stops in [123] s/);
      await workbench.shoot('counting-down');
      expect((await workbench.statusParts()).spoken).toMatch(/Keep listening/);
      await workbench.untilStatus(/^mic Lull/);
      await workbench.shoot('idle');

      await workbench.page.keyboard.press('Control+S');
      const onDisk = () => readFile(join(workbench.editor.workspace, 'note.txt'), 'utf8');
      await expect.poll(onDisk).toMatch(/^He said: .+country/s);
      const heard = (await onDisk()).slice('He said: '.length);
      expect(wordErrorRate(words, heard)).toBeLessThan(0.35);
      expect(await workbench.ghostText()).toBe('');
    });

    test('leaves no recorder a second after its extension host was killed', async () => {
      await workbench.run('Lull: Start Dictation');
      await workbench.untilStatus(/^mic-filled 0:0/);
      const { pid } = workbench.editor;
      const running = (what: RegExp) =>
        descendantsOf(pid).filter(({ command }) => what.test(command));
      const [recorder] = running(/^parec |\/recorders\//);
      const [host] = running(/--type=extensionHost/);
      if (!recorder || !host) throw new Error('There is no recorder, or no extension host');

      process.kill(host.pid, 'SIGKILL');
      await expect
        .poll(() => isRunning(recorder.pid), { timeout: 1_000, interval: 10 })
        .toBe(false);
    });
  },
);
