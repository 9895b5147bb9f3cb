import { describe, expect, test } from 'vitest';
import type { Device } from '../../../../src/host/microphone/tables/device.ts';
import {
  customRung,
  ladderFor,
  recorderAdvice,
} from '../../../../src/host/microphone/tables/ladder.ts';

const PLATFORMS = ['linux', 'darwin', 'win32'];
const BUNDLED = {
  folder: '/lull/recorders',
  programs: '/lull/recorders/here',
  runtime: { command: '/bin/node', args: ['run'], env: { ELECTRON_RUN_AS_NODE: '1' } },
};
/** Named so that a shell would make something else of it. */
const NAME = 'Mic "A" $(x)';

function deviceOf(system: Device['system']) {
  return { system, id: `id of ${NAME}`, name: NAME };
}

function names(...request: Parameters<typeof ladderFor>): readonly string[] {
  return ladderFor(...request).map(({ name }) => name);
}

describe('ladderFor', () => {
  test.each([
    ['linux', ['parec', 'arecord', 'ffmpeg pulse', 'ffmpeg alsa', 'sox', 'pw-record']],
    ['darwin', ['ffmpeg avfoundation', 'sox']],
    ['win32', ['sox']],
  ])('gives %s the rungs of the system, best first', (platform, expected) => {
    expect(names({ platform })).toEqual(expected);
  });

  test.each([
    ['linux', ['bundled ffmpeg', 'pulse client', 'parec', 'arecord']],
    ['darwin', ['bundled addon', 'bundled ffmpeg', 'ffmpeg avfoundation']],
    ['win32', ['bundled addon', 'sox']],
  ])('puts what comes with Lull first on %s', (platform, expected) => {
    const rungs = names({ platform, bundled: BUNDLED });
    expect(rungs.slice(0, expected.length)).toEqual(expected);
  });

  test('runs the bundled scripts with the runtime that runs Lull', () => {
    const rungs = ladderFor({ platform: 'linux', bundled: BUNDLED });
    expect(rungs.find(({ name }) => name === 'bundled addon')).toMatchObject({
      command: '/bin/node',
      args: ['run', '/lull/recorders/addon.mjs', '/lull/recorders/here/pv_recorder.node'],
      env: { ELECTRON_RUN_AS_NODE: '1' },
      needs: '/lull/recorders/here/pv_recorder.node',
    });
  });

  test('asks DirectShow, which has no default, only for a device by its alternative name', () => {
    const device = deviceOf('dshow');
    const [first] = ladderFor({ platform: 'win32', device });
    expect(first).toMatchObject({ name: 'ffmpeg dshow', stopBy: 'quit-key' });
    expect(first?.args).toContain(`audio=${device.id}`);
  });

  test('tells avfoundation the number a device has today', () => {
    const device = { ...deviceOf('avfoundation'), handle: '2' };
    const [first] = ladderFor({ platform: 'darwin', device });
    expect(first?.args).toContain(':2');
  });

  test('leaves out programs that do not know a device of ALSA alone', () => {
    expect(names({ platform: 'linux', device: deviceOf('alsa'), bundled: BUNDLED })).toEqual([
      'bundled ffmpeg',
      'arecord',
      'ffmpeg alsa',
      'sox',
    ]);
  });

  test.each([
    ['linux', 'pulse'],
    ['linux', 'alsa'],
    ['darwin', 'avfoundation'],
    ['win32', 'dshow'],
    ['win32', 'miniaudio'],
  ] as const)('names the device once in every rung of %s, as one word (%s)', (platform, system) => {
    const rungs = ladderFor({ platform, device: deviceOf(system), bundled: BUNDLED });
    for (const { args, env } of rungs) {
      const words = [...args, ...Object.values(env)];
      expect(words.filter((word) => word.includes(NAME))).toHaveLength(1);
    }
  });

  test.each(PLATFORMS)('says on %s what to install', (platform) => {
    expect(recorderAdvice(platform)).toMatch(/^install one with: \w/);
  });

  test('says on a system it was not made for which programs it can record with', () => {
    expect(recorderAdvice('freebsd')).toBe('install one of: parec, ffmpeg, sox');
    const names = ladderFor({ platform: 'freebsd' }).map(({ command }) => command);
    expect(names).toEqual(expect.arrayContaining(['parec', 'ffmpeg', 'sox']));
  });
});

describe('customRung', () => {
  test('splits a command line at its spaces and keeps what is quoted together', () => {
    expect(customRung(`/opt/my rec "my device" -r '16 000' $HOME;ls`)).toMatchObject({
      command: '/opt/my',
      args: ['rec', 'my device', '-r', '16 000', '$HOME;ls'],
    });
  });

  test('is nothing where nothing is written', () => {
    expect(customRung('  ')).toBeUndefined();
  });
});
