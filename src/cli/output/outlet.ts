/** What an outlet needs of `process.stdout` or a file stream. */
export interface TextStream {
  write(text: string, done: (error?: Error | null) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

export interface Outlet {
  /** Hands the text on at once, in order. What is `passing` is not worth a rescue. */
  write(text: string, worth: 'kept' | 'passing'): void;
  /** Resolves when everything is written, or was rescued. */
  drained(): Promise<void>;
}

/**
 * A stream that may fail half-way: a closed pipe, a full disk. From the first failure on, what was
 * not written, and what still comes, goes to `rescue`, so no word is lost.
 */
export function createOutlet({
  stream,
  rescue,
  onKept,
  onFailure,
}: {
  readonly stream: TextStream;
  readonly rescue: (text: string) => void;
  /** Once text that is worth keeping has been written; what it throws is a failure of the stream. */
  readonly onKept?: () => void;
  /** Once, before anything is rescued. */
  readonly onFailure: (error: Error) => void;
}): Outlet {
  const pending: { readonly text: string; readonly worth: 'kept' | 'passing' }[] = [];
  let state: 'open' | 'failed' = 'open';
  let onDrained: (() => void)[] = [];

  const settle = () => {
    if (pending.length > 0) return;
    for (const resolve of onDrained) resolve();
    onDrained = [];
  };
  const fail = (error: Error) => {
    if (state === 'failed') return;
    state = 'failed';
    onFailure(error);
    for (const { text, worth } of pending.splice(0)) if (worth === 'kept') rescue(text);
    settle();
  };

  const keep = (written: (typeof pending)[number]) => {
    try {
      onKept?.();
    } catch (error) {
      pending.unshift(written);
      fail(error instanceof Error ? error : new Error(String(error)));
    }
  };

  // A stream without a listener for its error would end the process.
  stream.on('error', fail);

  return {
    write(text, worth) {
      if (text === '') return;
      if (state === 'failed') {
        if (worth === 'kept') rescue(text);
        return;
      }
      pending.push({ text, worth });
      stream.write(text, (error) => {
        if (error) {
          fail(error);
        } else if (state === 'open') {
          const written = pending.shift();
          if (written?.worth === 'kept') keep(written);
          settle();
        }
      });
    },
    drained() {
      return new Promise((resolve) => {
        onDrained.push(resolve);
        settle();
      });
    },
  };
}
