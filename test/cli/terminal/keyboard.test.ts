import { EventEmitter } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import { type KeyPress, openKeyboard } from '../../../src/cli/terminal/keyboard.ts';

class Terminal extends EventEmitter {
  isTTY = true;
  readonly modes: boolean[] = [];
  setRawMode(mode: boolean): void {
    this.modes.push(mode);
  }
  resume(): void {}
  pause(): void {}
  press(...bytes: readonly number[]): void {
    this.emit('data', Uint8Array.from(bytes));
  }
}

function setup(stdin = new Terminal()) {
  const onPress = vi.fn<(press: KeyPress) => void>();
  const keyboard = openKeyboard(stdin, onPress);
  return { stdin, onPress, keyboard };
}

describe('openKeyboard', () => {
  test.each([
    { name: 'Enter', bytes: [13], press: 'finish' },
    { name: 'q', bytes: [113], press: 'finish' },
    { name: 'space', bytes: [32], press: 'keep-listening' },
    { name: 'Ctrl-Z', bytes: [26], press: 'suspend' },
    { name: 'Ctrl-C', bytes: [3], press: 'interrupt' },
    { name: 'Ctrl-D', bytes: [4], press: 'interrupt' },
    { name: 'Ctrl-C among other keys', bytes: [97, 3], press: 'interrupt' },
  ])('takes $name for $press', ({ bytes, press }) => {
    const { stdin, onPress } = setup();
    stdin.press(...bytes);
    expect(onPress.mock.calls).toEqual([[press]]);
  });

  test('does nothing on other keys, arrows and what is pasted', () => {
    const { stdin, onPress } = setup();
    stdin.press(120);
    stdin.press(27, 91, 65);
    stdin.press(113, 117, 105, 116, 13);
    expect(onPress).not.toHaveBeenCalled();
  });

  test('gives the terminal back once, however often it is closed', () => {
    const { stdin, onPress, keyboard } = setup();
    keyboard?.close();
    keyboard?.close();
    stdin.press(32);
    expect(stdin.modes).toEqual([true, false]);
    expect(onPress).not.toHaveBeenCalled();
  });

  test('does without keys where the terminal refuses raw mode', () => {
    const stdin = new Terminal();
    stdin.setRawMode = () => {
      throw new Error('EIO');
    };
    expect(setup(stdin).keyboard).toBeUndefined();
  });

  test('does without keys where standard input is no terminal', () => {
    const stdin = new Terminal();
    stdin.isTTY = false;
    expect(setup(stdin).keyboard).toBeUndefined();
    expect(stdin.modes).toEqual([]);
  });
});
