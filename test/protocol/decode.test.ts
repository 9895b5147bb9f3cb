import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decode } from '../../src/protocol/decode.ts';

const WORD = { text: 'hi', start: 120, end: 480, confidence: 0.9, word_is_final: true };
const TURN = {
  turn_order: 0,
  end_of_turn: true,
  turn_is_formatted: true,
  end_of_turn_confidence: 1,
  transcript: 'Hi.',
  utterance: 'Hi.',
  words: [WORD],
  type: 'Turn',
};

const decodeObject = (value: unknown) => decode(JSON.stringify(value));

describe('decode', () => {
  test('reads a turn, whose type comes last on the wire', () => {
    expect(decodeObject(TURN)).toEqual({
      kind: 'message',
      message: {
        kind: 'turn',
        turn: {
          order: 0,
          isFinal: true,
          isFormatted: true,
          transcript: 'Hi.',
          words: [{ text: 'hi', startMs: 120, endMs: 480, confidence: 0.9 }],
        },
      },
    });
  });

  test.each([
    [
      { type: 'Begin', id: 'abc', expires_at: 1_800_000_000, configuration: { model: 'm' } },
      { kind: 'begin', sessionId: 'abc', expiresAt: 1_800_000_000, model: 'm' },
    ],
    [
      { type: 'Begin', id: 'abc' },
      { kind: 'begin', sessionId: 'abc' },
    ],
    [
      { type: 'Begin', id: 'abc', expires_at: -5 },
      { kind: 'begin', sessionId: 'abc' },
    ],
    [{ type: 'SpeechStarted', timestamp: 1, confidence: 1 }, { kind: 'speech-started' }],
    [
      { type: 'Termination', audio_duration_seconds: 7, session_duration_seconds: 9 },
      { kind: 'termination', audioSeconds: 7, sessionSeconds: 9 },
    ],
    [{ type: 'Termination', session_duration_seconds: -1 }, { kind: 'termination' }],
    [
      { type: 'Error', error_code: 1008, error: 'no' },
      { kind: 'error', code: 1008, text: 'no' },
    ],
    [
      { type: 'Error', error: 'no' },
      { kind: 'error', text: 'no' },
    ],
    [
      { type: 'Warning', warning_code: 3, warning: 'w' },
      { kind: 'warning', code: 3, text: 'w' },
    ],
  ])('reads %j', (wire, message) => {
    expect(decodeObject(wire)).toEqual({ kind: 'message', message });
  });

  test.each([
    'Heartbeat',
    'Silence',
    'SpeakerRevision',
    'LLMGatewayResponse',
    'NewThing',
    'constructor',
    '__proto__',
  ])('lets %s pass by', (type) => {
    expect(decodeObject({ type, anything: 1 })).toEqual({ kind: 'passed-by' });
  });

  test.each([
    ['text that is no JSON', 'hello'],
    ['an array', '[]'],
    ['a number', '7'],
    ['null', 'null'],
    ['no type', '{}'],
    ['a type that is no text', '{"type":7}'],
    ['a Begin without an id', '{"type":"Begin","id":7}'],
    ['a negative turn_order', JSON.stringify({ ...TURN, turn_order: -1 })],
    ['a fractional turn_order', JSON.stringify({ ...TURN, turn_order: 0.5 })],
    ['a huge turn_order', JSON.stringify({ ...TURN, turn_order: 1e300 })],
    ['an end_of_turn that is no boolean', JSON.stringify({ ...TURN, end_of_turn: 'true' })],
    ['a transcript that is no text', JSON.stringify({ ...TURN, transcript: {} })],
    ['fields under __proto__', `{"type":"Turn","__proto__":${JSON.stringify(TURN)}}`],
  ])('sets aside %s', (_, frame) => {
    expect(decode(frame).kind).toBe('set-aside');
  });

  test.each([
    ['a negative start', { ...WORD, start: -1 }],
    ['a huge end', { ...WORD, end: 1e12 }],
    ['an end before its start', { ...WORD, end: 100 }],
    ['a missing text', { start: 0, end: 1 }],
    ['no object at all', 7],
  ])('keeps the words of a final whose word times have %s', (_, word) => {
    const decoded = decodeObject({ ...TURN, words: [WORD, word] });
    expect(decoded).toMatchObject({ message: { turn: { transcript: 'Hi.', words: [] } } });
  });

  test('never throws and never invents a kind, whatever the frame', () => {
    const kinds = ['message', 'passed-by', 'set-aside'];
    fc.assert(fc.property(fc.string(), (frame) => kinds.includes(decode(frame).kind)));
    fc.assert(fc.property(fc.json(), (frame) => kinds.includes(decode(frame).kind)));
    const nearly = fc.record(
      {
        type: fc.constantFrom('Begin', 'Turn', 'Termination', 'Error', 'Warning', 'SpeechStarted'),
        id: fc.anything(),
        turn_order: fc.anything(),
        end_of_turn: fc.anything(),
        transcript: fc.anything(),
        words: fc.anything(),
        error_code: fc.anything(),
        configuration: fc.anything(),
        session_duration_seconds: fc.anything(),
      },
      { requiredKeys: ['type'] },
    );
    fc.assert(
      fc.property(nearly, (value) => {
        let frame: string;
        try {
          frame = JSON.stringify(value);
        } catch {
          return; // Cyclic or a bigint: cannot travel.
        }
        expect(kinds).toContain(decode(frame).kind);
      }),
    );
  });
});
