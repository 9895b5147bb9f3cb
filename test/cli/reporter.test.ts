import { PassThrough } from 'node:stream';
import { describe, expect, test, vi } from 'vitest';
import { createReporter, type ReporterOptions } from '../../src/cli/reporter.ts';
import type { DictationEvent } from '../../src/core/index.ts';
import { FakeClock } from '../../src/testing/fake-clock.ts';
import { finalEvent } from './output/final-event.ts';
import { Screen } from './terminal/screen.ts';

const END: DictationEvent = {
  type: 'end',
  reason: 'user',
  finals: 1,
  audioSeconds: 2,
  billedSeconds: 2,
  billedIsEstimate: false,
  costUsd: 0.00025,
};

/** A reporter whose two streams are one terminal, as they are for a person. */
function setup(options: Partial<ReporterOptions> = {}) {
  const screen = new Screen(60);
  const stdout = Object.assign(new PassThrough(), {
    write: (text: string, done: () => void) => {
      screen.write(text);
      queueMicrotask(done);
      return true;
    },
  });
  const reporter = createReporter({
    stdout,
    stderr: screen,
    file: undefined,
    format: 'text',
    detail: 'normal',
    layout: 'lines',
    preview: 'drawn',
    words: 'printed',
    clock: new FakeClock(),
    hangUp: () => 'stops',
    colours: 'off',
    keys: 'none',
    speech: { keyterms: [] },
    wouldBe: () => undefined,
    onOutputLost: vi.fn(),
    ...options,
  });
  return { screen, reporter, stdout };
}

describe('createReporter', () => {
  test('leaves nothing on the terminal but words and what is for keeping', async () => {
    const { screen, reporter } = setup();
    reporter.onEvent({ type: 'partial', turn: 0, text: 'hello wor' });
    reporter.onEvent({ type: 'warning', code: 'x', message: 'Mind the gap' });
    reporter.onEvent(finalEvent('Hello world.'));
    reporter.onEvent({ type: 'partial', turn: 1, text: 'and' });
    expect(screen.text).toBe('lull: Mind the gap\nHello world.\nand\nconnecting …');

    reporter.onEvent(END);
    expect(await reporter.finish()).toBeUndefined();
    expect(screen.text).toBe(
      'lull: Mind the gap\nHello world.\nEnded by you: 2.0 s of audio, billed 2 s, $0.0003\n',
    );
  });

  test('keeps finished phrases on the screen when they go to a file', async () => {
    const { screen, reporter } = setup({ words: 'out-of-sight', stdout: new PassThrough() });
    reporter.onEvent({ type: 'partial', turn: 0, text: 'hello wor' });
    reporter.onEvent(finalEvent('Hello world.'));
    expect(screen.text).toBe('Hello world.\nconnecting …');
  });

  test('shows each phrase as it comes and prints one paragraph at the end', async () => {
    const { screen, reporter } = setup({ layout: 'paragraph' });
    reporter.onEvent(finalEvent('Hello.'));
    reporter.onEvent(finalEvent('World.', { turn: 1 }));
    expect(screen.text).toBe('Hello.\nWorld.\nconnecting …');
    reporter.onEvent(END);
    await reporter.finish();
    expect(screen.text).toBe(
      'Hello.\nWorld.\nHello. World.\nEnded by you: 2.0 s of audio, billed 2 s, $0.0003\n',
    );
  });

  test('shows words the service never finished, even when it is to be quiet', () => {
    const { screen, reporter } = setup({ detail: 'quiet', preview: 'none' });
    reporter.onEvent({ ...END, unsavedText: 'half a' });
    expect(screen.text).toBe('lull: Heard but not finished: half a\n');
  });

  test('ends the dictation without a failure when its reader has seen enough', async () => {
    const onOutputLost = vi.fn();
    const { screen, reporter, stdout } = setup({ onOutputLost, preview: 'none' });
    stdout.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    reporter.onEvent(finalEvent('Hello.'));
    expect(await reporter.finish()).toBeUndefined();
    expect(onOutputLost).toHaveBeenCalledOnce();
    expect(screen.text).toBe('Hello.\n');
  });

  test('fails when the disk is full', async () => {
    const { screen, reporter, stdout } = setup({ preview: 'none' });
    stdout.emit('error', Object.assign(new Error('full'), { code: 'ENOSPC' }));
    reporter.onEvent(finalEvent('Hello.'));
    expect(await reporter.finish()).toMatchObject({ code: 'output-failed' });
    expect(screen.text).toBe(
      'lull: Writing to standard output failed (ENOSPC); the words that did not fit go to standard error\nHello.\n',
    );
  });
});
