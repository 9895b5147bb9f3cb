import { DictationError } from './errors.ts';

/** Keys are 32 characters today; this only keeps a pasted file out. */
const LONGEST_KEY = 512;

/**
 * Gives back a key that can travel in a header. `subject` begins the sentence: where the key was
 * found, or `That key`. `from` says where to get it again.
 * @throws DictationError `malformed-key`; the message never holds any part of the key
 */
export function checkKey(
  key: string,
  subject: string,
  from = 'https://www.assemblyai.com/dashboard',
): string {
  const fault = faultOf(key);
  if (fault === undefined) return key;
  throw new DictationError('malformed-key', `${subject} ${fault}; copy the key again from ${from}`);
}

function faultOf(key: string): string | undefined {
  if (key === '') return 'is empty';
  if (/[\r\n]/.test(key)) return 'contains a line break';
  if (/\s/.test(key)) return 'contains a space';
  if (/[^!-~]/.test(key)) return 'contains a character that no key has';
  return key.length > LONGEST_KEY ? 'is too long to be a key' : undefined;
}
