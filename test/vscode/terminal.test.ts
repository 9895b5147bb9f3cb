import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ScriptedServer, startScriptedServer } from '../../src/testing/scripted-server.ts';
import { finalTurn } from '../../src/testing/wire-messages.ts';
import { LACKS_BROWSER } from '../support/browser.ts';
import { packExtension } from './support/packed-extension.ts';
import { ROOM } from './support/room.ts';
import { Workbench } from './support/workbench.ts';

const saying = (text: string) => ({
  onAudio: [{ atMs: 500, send: finalTurn({ order: 0, text, startMs: 100, endMs: 400 }) }],
});

describe.skipIf(LACKS_BROWSER)('in a terminal with a real shell', () => {
  let server: ScriptedServer;
  let workbench: Workbench;

  beforeAll(async () => {
    server = await startScriptedServer(
      saying('echo by key > said.txt'),
      saying('echo by click > said.txt'),
      saying('Back in the file.'),
      saying('echo by palette > said.txt'),
      saying('Clicked in the file.'),
      saying('Spoken input.'),
    );
    workbench = await Workbench.open(
      {
        release: 'newest',
        settings: {
          'lull.recorder': ROOM,
          'lull.endpoint': server.url,
          'lull.silenceSeconds': 1,
          'terminal.integrated.defaultProfile.linux': 'bash',
        },
        extensions: [await packExtension()],
      },
      ({ workspace }) => writeFile(join(workspace, 'note.txt'), 'Note:'),
    );
  }, 180_000);

  afterAll(async () => {
    await workbench?.close();
    await server?.close();
  });

  const said = () => readFile(join(workbench.editor.workspace, 'said.txt'), 'utf8').catch(() => '');
  const dictated = async () => {
    await workbench.untilStatus(/^mic-filled/);
    await workbench.untilStatus(/^mic Lull/);
  };

  test('types the command that was said, and leaves Enter to the person', async () => {
    const { page } = workbench;
    await workbench.untilStatus(/^mic Lull/);
    await workbench.openFile('note.txt');
    await workbench.run('Terminal: Create New Terminal');
    await page.locator('.terminal.xterm.focus').waitFor();
    await page.keyboard.press('Control+Alt+H');
    await dictated();
    expect(await said()).toBe('');
    await page.keyboard.press('Enter');
    await expect.poll(said).toBe('by key\n');
  });

  test('goes on in the terminal when the status bar starts it, and not in the file', async () => {
    const { page } = workbench;
    await workbench.status.click();
    await dictated();
    await page.locator('.terminal.xterm').first().click();
    await page.keyboard.press('Enter');
    await expect.poll(said).toBe('by click\n');
    expect(await workbench.editorText()).toBe('Note:');
  });

  test('goes to the file again once the person is back in it', async () => {
    const { page } = workbench;
    await page.locator('.editor-instance .monaco-editor .view-lines').first().click();
    await page.keyboard.press('Home');
    await page.keyboard.press('End');
    await workbench.status.click();
    await dictated();
    expect(await workbench.editorText()).toBe('Note: Back in the file.');
  });

  test('goes to the terminal that a command ran in since, when the palette starts it', async () => {
    const { page } = workbench;
    await page.locator('.terminal.xterm').first().click();
    await page.keyboard.type('rm said.txt');
    await page.keyboard.press('Enter');
    await expect.poll(said).toBe('');
    await workbench.run('Lull: Start Dictation');
    await page.locator('.statusbar', { hasText: 'Lull types into the terminal bash' }).waitFor();
    await dictated();
    await page.locator('.terminal.xterm').first().click();
    await page.keyboard.press('Enter');
    await expect.poll(said).toBe('by palette\n');
    expect(await workbench.editorText()).toBe('Note: Back in the file.');
  });

  test('goes to the file whose own microphone is clicked, wherever the person was', async () => {
    const { page } = workbench;
    await page.locator('.editor-actions .codicon-mic').first().click();
    await dictated();
    await expect
      .poll(() => workbench.editorText())
      .toBe('Note: Back in the file. Clicked in the file.');
  });

  test('says that find, search and quick inputs take no words, and starts nothing', async () => {
    const { page } = workbench;
    const sentence = workbench.notification('Words cannot be typed into this box').first();
    const refused = async () => {
      await page.keyboard.press('Control+Alt+H');
      await sentence.waitFor();
      await workbench.run('Notifications: Clear All Notifications');
      await sentence.waitFor({ state: 'hidden' });
    };
    await workbench.openFile('note.txt');
    await page.keyboard.press('Control+F');
    await page.locator('.find-widget.visible textarea').first().waitFor();
    await refused();
    await page.keyboard.press('Control+Shift+F');
    await page.locator('.search-view .search-widget textarea:focus').first().waitFor();
    await refused();
    await page.keyboard.press('Control+P');
    await page.locator('.quick-input-widget input:focus').first().waitFor();
    await refused();
    await workbench.untilStatus(/^mic Lull/);
    expect(server.connections).toHaveLength(5);
  });

  test('types like a keyboard into any other input of text, such as the search for extensions', async () => {
    const { page } = workbench;
    await workbench.run('Extensions: Focus on Extensions View');
    const box = page.locator('.extensions-viewlet .suggest-input-container').first();
    await box.locator('.monaco-editor.focused').waitFor();
    await page.keyboard.press('Control+Alt+H');
    await dictated();
    await expect
      .poll(async () => (await box.textContent())?.replaceAll('\u00a0', ' '))
      .toMatch(/spoken input/i);
  });
});
