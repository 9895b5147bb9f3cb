import { expect, test } from 'vitest';
import { checkKey } from '../../src/core/options.ts';

const KEY = '0123456789abcdef0123456789abcdef';

test('a well-formed key is given back', () => {
  expect(checkKey(KEY, 'ASSEMBLYAI_API_KEY')).toBe(KEY);
});

test.each([
  ['', 'is empty'],
  [`${KEY}\n`, 'contains a line break'],
  [`${KEY}\r\nX-Other: 1`, 'contains a line break'],
  [`${KEY} `, 'contains a space'],
  [`${KEY}\u00a0`, 'contains a space'],
  [`${KEY}\u0000`, 'contains a character that no key has'],
  [`${KEY}\u2026`, 'contains a character that no key has'],
  [KEY.repeat(20), 'is too long to be a key'],
])('a key that cannot travel in a header is refused without being shown: %j', (key, fault) => {
  const refusal = catchError(() => checkKey(key, 'ASSEMBLYAI_API_KEY'));
  expect(refusal).toMatchObject({
    code: 'malformed-key',
    message: expect.stringContaining(`ASSEMBLYAI_API_KEY ${fault};`),
  });
  expect(JSON.stringify(refusal) + String(refusal)).not.toContain(KEY.slice(0, 8));
});

function catchError(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}
