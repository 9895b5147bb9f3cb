import { expect, test, vi } from 'vitest';
import type { DictationEnd } from '../../../src/core/index.ts';
import { Enter } from '../../../src/extension/dictation/enter.ts';
import type { SubmitMode } from '../../../src/text/index.ts';
import { finalEvent } from '../../cli/output/final-event.ts';

const END: DictationEnd = {
  reason: 'silence',
  finals: 1,
  audioSeconds: 2,
  billedSeconds: 2,
  billedIsEstimate: false,
};

function setup(mode: SubmitMode, kind: 'sends' | 'takes no Enter' = 'sends') {
  const send = vi.fn(async () => ({ kind: 'typed' as const }));
  const target = {
    preview() {},
    type: async () => ({ kind: 'typed' as const }),
    undoLast: async () => 'nothing-inserted' as const,
    dispose() {},
    ...(kind === 'sends' ? { send } : {}),
  };
  const enter = new Enter(target, mode);
  const hear = (text: string) => {
    const event = enter.heed(finalEvent(text));
    return event.type === 'final' ? event.text : undefined;
  };
  return { enter, hear, send };
}

test('takes "send it" out of the words, and presses Enter when the silence ends them', async () => {
  const { enter, hear, send } = setup('phrase');
  expect(hear('List the files. Send it.')).toBe('List the files.');
  expect(enter.hangUp).toBe('sends');
  await enter.press(END);
  expect(send).toHaveBeenCalledOnce();
});

test('leaves Enter to the person who did not ask', async () => {
  const { enter, hear, send } = setup('never');
  expect(hear('List the files. Send it.')).toBe('List the files. Send it.');
  expect(enter.hangUp).toBe('stops');
  await enter.press(END);
  expect(send).not.toHaveBeenCalled();
});

test('sends nothing from a document, and leaves its words whole', async () => {
  const { enter, hear, send } = setup('phrase', 'takes no Enter');
  expect(hear('You have to send it.')).toBe('You have to send it.');
  await enter.press(END);
  expect(send).not.toHaveBeenCalled();
});

test.each([
  ['a stop of the person’s own', 'person', 1],
  ['a window that closes, or a key that is taken away', 'signal', 0],
] as const)('after %s', async (_, by, times) => {
  const { enter, hear, send } = setup('hang-up');
  hear('ls');
  enter.stopped(by);
  enter.stopped('person');
  await enter.press({ ...END, reason: 'user' });
  expect(send).toHaveBeenCalledTimes(times);
});

test.each(['error', 'budget', 'max-duration', 'suspended'] as const)(
  'sends nothing when it ends by %s',
  async (reason) => {
    const { enter, hear, send } = setup('hang-up');
    hear('ls');
    await enter.press({ ...END, reason });
    expect(send).not.toHaveBeenCalled();
  },
);

test('sends nothing once the person wants to say more', async () => {
  const { enter, hear, send } = setup('hang-up');
  hear('ls');
  enter.putOff();
  expect(enter.hangUp).toBe('stops');
  await enter.press(END);
  expect(send).not.toHaveBeenCalled();
});
