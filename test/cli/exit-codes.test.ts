import { expect, test } from 'vitest';
import { asFailure, EXIT_OK, exitCodeFor, systemReason } from '../../src/cli/exit-codes.ts';
import { DictationError } from '../../src/core/index.ts';

test('an error of another bundle keeps its code and its sentence', () => {
  const foreign = Object.assign(new Error('No model'), {
    name: 'DictationError',
    code: 'engine-unavailable',
  });
  const error = asFailure(foreign);
  expect(error).toBeInstanceOf(DictationError);
  expect(error).toMatchObject({ code: 'engine-unavailable', message: 'No model', area: 'service' });
});

test('anything unforeseen becomes one sentence and keeps its cause', () => {
  const cause = new TypeError('x is not a function');
  expect(asFailure(cause)).toMatchObject({ code: 'internal', cause });
  expect(asFailure(cause).message).not.toContain('x is not a function');
});

test('every area has the exit code of the contract', () => {
  const areas = ['usage', 'account', 'service', 'recorder', 'audio', 'output', 'internal'] as const;
  expect([EXIT_OK, ...areas.map(exitCodeFor)]).toEqual([0, 2, 3, 4, 5, 6, 70, 70]);
});

test('names a failure of the system by its short name', () => {
  expect(systemReason(Object.assign(new Error('x'), { code: 'ENOSPC' }))).toBe('ENOSPC');
  expect(systemReason('odd')).toBe('unknown error');
});
