import { commands, l10n, window } from 'vscode';
import type {
  DictationEnd,
  DictationEvent,
  DictationSettings,
  DictationTrace,
} from '../../core/index.ts';
import { closingLine, seconds } from '../window/closing-line.ts';
import type { Cue } from '../window/cue-sounds.ts';
import { tellError } from '../window/notices.ts';
import type { Shell } from '../window-services.ts';

const SHOWN_MS = 10_000;

interface Circumstances {
  readonly settings: DictationSettings;
  readonly wish: 'kept' | 'cancelled';
  /** Whether words found no place and wait in the history. */
  readonly kept: 'words' | 'nothing';
}

/** Says what a dictation does and how it ended: quietly to the eye, and aloud to a screen reader. */
export class Endings {
  readonly #shell: Shell;
  #countdown: 'untold' | 'told' = 'untold';

  constructor(shell: Shell) {
    this.#shell = shell;
  }

  /** What a screen reader and the sounds tell while it happens: of a countdown only its begin. */
  hear(event: DictationEvent | DictationTrace, soundCues: 'on' | 'off'): void {
    const { announcer, cues } = this.#shell;
    const cue = (name: Cue) => soundCues === 'on' && void cues.play(name);
    switch (event.type) {
      case 'listening':
        cue('start');
        announcer.say(l10n.t('Lull is listening'));
        break;
      case 'final':
        if (event.text !== '') announcer.say(event.text);
        break;
      case 'countdown-cleared':
        this.#countdown = 'untold';
        break;
      case 'countdown':
        if (this.#countdown === 'told') break;
        this.#countdown = 'told';
        cue('warning');
        announcer.say(l10n.t('Lull stops in {0}', seconds(Math.ceil(event.remainingMs / 1_000))));
        break;
      case 'end':
        cue('end');
    }
  }

  /** One quiet line with the bill; a notification only where there is something to do. */
  tell(end: DictationEnd, { settings, wish, kept }: Circumstances): void {
    this.#countdown = 'untold';
    const line = closingLine(end, settings, wish);
    this.#shell.usage.lastLine = line;
    window.setStatusBarMessage(line, SHOWN_MS);
    if (end.reason === 'silence') void commands.executeCommand('setContext', 'lull.hungUp', true);
    if (end.error) void tellError(end.error, { kept });
    else if (end.reason === 'no-speech') void offerTest(line);
    else this.#shell.announcer.say(line);
  }

  /** A sentence of no consequence. */
  say(sentence: string): void {
    window.setStatusBarMessage(sentence, SHOWN_MS);
    this.#shell.announcer.say(sentence);
  }
}

async function offerTest(line: string): Promise<void> {
  const test = l10n.t('Test Microphone');
  const answer = await window.showInformationMessage(line, test);
  if (answer === test) await commands.executeCommand('lull.testMicrophone');
}
