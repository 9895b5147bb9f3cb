import { PassThrough, Writable } from 'node:stream';
import { describe, expect, test, vi } from 'vitest';
import { createOutlet } from '../../../src/cli/output/outlet.ts';

/** A stream that takes so many writes and then fails all the others. */
function failingAfter(writes: number) {
  let taken = 0;
  return new Writable({
    write(_chunk, _encoding, done) {
      taken += 1;
      done(taken > writes ? new Error('full') : null);
    },
  });
}

function setup(stream: Writable) {
  const rescued: string[] = [];
  const onFailure = vi.fn();
  const outlet = createOutlet({ stream, rescue: (text) => rescued.push(text), onFailure });
  return { outlet, rescued, onFailure };
}

describe('createOutlet', () => {
  test('hands text on in order', async () => {
    const stream = new PassThrough();
    const { outlet } = setup(stream);
    outlet.write('one ', 'kept');
    outlet.write('two', 'passing');
    await outlet.drained();
    expect(String(stream.read())).toBe('one two');
  });

  test('rescues what was not written and what comes later, once each', async () => {
    const { outlet, rescued, onFailure } = setup(failingAfter(1));
    for (const word of ['written ', 'lost ', 'waiting ']) outlet.write(word, 'kept');
    outlet.write('not worth it ', 'passing');
    await outlet.drained();
    outlet.write('late', 'kept');
    outlet.write('not worth it either', 'passing');

    expect(rescued).toEqual(['lost ', 'waiting ', 'late']);
    expect(onFailure).toHaveBeenCalledOnce();
    await outlet.drained();
  });

  test('is drained at once when nothing was written', async () => {
    const { outlet } = setup(new PassThrough());
    outlet.write('', 'kept');
    await expect(outlet.drained()).resolves.toBeUndefined();
  });
});
