import { describe, expect, test } from 'vitest';
import { createLineView, createLiveView } from '../../../src/cli/terminal/live-view.ts';
import { INITIAL_PREVIEW, type PreviewState } from '../../../src/cli/terminal/preview-state.ts';
import { FakeClock } from '../../../src/testing/fake-clock.ts';
import { counted, LISTENING } from './progress.ts';
import { Screen } from './screen.ts';

function setup(columns = 40, reader: 'none' | 'on-a-pipe' = 'none') {
  const screen = new Screen(columns);
  const clock = new FakeClock();
  const paint = ({ text }: { readonly text: string }) => text;
  const hangUp = () => 'stops' as const;
  const view = createLiveView({ stream: screen, keys: 'none', paint, hangUp, reader, clock });
  return { screen, view, clock };
}

function speaking(text: string): PreviewState {
  return { progress: LISTENING, partial: { turn: 0, text } };
}

describe('createLiveView', () => {
  test('replaces a partial by the next one', () => {
    const { screen, view } = setup();
    view.update(speaking('so we went to the river and then over the bridge'));
    view.update(speaking('Sue went'));
    expect(screen.text).toBe('Sue went\nlistening …');
  });

  test('prints a final above and leaves nothing of its preview', () => {
    const { screen, view } = setup(12);
    view.update(speaking('日本語の長い文章がここにあります'));
    view.update({ progress: LISTENING }, () => screen.write('日本語。\n'));
    expect(screen.text).toBe('日本語。\nlistening …');
  });

  test.each([7, 20, 60])('leaves no stale line when the terminal becomes %i wide', (columns) => {
    const { screen, view } = setup(30);
    screen.write('Earlier words stay.\n');
    view.update(speaking('a preview of several words that wraps over more than one line'));
    screen.columns = columns;
    view.redraw();
    view.close();
    expect(screen.text).toBe('Earlier words stay.\n');
  });

  test('draws nothing after it was closed', () => {
    const { screen, view } = setup();
    view.update(speaking('half a'));
    view.close();
    view.update(speaking('half a sentence'));
    expect(screen.text).toBe('');
  });

  test('comes back only after the program on the pipe had time to print the words', () => {
    const { screen, view, clock } = setup(40, 'on-a-pipe');
    view.update(speaking('hello wor'));
    view.update({ progress: LISTENING }, () => {});
    clock.advance(60);
    view.update(speaking('and'));
    screen.write('Hello world.\n');
    expect(screen.text).toBe('Hello world.\n');
    clock.advance(40);
    expect(screen.text).toBe('Hello world.\nand\nlistening …');
  });

  test('keeps out of sight while the terminal is the shell’s', () => {
    const { screen, view } = setup();
    view.update(speaking('half'));
    view.hide();
    view.update(speaking('half a'));
    expect(screen.text).toBe('');
    view.redraw();
    expect(screen.text).toBe('half a\nlistening …');
  });

  test('writes nothing when there is nothing new to see', () => {
    const { screen, view } = setup();
    view.update(INITIAL_PREVIEW);
    expect(screen.text).toBe('');

    const progress = counted({ remainingMs: 2_000, reason: 'silence' });
    view.update({ progress });
    screen.write('\nuntouched');
    view.update({ progress, heard: { audioMs: 1_000, tookMs: 1_000 } });
    expect(screen.text).toBe('stops in 2 s\nuntouched');
  });
});

describe('createLineView', () => {
  test('says on a dumb terminal when it listens and when a count begins, and moves no cursor', () => {
    const screen = new Screen(40);
    const view = createLineView({ stream: screen, hangUp: () => 'stops' });
    const counting = (remainingMs: number): PreviewState => ({
      progress: counted({ remainingMs, reason: 'silence' }),
    });
    view.update({ progress: LISTENING });
    view.update(speaking('hello'));
    view.update({ progress: LISTENING }, () => screen.write('Hello.\n'));
    for (const remainingMs of [3_000, 2_000, 1_000]) view.update(counting(remainingMs));
    view.close();
    expect(screen.text).toBe('listening …\nHello.\nstops in 3 s\n');
  });

  test('says of a recording every ten seconds how far it is', () => {
    const screen = new Screen(40);
    const view = createLineView({ stream: screen, hangUp: () => 'stops', lengthMs: 60_000 });
    view.update({ progress: LISTENING });
    for (let tookMs = 1_000; tookMs <= 29_000; tookMs += 1_000) {
      view.update({ progress: LISTENING, heard: { audioMs: 2 * tookMs, tookMs } });
    }
    view.close();
    expect(screen.text).toBe('listening …\n0:20 of 1:00, 20 s left …\n0:40 of 1:00, 10 s left …\n');
  });
});
