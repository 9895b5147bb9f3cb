import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import type { Clock } from '../../../src/core/index.ts';
import { createMonotonicClock } from '../../../src/host/clock.ts';
import { openFilter } from '../../../src/host/programs/filter-command.ts';
import { FakeClock } from '../../../src/testing/fake-clock.ts';

const folder = mkdtempSync(join(tmpdir(), 'lull-filter-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function setup(command: string, clock: Clock = createMonotonicClock()) {
  const troubles: string[] = [];
  const filter = openFilter({
    command,
    name: '--filter',
    env: { ...process.env, ASSEMBLYAI_API_KEY: 'planted', LULL_KEY: 'planted' },
    platform: process.platform,
    clock,
    onTrouble: (message) => troubles.push(message),
  });
  return { filter, troubles };
}

/** One whose five seconds pass when the test says so. */
function setupWithTime(command: string) {
  const clock = new FakeClock();
  return { ...setup(command, clock), clock };
}

async function isGone(pidFile: string): Promise<void> {
  const pid = Number(readFileSync(pidFile, 'utf8'));
  await vi.waitFor(() => expect(existsSync(`/proc/${pid}/cwd`)).toBe(false));
}

describe('a filter of the person', () => {
  test('is given each phrase on standard input, and what it prints is written', async () => {
    const { filter, troubles } = setup('sed s/foo/bar/');
    expect(await filter.apply('A foo in the woods.')).toBe('A bar in the woods.');
    expect(await filter.apply('Größer, 日本 and עברית.')).toBe('Größer, 日本 and עברית.');
    expect(troubles).toEqual([]);
  });

  test('gets no key', async () => {
    const { filter } = setup('env | grep -c planted || true');
    expect(await filter.apply('Hello.')).toBe('0');
  });

  test('exit code 77 keeps the phrase from being written, without a word', async () => {
    const { filter, troubles } = setup('exit 77');
    expect(await filter.apply('Turn on the light.')).toBe('');
    expect(troubles).toEqual([]);
  });

  test.each([
    ['exit 3', 'ended with exit code 3'],
    ['no-such-program-anywhere', 'names a program that is not there (exit code 127)'],
    ['true', 'printed nothing (to leave a phrase out, exit with 77)'],
    ['printf "\\377\\376\\001"', 'printed something that is not text'],
    ['printf "a\\000b"', 'printed something that is not text'],
    ['kill -s KILL $$', 'was ended by SIGKILL'],
    ['yes', 'printed more than 64 KB for one phrase'],
  ])('of one that fails (%s) the phrase stays, and it is said once', async (command, why) => {
    const { filter, troubles } = setup(command);
    expect(await filter.apply('One.')).toBe('One.');
    expect(await filter.apply('Two.')).toBe('Two.');
    expect(troubles).toEqual([`--filter ${why}; phrases it fails on stay as they were heard`]);
  });

  test('one that hangs is ended after five seconds, with all it started', async () => {
    const pidFile = join(folder, 'forked.pid');
    const { filter, troubles, clock } = setupWithTime(
      `sleep 60 & echo $! > ${pidFile}; sleep 60; cat`,
    );
    const applied = filter.apply('Words.');
    await vi.waitFor(() => expect(readFileSync(pidFile, 'utf8')).toMatch(/\d\n/));
    clock.advance(4_999);
    expect(troubles).toEqual([]);
    clock.advance(1);
    expect(await applied).toBe('Words.');
    expect(troubles).toEqual([
      '--filter took more than 5 s; phrases it fails on stay as they were heard',
    ]);
    await isGone(pidFile);
  });

  test('one that is late three times in a row is asked no more', async () => {
    const log = join(folder, 'asked.txt');
    const { filter, troubles, clock } = setupWithTime(`echo asked >> ${log}; sleep 60`);
    for (const count of [1, 2, 3]) {
      const applied = filter.apply('Words.');
      await vi.waitFor(() => expect(readFileSync(log, 'utf8')).toBe('asked\n'.repeat(count)));
      clock.advance(5_000);
      expect(await applied).toBe('Words.');
    }
    expect(await filter.apply('More words.')).toBe('More words.');
    expect(readFileSync(log, 'utf8')).toBe('asked\n'.repeat(3));
    expect(troubles).toHaveLength(1);
  });

  test('what it leaves running in the background holds nothing up, and ends', async () => {
    const pidFile = join(folder, 'left.pid');
    const { filter, troubles } = setup(`sleep 60 & echo $! > ${pidFile}; cat`);
    expect(await filter.apply('Words.')).toBe('Words.');
    expect(troubles).toEqual([]);
    await isGone(pidFile);
  });

  test('one that reads nothing of a long phrase does no harm', async () => {
    const { filter, troubles } = setup('echo short');
    expect(await filter.apply('word '.repeat(100_000))).toBe('short');
    expect(troubles).toEqual([]);
  });

  test('closing ends the one that runs, and its phrase stays', async () => {
    const pidFile = join(folder, 'closed.pid');
    const { filter, troubles } = setup(`echo $$ > ${pidFile}; sleep 60`);
    const applied = filter.apply('Words.');
    await vi.waitFor(() => expect(readFileSync(pidFile, 'utf8')).toMatch(/\d\n/));
    filter.close();
    expect(await applied).toBe('Words.');
    expect(await filter.apply('More.')).toBe('More.');
    expect(troubles).toEqual([]);
    await isGone(pidFile);
  });

  test('colours and other escapes it prints are taken out', async () => {
    const { filter } = setup('printf "\\033[31mred\\033[0m\\n"');
    expect(await filter.apply('Hello.')).toBe('red');
  });
});
