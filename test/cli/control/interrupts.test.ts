import { EventEmitter } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import { type SignalSource, watchInterrupts } from '../../../src/cli/control/interrupts.ts';

function setup() {
  const signals = new EventEmitter();
  const onStop = vi.fn();
  const onAbort = vi.fn();
  const interrupts = watchInterrupts({ signals, onStop, onAbort });
  return { signals, onStop, onAbort, interrupts };
}

describe('watchInterrupts', () => {
  test('asks for one graceful stop, however many signals a supervisor sends', () => {
    const { signals, onStop, onAbort } = setup();
    for (const signal of ['SIGTERM', 'SIGHUP', 'SIGTERM']) signals.emit(signal);
    expect(onStop).toHaveBeenCalledOnce();
    expect(onAbort).not.toHaveBeenCalled();
  });

  test('ends at once on a second Ctrl-C, as a key press or a signal', () => {
    const { signals, onStop, onAbort, interrupts } = setup();
    interrupts.interrupt();
    signals.emit('SIGINT');
    expect(onStop).toHaveBeenCalledOnce();
    expect(onAbort).toHaveBeenCalledOnce();
  });

  test('listens on where a signal does not exist', () => {
    const onStop = vi.fn();
    const signals = new EventEmitter();
    const windows: SignalSource = {
      on(signal: NodeJS.Signals, listener: () => void) {
        if (signal === 'SIGHUP') throw new TypeError('no such signal');
        return signals.on(signal, listener);
      },
    };
    watchInterrupts({ signals: windows, onStop, onAbort: vi.fn() });
    signals.emit('SIGTERM');
    expect(onStop).toHaveBeenCalledOnce();
  });
});
