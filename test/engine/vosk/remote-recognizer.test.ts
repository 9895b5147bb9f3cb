import { expect, test } from 'vitest';
import type { DictationError } from '../../../src/core/errors.ts';
import { RemoteRecognizer } from '../../../src/engine/vosk/remote-recognizer.ts';
import type { ThreadRequest } from '../../../src/engine/vosk/thread-messages.ts';

function setup() {
  const sent: ThreadRequest[] = [];
  const finals: string[] = [];
  const errors: DictationError[] = [];
  const recognizer = new RemoteRecognizer({
    id: 7,
    send: (request) => sent.push(request),
    listener: {
      onPartial: () => {},
      onFinal: (words) => finals.push(words.map(({ text }) => text).join(' ')),
      onFailed: (error) => errors.push(error),
    },
  });
  const kinds = () => sent.map(({ kind }) => kind);
  return { recognizer, sent, kinds, finals, errors };
}

const SECOND = new Float32Array(16_000);
const FINAL = {
  kind: 'final',
  words: [{ text: 'done', startMs: 0, endMs: 100, confidence: 1 }],
} as const;

test('the thread gets one job at a time, in order', () => {
  const { recognizer, kinds } = setup();
  recognizer.accept(SECOND);
  recognizer.accept(SECOND);
  void recognizer.endTurn();
  expect(kinds()).toEqual(['hear']);

  recognizer.onDone([]);
  recognizer.onDone([]);
  expect(kinds()).toEqual(['hear', 'hear', 'finish-turn']);
});

test('the end of a turn is told after its final', async () => {
  const { recognizer, finals } = setup();
  const ended = recognizer.endTurn().then(() => [...finals]);
  recognizer.onDone([FINAL]);

  expect(await ended).toEqual(['done']);
});

test('closing drops what waits, says nothing more and leaves nobody waiting', async () => {
  const { recognizer, kinds, finals } = setup();
  recognizer.accept(SECOND);
  const ended = recognizer.endTurn();
  recognizer.close();
  recognizer.close();
  recognizer.onDone([FINAL]);
  await ended;

  expect(kinds()).toEqual(['hear', 'close']);
  expect(finals).toEqual([]);
});

test('a machine that falls a minute behind is told so, once', () => {
  const { recognizer, errors, kinds } = setup();
  for (let second = 0; second < 70; second += 1) recognizer.accept(SECOND);

  expect(errors.map(({ code }) => code)).toEqual(['engine-unavailable']);
  expect(kinds()).toEqual(['hear', 'close']);
});
