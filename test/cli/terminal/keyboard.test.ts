import { EventEmitter } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import { openKeyboard } from '../../../src/cli/terminal/keyboard.ts';

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
  const onKey = vi.fn();
  const onInterrupt = vi.fn();
  const keyboard = openKeyboard(stdin, { onKey, onInterrupt });
  return { stdin, onKey, onInterrupt, keyboard };
}

describe('openKeyboard', () => {
  test('reports any key, and Ctrl-C and Ctrl-D as an interrupt', () => {
    const { stdin, onKey, onInterrupt } = setup();
    stdin.press(32);
    stdin.press(27, 91, 65);
    expect(onKey).toHaveBeenCalledTimes(2);
    stdin.press(3);
    stdin.press(4);
    expect(onInterrupt).toHaveBeenCalledTimes(2);
    expect(onKey).toHaveBeenCalledTimes(2);
  });

  test('gives the terminal back once, however often it is closed', () => {
    const { stdin, onKey, keyboard } = setup();
    keyboard?.close();
    keyboard?.close();
    stdin.press(32);
    expect(stdin.modes).toEqual([true, false]);
    expect(onKey).not.toHaveBeenCalled();
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
