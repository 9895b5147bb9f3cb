import type { CliProcess } from '../cli-process.ts';
import { type Keyboard, openKeyboard } from '../terminal/keyboard.ts';
import { isInForeground, type Terminal } from '../terminal/terminal.ts';
import { type ControlWish, openControl } from './control-server.ts';
import { watchInterrupts } from './interrupts.ts';
import { openLastResort } from './last-resort.ts';
import type { DictationStatus } from './status.ts';

/** What the person's hands can ask of a dictation. */
export interface Steered {
  stop(by: 'person' | 'signal'): void;
  /** Ends it at once; nothing more is delivered. */
  abort(): void;
  keepListening(): void;
  /** The terminal belongs to the shell for a while, and then to us again. */
  hide(): void;
  show(): void;
  status(): DictationStatus;
}

export interface Steering {
  readonly keys: 'none' | 'read';
  /** Gives the terminal back and lets nobody in any more. */
  release(): void;
}

export interface SteeringOptions {
  readonly terminal: Terminal;
  /** A recording that is being read is not what a key of the desktop is to end. */
  readonly sound: 'spoken-now' | 'recorded';
  readonly steered: Steered;
}

/** A process that may not be halted goes on at once, and no signal tells it. */
const HALTED_WITHIN_MS = 200;

/** Listens to signals, to the keys of the terminal and to the person's other programs. */
export async function steer(
  process: CliProcess,
  { terminal, sound, steered }: SteeringOptions,
): Promise<Steering> {
  const lastResort = openLastResort(process.platform);
  const { interrupt } = watchInterrupts({
    signals: process,
    onStop: () => steered.stop('signal'),
    onAbort: steered.abort,
  });
  const obey = (wish: ControlWish) => {
    if (wish === 'stop') steered.stop('person');
    if (wish === 'cancel') steered.abort();
    return steered.status();
  };
  const closeControl = sound === 'recorded' ? undefined : await openControl(process.env, obey);

  let keyboard: Keyboard | undefined;
  const listen = () => {
    if (!terminal.mayReadKeys || !isInForeground()) return;
    keyboard = openKeyboard(process.stdin, (press) => {
      switch (press) {
        case 'finish':
          return steered.stop('person');
        case 'keep-listening':
          return steered.keepListening();
        case 'suspend':
          return suspend();
        case 'interrupt':
          lastResort.interrupted();
          return interrupt();
        default:
          return press satisfies never;
      }
    });
    if (keyboard !== undefined) lastResort.watchKeys();
  };
  const leaveKeys = () => {
    if (keyboard !== undefined) lastResort.ignoreKeys();
    keyboard?.close();
    keyboard = undefined;
  };
  const suspend = () => {
    leaveKeys();
    steered.hide();
    process.once('SIGCONT', resume);
    halt(process);
    setTimeout(resume, HALTED_WITHIN_MS);
  };
  const resume = () => {
    process.off('SIGCONT', resume);
    // Sent on in the background, the terminal is still the shell's.
    if (keyboard !== undefined || state === 'released' || !isInForeground()) return;
    listen();
    steered.show();
  };

  let state: 'steering' | 'released' = 'steering';
  listen();
  const release = () => {
    state = 'released';
    leaveKeys();
    closeControl?.();
  };
  // However the process ends, the person's terminal is given back as it was.
  process.once('exit', release);
  return { keys: keyboard === undefined ? 'none' : 'read', release };
}

/** Halts the whole job, as Ctrl-Z does where it is a signal: `lull | tee` is two processes. */
function halt(process: CliProcess): void {
  for (const pid of [0, process.pid]) {
    try {
      process.kill(pid, 'SIGTSTP');
      return;
    } catch {
      // Deno knows no groups, and Windows cannot halt a process.
    }
  }
}
