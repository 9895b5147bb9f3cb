import { expect, test } from 'vitest';
import { DictationError } from '../../../src/core/errors.ts';
import type { Progress } from '../../../src/engine/recognizer.ts';
import { RemoteRecognizer } from '../../../src/engine/vosk/remote-recognizer.ts';
import type { ThreadRequest } from '../../../src/engine/vosk/thread-messages.ts';

function setup() {
  const sent: ThreadRequest[] = [];
  const finals: string[] = [];
  const errors: DictationError[] = [];
  const heard: Progress[] = [];
  const recognizer = new RemoteRecognizer({
    id: 7,
    send: (request) => sent.push(request),
    listener: {
      onHeard: (progress) => heard.push(progress),
      onPartial: () => {},
      onFinal: (words) => finals.push(words.map(({ text }) => text).join(' ')),
      onFailed: (error) => errors.push(error),
    },
  });
  const kinds = () => sent.map(({ kind }) => kind);
  return { recognizer, sent, kinds, heard, finals, errors };
}

const NOTHING = { hearings: [], speech: 0 };
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

  recognizer.onDone(NOTHING);
  recognizer.onDone(NOTHING);
  expect(kinds()).toEqual(['hear', 'hear', 'finish-turn']);
});

test('the end of a turn is told after its final', async () => {
  const { recognizer, finals } = setup();
  const ended = recognizer.endTurn().then(() => [...finals]);
  recognizer.onDone({ hearings: [FINAL], speech: 1 });

  expect(await ended).toEqual(['done']);
});

test('closing drops what waits, says nothing more and leaves nobody waiting', async () => {
  const { recognizer, kinds, finals } = setup();
  recognizer.accept(SECOND);
  const ended = recognizer.endTurn();
  recognizer.close();
  recognizer.close();
  recognizer.onDone({ hearings: [FINAL], speech: 1 });
  await ended;

  expect(kinds()).toEqual(['hear', 'close']);
  expect(finals).toEqual([]);
});

test('tells how much was heard, and whether a voice was in it', () => {
  const { recognizer, heard } = setup();
  recognizer.accept(SECOND);
  recognizer.accept(SECOND);
  recognizer.onDone({ hearings: [], speech: 1 });
  recognizer.onDone(NOTHING);

  expect(heard).toEqual([
    { heardMs: 1_000, speech: 1 },
    { heardMs: 2_000, speech: 0 },
  ]);
});

test('on a machine that is behind, short frames that wait are heard in one go', () => {
  const { recognizer, sent, heard } = setup();
  const frame = new Float32Array(800);
  for (let count = 0; count < 12; count += 1) recognizer.accept(frame);
  recognizer.onDone(NOTHING);
  recognizer.onDone(NOTHING);
  recognizer.onDone(NOTHING);

  expect(sent.map((request) => request.kind === 'hear' && request.samples.length)).toEqual([
    800, 8_000, 800,
  ]);
  expect(heard.at(-1)).toEqual({ heardMs: 600, speech: 0 });
});

test('audio that is to be heard with another silence waits for its own turn', () => {
  const { recognizer, sent } = setup();
  const frame = new Float32Array(800);
  recognizer.setTurnSilence(600);
  recognizer.accept(frame);
  recognizer.accept(frame);
  recognizer.setTurnSilence(900);
  recognizer.accept(frame);
  recognizer.onDone(NOTHING);
  recognizer.onDone(NOTHING);

  expect(sent).toMatchObject([
    { turnSilenceMs: 600 },
    { turnSilenceMs: 600 },
    { turnSilenceMs: 900 },
  ]);
});

test('a recogniser that breaks is told once, and nothing is left to be heard', () => {
  const { recognizer, errors, kinds } = setup();
  recognizer.accept(SECOND);
  const error = new DictationError('engine-unavailable', 'It broke');
  recognizer.fail(error);
  recognizer.fail(error);

  expect(errors).toEqual([error]);
  expect(kinds()).toEqual(['hear', 'close']);
});
