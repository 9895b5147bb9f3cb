import { DictationError } from './errors.ts';

/** Keys are 32 characters today; this only keeps a pasted file out. */
const LONGEST_KEY = 512;

/**
 * Gives back a key that can travel in a header. `source` says where it came from, for people.
 * @throws DictationError `malformed-key`; the message never holds any part of the key
 */
export function checkKey(key: string, source: string): string {
  const fault = faultOf(key);
  if (fault === undefined) return key;
  throw new DictationError(
    'malformed-key',
    `The key from ${source} ${fault}; copy it again from https://www.assemblyai.com/dashboard`,
  );
}

function faultOf(key: string): string | undefined {
  if (key === '') return 'is empty';
  if (/[\r\n]/.test(key)) return 'has a line break in it';
  if (/\s/.test(key)) return 'has a space in it';
  if (/[^!-~]/.test(key)) return 'has a character in it that no key has';
  return key.length > LONGEST_KEY ? 'is too long to be a key' : undefined;
}
