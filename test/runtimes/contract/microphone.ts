import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, type OnTestFinishedHandler, test, vi } from 'vitest';
import { stateOf } from '../../support/sound/recorder-fixtures.ts';
import { startSoundServer } from '../../support/sound/sound-servers.ts';
import { LACKS_VIRTUAL_MIC, startVirtualMic } from '../../support/sound/virtual-mic.ts';
import type { CliBench } from '../running-cli.ts';

const NO_PROGRAM = { LULL_RECORDER_PATH: '/nonexistent' };
const NO_SERVER = { PULSE_SERVER: 'unix:/nonexistent/native', XDG_RUNTIME_DIR: '/nonexistent' };

/** These tests run at the same time, so what is to be closed belongs to one of them. */
type AtEnd = (close: OnTestFinishedHandler) => void;

/** Each a microphone that cannot be used, and what is said of it. */
const TROUBLES = [
  {
    name: 'no recorder',
    sentence: /^No program that can record was found; install one with: /,
    env: async () => NO_PROGRAM,
  },
  {
    name: 'no sound server',
    sentence: /^No sound server answers \(.*\): start PulseAudio or PipeWire and try again$/,
    env: async () => NO_SERVER,
  },
  {
    name: 'a device that gives zeros',
    sentence: /^The microphone gives only digital silence; check that it is not muted/,
    env: async (atEnd: AtEnd) => {
      const server = await startSoundServer('pulseaudio');
      atEnd(() => server.close());
      await server.pactl('load-module', 'module-null-source', 'source_name=dead');
      await server.pactl('set-default-source', 'dead');
      return soundOf(server.env);
    },
  },
  {
    name: 'a device that was unplugged',
    sentence: /^No microphone was found \(.*\): connect one and try again$/,
    env: async (atEnd: AtEnd) => {
      const server = await startSoundServer('pulseaudio');
      atEnd(() => server.close());
      return soundOf(server.env);
    },
  },
] as const;

/** What of a sound server's environment a program needs to find it. */
function soundOf({ PULSE_SERVER = '', XDG_RUNTIME_DIR = '' }: Readonly<Record<string, string>>) {
  return { PULSE_SERVER, XDG_RUNTIME_DIR };
}

export function describeMicrophone(here: () => CliBench): void {
  // The doctor tries one recorder after the other, and a busy machine is slow to start each.
  describe.skipIf(LACKS_VIRTUAL_MIC)('microphone', { timeout: 180_000 }, () => {
    async function plugIn(atEnd: AtEnd) {
      const mic = await startVirtualMic();
      atEnd(() => mic.close());
      return soundOf(mic.env);
    }

    test('lists the microphones', async ({ onTestFinished }) => {
      const env = await plugIn(onTestFinished);
      const { code, stdout } = await here().start(['devices'], { env }).exited;
      expect({ code, stdout }).toEqual({ code: 0, stdout: '* Desk-Microphone  (mic)\n' });
      const json = await here().start(['devices', '--json'], { env }).exited;
      expect(JSON.parse(json.stdout)).toEqual([
        { system: 'pulse', id: 'mic', name: 'Desk-Microphone', isDefault: true },
      ]);
    });

    test('says what there is to say where there is none', async () => {
      const exit = await here().start(['devices'], { env: { ...NO_PROGRAM } }).exited;
      expect(exit).toMatchObject({
        code: 5,
        stdout: '',
        stderr: 'lull: No microphone was found; connect one, or see what lull doctor says\n',
      });
    });

    test('the doctor finds that a dictation would work', async ({ onTestFinished }) => {
      const env = await plugIn(onTestFinished);
      const server = await here().serve({});
      const args = ['doctor', '--endpoint', server.url];
      const { code, stdout, stderr } = await here().start(args, { env }).exited;
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(/^endpoint +ok +127\.0\.0\.1:\d+ answered after \d+ ms$/m);
      expect(stdout).toMatch(/^pulse client +works +first sample after \d+ ms, -\d+ dB$/m);
      expect(stdout).toMatch(
        /^microphone +ok +\[#*-+\] -\d+ dB after \d+ ms, default microphone$/m,
      );
      expect(stdout).toMatch(/A dictation would work\n$/);
    });

    test.for([
      { args: ['--region', 'eu'], code: 3, says: /run lull login/ },
      { args: ['--endpoint', 'ws://127.0.0.1:9/v3/ws'], code: 4, says: /cannot be reached/ },
    ])(
      'the doctor gives the exit code of what is wrong ($args)',
      async ({ args, code, says }, { onTestFinished }) => {
        const env = await plugIn(onTestFinished);
        const exit = await here().start(['doctor', '--json', ...args], { env }).exited;
        expect(exit.code).toBe(code);
        const report = JSON.parse(exit.stdout);
        expect(report).toMatchObject({
          works: false,
          microphone: { device: 'default microphone' },
        });
        expect(report.failure.message).toMatch(says);
      },
    );

    test.for(TROUBLES)(
      '$name: one sentence from lull and from its doctor',
      async (trouble, { onTestFinished }) => {
        const env = await trouble.env(onTestFinished);
        const server = await here().serve({});
        const limits = ['--no-speech', '30', '--quiet'];
        const [doctor, dictation] = await Promise.all([
          here().start(['doctor', '--endpoint', server.url], { env }).exited,
          here().start([...limits, '--endpoint', server.url], { env }).exited,
        ]);
        for (const { code, stderr } of [doctor, dictation]) {
          const last = stderr.trimEnd().split('\n').at(-1)?.replace('lull: ', '');
          expect({ code, last }).toEqual({
            code: 5,
            last: expect.stringMatching(trouble.sentence),
          });
        }
        expect(TROUBLES.filter(({ sentence }) => sentence.test(lastLine(doctor.stderr)))).toEqual([
          trouble,
        ]);
      },
    );

    test('which recorders were tried is told only to who asks for all of it', async () => {
      const server = await here().serve({});
      const env = NO_SERVER;
      const args = ['--no-speech', '30', '--endpoint', server.url];
      const [short, long] = await Promise.all([
        here().start(args, { env }).exited,
        here().start([...args, '--verbose'], { env }).exited,
      ]);
      expect(short.stderr).toMatch(/^lull: No sound server answers \([^;]*\): start PulseAudio/m);
      expect(short.stderr).not.toContain('Recorders tried');
      expect(long.stderr).toMatch(/^Recorders tried: .*; .*; .*$/m);
    });

    test('a recorder of one’s own is used, and named where it does not record', async () => {
      const server = await here().serve({});
      const env = {
        LULL_RECORDER: `"${process.execPath}" -e "console.log('Now recording, stop me')"`,
      };
      const exit = await here().start(['--quiet', '--endpoint', server.url], { env }).exited;
      expect(exit.code).toBe(5);
      expect(lastLine(exit.stderr)).toMatch(/^Your own recorder did not record \(.*text/);
    });

    test('kill -9 leaves no recorder behind', async ({ onTestFinished }) => {
      const env = await plugIn(onTestFinished);
      const server = await here().serve({});
      const cli = here().start(['--json', '--no-speech', '0', '--endpoint', server.url], { env });
      await cli.until(({ events }) => events.some(({ type }) => type === 'listening'));
      const children = descendantsOf(cli.child.pid ?? 0);
      expect(children.length).toBeGreaterThan(0);
      cli.child.kill('SIGKILL');
      // A dozen dictations run beside this one: what is quick alone takes its time here.
      await vi.waitFor(
        async () => {
          for (const pid of children) expect(await stateOf(pid)).toMatch(/^(gone|Z)$/);
        },
        { timeout: 5_000 },
      );
    });
  });
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1)?.replace('lull: ', '') ?? '';
}

/** All processes that a process has started, and those that these have. */
function descendantsOf(pid: number): readonly number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        return { pid: Number(name), parent: Number(stat.split(') ').at(-1)?.split(' ')[1]) };
      } catch {
        // It ended while we looked.
        return { pid: 0, parent: 0 };
      }
    });
  const below = (parent: number): readonly number[] =>
    parents
      .filter((each) => each.parent === parent)
      .flatMap((each) => [each.pid, ...below(each.pid)]);
  return pid === 0 ? [] : below(pid);
}
