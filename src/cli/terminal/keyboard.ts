/** What the keyboard needs of `process.stdin`. */
export interface KeyStream {
  readonly isTTY?: boolean;
  setRawMode?(mode: boolean): unknown;
  on(event: 'data', listener: (chunk: Uint8Array) => void): unknown;
  off(event: 'data', listener: (chunk: Uint8Array) => void): unknown;
  resume(): unknown;
  pause(): unknown;
}

export interface Keyboard {
  /** Gives the terminal back as it was. May be called twice. */
  close(): void;
}

/** What a key press asks for. */
export type KeyPress = 'finish' | 'keep-listening' | 'suspend' | 'interrupt';

// In raw mode the terminal hands these over in place of sending signals or ending the input.
const CTRL_C = 3;
const CTRL_D = 4;

/** A press comes as a chunk of its own; longer ones are other keys, or were pasted. */
const KEYS: Readonly<Record<string, KeyPress>> = {
  '\r': 'finish',
  '\n': 'finish',
  q: 'finish',
  ' ': 'keep-listening',
  '\u001a': 'suspend',
};

/** Listens for single key presses; `undefined` where standard input is no terminal that allows it. */
export function openKeyboard(
  stdin: KeyStream,
  onPress: (press: KeyPress) => void,
): Keyboard | undefined {
  if (stdin.isTTY !== true || stdin.setRawMode === undefined) return undefined;
  try {
    stdin.setRawMode(true);
  } catch {
    // A terminal that refuses raw mode still dictates; only the key press is missing.
    return undefined;
  }

  const onData = (chunk: Uint8Array) => {
    const interrupted = chunk.includes(CTRL_C) || chunk.includes(CTRL_D);
    const press = interrupted ? 'interrupt' : KEYS[String.fromCharCode(...chunk.slice(0, 2))];
    if (press !== undefined) onPress(press);
  };
  stdin.on('data', onData);
  stdin.resume();

  let state: 'open' | 'closed' = 'open';
  return {
    close() {
      if (state === 'closed') return;
      state = 'closed';
      stdin.off('data', onData);
      stdin.setRawMode?.(false);
      stdin.pause();
    },
  };
}
