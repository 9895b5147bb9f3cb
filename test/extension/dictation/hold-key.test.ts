import { expect, test, vi } from 'vitest';
import { HoldKey } from '../../../src/extension/dictation/hold-key.ts';
import { FakeClock } from '../../../src/testing/fake-clock.ts';

function setup() {
  const clock = new FakeClock();
  const listener = { onPress: vi.fn(), onHeld: vi.fn(), onRelease: vi.fn() };
  const key = new HoldKey(clock, listener);
  key.first();
  return { clock, key, ...listener };
}

test('a key that is held ends dictation when it is let go', () => {
  const { clock, key, onPress, onHeld, onRelease } = setup();
  clock.advance(500);
  for (let repeats = 0; repeats < 100; repeats += 1) {
    key.again();
    clock.advance(33);
  }
  expect(onRelease).not.toHaveBeenCalled();
  expect(onHeld).toHaveBeenCalledTimes(100);
  clock.advance(600);
  expect(onRelease).toHaveBeenCalledOnce();
  expect(onPress).not.toHaveBeenCalled();
});

test('a key that is pressed and let go dictates on until it is pressed again', () => {
  const { clock, key, onPress, onRelease } = setup();
  clock.advance(20_000);
  expect(onRelease).not.toHaveBeenCalled();
  key.again();
  expect(onPress).toHaveBeenCalledOnce();
});

test('a dictation that ended takes no release from the key that began it', () => {
  const { clock, key, onRelease } = setup();
  clock.advance(400);
  key.again();
  key.reset();
  clock.advance(5_000);
  expect(onRelease).not.toHaveBeenCalled();
});

test('a key that is held while a question is asked asks it once, and a later press asks anew', () => {
  const { clock, key, onRelease } = setup();
  for (let repeats = 0; repeats < 30; repeats += 1) {
    clock.advance(33);
    expect(key.repeats()).toBe(true);
  }
  clock.advance(2_000);
  expect(onRelease).not.toHaveBeenCalled();
  expect(key.repeats()).toBe(false);
});
