import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type BundledDriver, bundleDriver } from '../../support/bundled-driver.ts';
import { RUNTIMES } from '../../support/runtimes.ts';
import { FIXTURE, PCM, stateOf } from '../../support/sound/recorder-fixtures.ts';

const run = promisify(execFile);

describe.each(RUNTIMES)('in $name', ({ command, args }) => {
  let driver: BundledDriver;
  beforeAll(async () => {
    driver = await bundleDriver('test/host/fixtures/recorder-driver.ts');
  });
  afterAll(() => driver.remove());

  async function drive(behaviour: string, action: 'stop' | 'exit') {
    const program = [FIXTURE, behaviour, PCM.toString('base64')];
    const { stdout } = await run(command, [
      ...args,
      driver.path,
      action,
      process.execPath,
      ...program,
    ]);
    return stdout;
  }

  test('a recording is stopped and its last part kept', async () => {
    expect(await drive('steady', 'stop')).toBe(`${PCM}the last parts\nended\n`);
  });

  test.each(['ends-at-once', 'missing'])('a recorder that is %s is an error', async (behaviour) => {
    expect(await drive(behaviour, 'stop')).toBe('\nrecorder-failed\n');
  });

  test('no recorder outlives the program', async () => {
    const pid = Number(await drive('tells-its-pid', 'exit'));
    expect(pid).toBeGreaterThan(1);
    // The kill was sent before the program ended; that it has worked takes a moment.
    await vi.waitFor(async () => expect(await stateOf(pid)).toMatch(/^(gone|Z)$/));
  });

  test('nor one that gives nothing and is never asked, when the program is killed', async () => {
    const program = [process.execPath, FIXTURE, 'tells-its-pid'];
    const child = spawn(command, [...args, driver.path, 'stay', ...program]);
    const [text] = await once(child.stdout, 'data');
    const pid = Number(text);
    expect(pid).toBeGreaterThan(1);
    const killedAtMs = performance.now();
    child.kill('SIGKILL');
    await vi.waitFor(async () => expect(await stateOf(pid)).toMatch(/^(gone|Z)$/));
    expect(performance.now() - killedAtMs).toBeLessThan(1_000);
  });
});
