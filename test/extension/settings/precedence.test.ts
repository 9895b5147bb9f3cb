import { describe, expect, test } from 'vitest';
import {
  settleLimit,
  settleSwitch,
  settleValue,
} from '../../../src/extension/settings/precedence.ts';

describe('a folder that would make a dictation cost more', () => {
  test.each([
    ['shortens the limit', 5, 2, { value: 2 }],
    ['sets a limit where the person has none', 0, 60, { value: 60 }],
    ['says nothing', 5, undefined, { value: 5 }],
    ['says the same', 5, 5, { value: 5 }],
    ['lengthens it', 5, 600, { value: 5, ignored: 'longer' }],
    ['switches it off', 5, 0, { value: 5, ignored: 'longer' }],
    ['writes nonsense', 5, '5', { value: 5, ignored: 'invalid' }],
    ['writes less than nothing', 5, -1, { value: 5, ignored: 'invalid' }],
    ['writes no number', 5, Number.NaN, { value: 5, ignored: 'invalid' }],
  ])('gets what it may when it %s', (_, own, workspace, settled) => {
    expect(settleLimit(own, workspace)).toEqual(settled);
  });

  test('may switch off what the person switched on, and not the other way', () => {
    expect(settleSwitch(true, false)).toEqual({ value: false });
    expect(settleSwitch(false, true)).toEqual({ value: false, ignored: 'on' });
    expect(settleSwitch(true, 'no')).toEqual({ value: true, ignored: 'invalid' });
  });

  test('cannot keep the person from dictating by a value that is wrong', () => {
    const check = (value: unknown) => {
      if (!Array.isArray(value)) throw new Error('no list');
      return value as readonly string[];
    };
    expect(settleValue({ own: ['en'], workspace: 3 }, check)).toEqual({
      value: ['en'],
      ignored: 'invalid',
    });
    expect(settleValue({ own: ['en'], workspace: ['de'] }, check)).toEqual({ value: ['de'] });
    expect(() => settleValue({ own: 3, workspace: undefined }, check)).toThrow('no list');
  });
});
