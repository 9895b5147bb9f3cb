import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { commands, extensions, Uri, workspace } from 'vscode';
import { until } from './editors.ts';

const MOST_MS = 30;

describe('the extension', () => {
  it('is active from the start with a table of names, which takes less than 30 ms', async () => {
    const lull = extensions.getExtension('lull.lull');
    await until(() => lull?.isActive === true);
    const entry = join(lull?.extensionPath ?? '', 'dist', 'extension.cjs');
    const loaded = Object.keys(require.cache);
    assert.deepEqual(
      [entry, entry.replace('extension', 'lull')].map((path) => loaded.includes(path)),
      [true, false],
    );
    await quiet();
    const before = process.cpuUsage();
    delete require.cache[entry];
    require(entry);
    // Time on the processor, because others use it as well.
    const { user, system } = process.cpuUsage(before);
    const tookMs = (user + system) / 1_000;
    assert.ok(tookMs < MOST_MS, `took ${tookMs} ms`);
  });

  it('has every command it promises', async () => {
    const known = await commands.getCommands(true);
    const promised: readonly { readonly command: string }[] =
      extensions.getExtension('lull.lull')?.packageJSON.contributes.commands;
    assert.deepEqual(
      promised.map(({ command }) => command).filter((command) => !known.includes(command)),
      [],
    );
  });
});

describe('the keys of the extension', () => {
  it('are bound by nothing else that VS Code comes with, but for Escape', async () => {
    const bindings: readonly { readonly key: string }[] =
      extensions.getExtension('lull.lull')?.packageJSON.contributes.keybindings;
    const own = new Set(bindings.map(({ key }) => key).filter((key) => key !== 'escape'));
    const all = await workspace.openTextDocument(
      Uri.parse('vscode://defaultsettings/keybindings.json'),
    );
    const bound = [...all.getText().matchAll(/"key": "([^"]+)",\s*"command": "([^"]+)"/g)];
    assert.ok(bound.length > 500, `${bound.length}`);
    const taken = bound.filter(
      ([, key = '', command = '']) => own.has(key) && !command.startsWith('lull.'),
    );
    assert.deepEqual(
      taken.map(([line]) => line),
      [],
    );
  });
});

/** Other extensions start in the same process, and their time is not to be counted. */
async function quiet(): Promise<void> {
  for (let tries = 0; tries < 50; tries += 1) {
    const before = process.cpuUsage();
    await new Promise((resolve) => setTimeout(resolve, 200));
    const { user, system } = process.cpuUsage(before);
    if (user + system < 5_000) return;
  }
}
