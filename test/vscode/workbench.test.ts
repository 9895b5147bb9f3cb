import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ScriptedServer, startScriptedServer } from '../../src/testing/scripted-server.ts';
import { finalTurn, partialTurn } from '../../src/testing/wire-messages.ts';
import { LACKS_BROWSER } from '../support/browser.ts';
import type { EditorServer } from './support/editor-server.ts';
import { packExtension } from './support/packed-extension.ts';
import { ROOM } from './support/room.ts';
import { Workbench } from './support/workbench.ts';

const KEY = '0123456789abcdef0123456789abcdef';
const HELLO = finalTurn({ order: 0, text: 'Hello world.', startMs: 100, endMs: 700 });
const SHORT = { 'lull.recorder': ROOM, 'lull.silenceSeconds': 3, 'lull.noSpeechSeconds': 0 };
let packed: string;

beforeAll(async () => {
  if (!LACKS_BROWSER) packed = await packExtension();
});

describe.skipIf(LACKS_BROWSER)('in the workbench', () => {
  let server: ScriptedServer;
  let workbench: Workbench;

  beforeAll(async () => {
    server = await startScriptedServer(
      {
        onAudio: [
          {
            atMs: 300,
            send: partialTurn({ order: 0, text: 'hello wor', startMs: 100, endMs: 300 }),
          },
          { atMs: 1_800, send: HELLO },
        ],
      },
      {
        refuse: {
          code: 1008,
          text: 'Invalid API key; [Fix it](command:workbench.action.togglePanel) $(alert)',
        },
      },
      {},
      { onAudio: [{ atMs: 600, send: HELLO }] },
      {},
    );
    workbench = await Workbench.open(
      {
        release: 'newest',
        settings: { ...SHORT, 'lull.endpoint': server.url },
        extensions: [packed],
      },
      async ({ workspace }) => {
        await writeFile(join(workspace, 'note.txt'), 'Note:');
        execFileSync('git', ['init', '-q', workspace]);
      },
    );
  });

  afterAll(async () => {
    await workbench?.close();
    await server?.close();
  });

  test('shows words on their way, and keeps listening on a click and on a key', async () => {
    const { page } = workbench;
    await workbench.openFile('note.txt');
    await page.keyboard.press('Control+End');
    await page.keyboard.press('Control+Alt+H');
    await expect.poll(() => workbench.ghostText()).toMatch(/^ hello wor$/i);
    expect(await workbench.editorText()).toBe('Note:');
    await expect.poll(() => workbench.editorText()).toBe('Note: Hello world.');

    await workbench.untilStatus(/^mic-filled stops in [123] s/);
    await workbench.status.click();
    await workbench.untilStatus(/^mic-filled 0:/);
    await workbench.untilStatus(/^mic-filled stops in [123] s/);
    await page.keyboard.press('Control+Alt+J');
    await workbench.untilStatus(/^mic-filled 0:/);

    await page.locator('.monaco-editor .view-lines').first().click();
    await page.keyboard.press('Escape');
    await workbench.untilStatus(/^mic Lull/);
    expect(await (await server.connection(0)).ended()).toBe(1_000);
  });

  test('asks for another key when it is refused, and tells it to nobody', async () => {
    await workbench.run('Lull: Set API Key');
    await workbench.enter(KEY);
    await workbench.notification('The key is saved').waitFor();
    await workbench.run('Lull: Start Dictation');
    await workbench.notification('key').getByText('Set API Key').first().waitFor();
    await workbench.untilStatus(/^error Lull/);
    await workbench.shoot('problem');
    const toast = workbench.notification('Fix it').first();
    expect(await toast.textContent()).toContain('(Fix it)');
    expect(await toast.locator('.notification-list-item-message a').count()).toBe(0);
    expect((await server.connection(1)).headers.authorization).toBe(KEY);

    const logs = await logsOf(workbench.editor);
    expect(logs).toContain('key-refused');
    expect(logs).not.toContain(KEY);
    expect(logs).not.toContain('Hello world');
  });

  test('ends a session whose key is removed', async () => {
    await workbench.run('Lull: Start Dictation');
    await workbench.untilStatus(/^mic-filled 0:/);
    await workbench.run('Lull: Remove API Key');
    await workbench.untilStatus(/^mic Lull/);
    expect(await (await server.connection(2)).ended()).toBe(1_000);
  });

  test('types into the commit message that has the focus', async () => {
    const { page } = workbench;
    await workbench.run('Source Control: Focus on Changes View');
    const input = page.locator('.scm-editor .monaco-editor').first();
    await input.click();
    await page.keyboard.type('Fix:');
    await page.keyboard.press('Control+Alt+H');
    await expect
      .poll(async () => (await input.textContent())?.replaceAll('\u00a0', ' '))
      .toMatch(/Fix: hello world/i);
    await workbench.untilStatus(/^mic Lull/);
  });

  test('says goodbye to the service when the window is reloaded', async () => {
    await workbench.openFile('note.txt');
    await workbench.run('Lull: Start Dictation');
    const connection = await server.connection(4);
    await connection.until(({ audioMs }) => audioMs > 0);
    await workbench.run('Developer: Reload Window');
    expect(await connection.ended()).toBe(1_000);
    expect(connection.frames.at(-1)).toMatchObject({ message: { type: 'Terminate' } });
    await workbench.page.waitForSelector('.monaco-workbench .statusbar');
  });

  test('warns in the second of two windows that dictate', async () => {
    await workbench.openFile('note.txt');
    await workbench.run('Lull: Start Dictation');
    await workbench.untilStatus(/^mic-filled 0:/);
    const second = await workbench.otherWindow();
    await second.openFile('note.txt');
    await second.run('Lull: Start Dictation');
    await second.notification('Another window is dictating').waitFor();
  });
});

test.skipIf(LACKS_BROWSER)(
  'asks once before the voice, and once before names of the workspace, leave the machine; and for a key where there is none',
  async () => {
    const workbench = await Workbench.open(
      {
        release: 'newest',
        settings: { ...SHORT, 'lull.endpoint': 'wss://dictation.test' },
        extensions: [packed],
      },
      ({ workspace }) => writeFile(join(workspace, 'note.txt'), ''),
    );
    try {
      const { page } = workbench;
      const dialog = page.locator('.monaco-dialog-box', { hasText: 'dictation.test' });
      await workbench.openFile('note.txt');
      await workbench.run('Lull: Start Dictation');
      await workbench.answer('There is no key for dictation.test', 'Set API Key');
      await workbench.enter(KEY);
      await workbench.notification('The key is saved').waitFor();

      await workbench.run('Lull: Start Dictation');
      await dialog.waitFor();
      await workbench.shoot('consent');
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await workbench.untilStatus(/^mic Lull/);

      await workbench.run('Lull: Start Dictation');
      await dialog.getByRole('button', { name: 'Send' }).click();
      await workbench.untilStatus(/0:0/);
      await workbench.run('Lull: Cancel Dictation');
      await workbench.untilStatus(/^mic Lull/);

      await workbench.run('Lull: Start Dictation');
      await workbench.untilStatus(/0:0/);
      expect(await dialog.count()).toBe(0);
      await workbench.run('Lull: Cancel Dictation');
      await workbench.untilStatus(/^mic Lull/);

      await workbench.run('Lull: Withdraw Consent');
      await workbench.notification('Nothing more is sent to dictation.test').waitFor();
      await workbench.run('Lull: Start Dictation');
      await dialog.getByRole('button', { name: 'Send' }).click();
      await workbench.untilStatus(/0:0/);
      await workbench.run('Lull: Cancel Dictation');
      await workbench.untilStatus(/^mic Lull/);

      // Words of the workspace are another question.
      const list = join(workbench.editor.workspace, '.lull');
      await mkdir(list);
      await writeFile(join(list, 'keyterms'), 'Kumquat\n');
      await workbench.run('Lull: Start Dictation');
      await dialog.waitFor();
      expect(await dialog.textContent()).toMatch(/Send names of this workspace.*Kumquat/s);
      await workbench.shoot('consent-to-names');
      await dialog.getByRole('button', { name: 'Keep Them Here' }).click();
      await workbench.untilStatus(/0:0/);
      await workbench.run('Lull: Cancel Dictation');
      await workbench.untilStatus(/^mic Lull/);
      await workbench.run('Lull: Start Dictation');
      await workbench.untilStatus(/0:0/);
      expect(await dialog.count()).toBe(0);
    } finally {
      await workbench.close();
    }
  },
);

test.skipIf(LACKS_BROWSER)(
  'takes no address and no limit from a workspace in Restricted Mode, and says so',
  async () => {
    const [own, foreign] = await Promise.all([
      startScriptedServer({ onAudio: [{ atMs: 600, send: HELLO }] }),
      startScriptedServer({}),
    ]);
    const workbench = await Workbench.open(
      {
        release: 'newest',
        trust: 'asked-for',
        settings: {
          ...SHORT,
          'lull.endpoint': own.url,
          'security.workspace.trust.startupPrompt': 'never',
        },
        extensions: [packed],
      },
      async ({ workspace }) => {
        await writeFile(join(workspace, 'note.txt'), '');
        await mkdir(join(workspace, '.vscode'));
        await writeFile(
          join(workspace, '.vscode', 'settings.json'),
          JSON.stringify({
            'lull.endpoint': foreign.url,
            'lull.recorder': 'touch stolen',
            'lull.silenceSeconds': 0,
            'lull.maxMinutes': 0,
            'lull.languages': ['zh', 'multi'],
          }),
        );
      },
    );
    try {
      await workbench.openFile('note.txt');
      await workbench.run('Lull: Start Dictation');
      await workbench.notification('lull.recorder, lull.endpoint').waitFor();
      await workbench.untilStatus(/^mic-filled 0:0/);
      expect(own.connections).toHaveLength(1);
      expect(foreign.connections).toHaveLength(0);
      await workbench.untilStatus(/^mic-filled stops in/);
      await workbench.untilStatus(/^mic Lull/);
    } finally {
      await workbench.close();
      await Promise.all([own.close(), foreign.close()]);
    }
  },
);

async function logsOf({ data }: EditorServer): Promise<string> {
  const files = await readdir(join(data, 'logs'), { recursive: true });
  const own = files.filter((file) => /lull/i.test(file) && file.endsWith('.log'));
  const texts = await Promise.all(own.map((file) => readFile(join(data, 'logs', file), 'utf8')));
  return texts.join('\n');
}
