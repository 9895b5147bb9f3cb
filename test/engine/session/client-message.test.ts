import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readClientMessage } from '../../../src/engine/session/client-message.ts';

const MODEL = { name: 'universal-3-6-pro', family: 'pro' } as const;

test('nothing a client can write makes it throw, and only messages of v3 are understood', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(readClientMessage(text, MODEL)).toMatchObject({
        kind: 'invalid',
        refusal: { code: 3006 },
      });
    }),
  );
});

test('no configuration makes it throw', () => {
  const names = fc.constantFrom('prompt', 'mode', 'vad_threshold', 'keyterms_prompt', '__proto__');
  fc.assert(
    fc.property(fc.dictionary(names, fc.jsonValue()), (fields) => {
      const text = JSON.stringify({ ...fields, type: 'UpdateConfiguration' });
      expect(readClientMessage(text, MODEL).kind).toMatch(/^(update|invalid)$/);
    }),
  );
});
