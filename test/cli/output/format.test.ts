import { describe, expect, test } from 'vitest';
import { createFormat, type OutputFormat, openingOf } from '../../../src/cli/output/format.ts';
import type { DictationEvent } from '../../../src/core/index.ts';
import { finalEvent } from './final-event.ts';

const END: DictationEvent = {
  type: 'end',
  reason: 'silence',
  finals: 1,
  audioSeconds: 14.2,
  billedSeconds: 15,
  billedIsEstimate: false,
  costUsd: 0.001875,
};

function written(format: OutputFormat, ...events: readonly DictationEvent[]): string {
  return openingOf(format) + events.map(createFormat(format)).join('');
}

describe('text', () => {
  test('is one line per final and nothing else', () => {
    const partial: DictationEvent = { type: 'partial', turn: 0, text: 'hel' };
    expect(written('text', partial, finalEvent('Hello.'), END)).toBe('Hello.\n');
  });
});

describe('one paragraph', () => {
  test('grows by each phrase and ends with a line break', () => {
    const write = createFormat('text', { layout: 'paragraph' });
    const events = [finalEvent('One.'), finalEvent('Two'), finalEvent('Of them.'), END];
    expect(events.map(write)).toEqual(['One.', ' Two', ' of them.', '\n']);
    expect(createFormat('text', { layout: 'paragraph' })(END)).toBe('');
  });

  test('can be held back to its end', () => {
    const write = createFormat('text', { layout: 'paragraph-at-the-end' });
    expect([finalEvent('One.'), finalEvent('Two.', { turn: 1 }), END].map(write)).toEqual([
      '',
      '',
      'One. Two.\n',
    ]);
  });
});

describe('json', () => {
  test('is one object per line with its type first', () => {
    const lines = written('json', finalEvent('Hi.'), END).trimEnd().split('\n');
    expect(lines).toEqual([
      '{"type":"final","turn":0,"text":"Hi.","startMs":0,"endMs":1000,"words":[{"text":"Hi.","startMs":0,"endMs":1000,"confidence":0.9}],"sessionId":"session"}',
      '{"type":"end","reason":"silence","finals":1,"audioSeconds":14.2,"billedSeconds":15,"billedIsEstimate":false,"costUsd":0.001875}',
    ]);
  });

  test('carries the unsaved text only when there is some', () => {
    expect(written('json', { ...END, unsavedText: 'half a' })).toContain('"unsavedText":"half a"}');
  });
});

describe('srt', () => {
  test('numbers its cues over the whole dictation', () => {
    const first = finalEvent('One --> two.', { startMs: 1_000, endMs: 2_500 });
    const second = finalEvent('Three.', { startMs: 3_661_001, endMs: 3_663_000, turn: 1 });
    expect(written('srt', first, second)).toBe(
      '1\n00:00:01,000 --> 00:00:02,500\nOne -> two.\n\n' +
        '2\n01:01:01,001 --> 01:01:03,000\nThree.\n\n',
    );
  });

  test('never lets a cue begin before the one in front of it has ended', () => {
    const first = finalEvent('One.', { startMs: 0, endMs: 2_200 });
    const second = finalEvent('Two.', { startMs: 1_900, endMs: 4_000, turn: 1 });
    expect(written('srt', first, second)).toContain('00:00:02,200 --> 00:00:04,000\nTwo.');
  });
});

describe('vtt', () => {
  test('opens with its name even when nothing is said', () => {
    expect(written('vtt', END)).toBe('WEBVTT\n\n');
  });

  test('escapes what would be markup', () => {
    expect(written('vtt', finalEvent('a <b> & c'))).toBe(
      'WEBVTT\n\n00:00:00.000 --> 00:00:01.000\na &lt;b&gt; &amp; c\n\n',
    );
  });
});
