import { l10n } from 'vscode';
import {
  type Dictation,
  type DictationEnd,
  type DictationEvent,
  type DictationTrace,
  dictate,
} from '../../core/index.ts';
import { type Filter, openWebSocket } from '../../host/index.ts';
import { findSpokenCommand, type SpokenCommand, type StoppedBy } from '../../text/index.ts';
import type { Utterance } from '../typing/compose.ts';
import type { Target } from '../typing/target.ts';
import { logEvent } from '../window/log.ts';
import { tellBudget, type Unplaced, type Warnings } from '../window/notices.ts';
import type { Shell } from '../window-services.ts';
import { keepExpecting } from '../words/keep-expecting.ts';
import { openOwnFilter } from '../words/own-filter.ts';
import { watchBudget } from './budget.ts';
import { Enter } from './enter.ts';
import { FRAME, type Preparation } from './preparation.ts';

export interface RunRequest {
  readonly shell: Shell;
  readonly preparation: Preparation;
  readonly target: Target;
  readonly unplaced: Unplaced;
  readonly warnings: Warnings;
  onEvent(event: DictationEvent | DictationTrace): void;
  onFirstTyped(): void;
  undoLastPhrase(): Promise<void>;
}

/** One dictation on its way into one target. */
export class Run {
  readonly dictation: Dictation;
  /** Settles when the last word is where it belongs and nothing is left running; never rejects. */
  readonly finished: Promise<DictationEnd>;
  readonly #request: RunRequest;
  /** Settles when every event was told. */
  readonly #told: Promise<void>;
  readonly #filter: Filter | undefined;
  /** Phrases are typed one after the other, in the order they were said. */
  #typing: Promise<void> = Promise.resolve();
  #fate: 'type' | 'drop' = 'type';
  #typed: 'nothing' | 'something' = 'nothing';
  #kept: 'words' | 'nothing' = 'nothing';
  readonly #enter: Enter;
  /** How the next phrase begins, where the person asked for it. */
  #first: 'large' | 'small' | undefined;

  constructor(request: RunRequest) {
    this.#request = request;
    const { shell, preparation } = request;
    const { options, notes, service, source, budget } = preparation;
    const { clock, log } = shell;
    const { close: _, ...access } = service;
    this.dictation = dictate({
      ...options,
      ...access,
      audio: source,
      nameOf: FRAME.nameOf,
      ports: {
        clock,
        openSocket: openWebSocket,
        onTrace: (trace) => {
          logEvent(log, trace);
          request.onEvent(trace);
        },
      },
    });
    this.#enter = new Enter(request.target, preparation.chosen.submit);
    this.#told = this.#tell();
    for (const note of notes) log.warn(`${note.message} (${note.code})`);
    const unwatch = watchBudget(budget, {
      clock,
      nearing: (leftMs) => void tellBudget(leftMs),
      spent: () => this.dictation.stop('budget'),
    });
    this.#filter = openOwnFilter(preparation.chosen, { shell, warnings: request.warnings });
    void shell.names.refresh();
    const renewal = keepExpecting(this.dictation, preparation, shell);
    this.finished = this.#finish(() => {
      unwatch();
      renewal.dispose();
    });
  }

  get usesKey(): boolean {
    const { engine, key } = this.#request.preparation.service;
    return engine === 'assemblyai' && key !== undefined;
  }

  get wish(): 'kept' | 'cancelled' {
    return this.#fate === 'drop' ? 'cancelled' : 'kept';
  }

  /** Whether words wait in the history that found no place. */
  get kept(): 'words' | 'nothing' {
    return this.#kept;
  }

  get hangUp(): Enter['hangUp'] {
    return this.#enter.hangUp;
  }

  stop(by: Exclude<StoppedBy, 'nobody'>): void {
    this.#enter.stopped(by);
    this.dictation.stop('user');
  }

  keepListening(): void {
    this.#enter.putOff();
    this.dictation.keepListening();
  }

  /** Ends now; what was not typed yet is not typed. */
  cancel(): void {
    this.#fate = 'drop';
    this.dictation.abort();
    this.#filter?.close();
  }

  async #finish(unwatch: () => void): Promise<DictationEnd> {
    const { preparation, target, shell } = this.#request;
    const end = await this.dictation.ended;
    unwatch();
    await this.#told;
    await this.#typing;
    target.preview('');
    if (end.unsavedText !== undefined && this.#fate === 'type') {
      // One problem is told once: the error's own notification leads to the history.
      if (end.error) this.#remember(end.unsavedText, 'not-typed');
      else this.#keep(end.unsavedText, l10n.t('The last words were not finished by the service'));
    }
    if (this.#fate === 'type' && this.#kept === 'nothing') {
      const refusal = await this.#enter.press(end);
      if (refusal !== undefined) shell.log.warn(`Enter was not pressed: ${refusal}`);
    }
    await preparation.service.close().catch((error) => shell.log.error(String(error)));
    return end;
  }

  async #tell(): Promise<void> {
    try {
      for await (const event of this.dictation) this.#onEvent(this.#enter.heed(event));
    } catch (thrown) {
      const { error } = await this.dictation.ended;
      if (thrown !== error) this.#request.shell.log.error(String(thrown));
    }
  }

  #onEvent(event: DictationEvent): void {
    const { shell, target, warnings, onEvent } = this.#request;
    logEvent(shell.log, event);
    if (event.type === 'partial' && this.#fate === 'type') target.preview(event.text);
    // Who cancels wants nothing back, and hears of no loss.
    if (event.type === 'warning' && this.#fate === 'type') warnings.tell(event.code, event.message);
    if (event.type === 'final' && this.#fate === 'type') {
      this.#typing = this.#typing.then(() => this.#take(event.text));
    }
    onEvent(event);
  }

  /** A command is what was said, not what is written for it. */
  async #take(heard: string): Promise<void> {
    const { spokenCommands, replace, settings } = this.#request.preparation;
    const command =
      spokenCommands === 'on' ? findSpokenCommand(heard, settings.languages) : undefined;
    if (command !== undefined) return this.#obey(command);
    const replaced = replace(heard);
    const text = this.#filter === undefined ? replaced : await this.#filter.apply(replaced);
    // Cancelled while the filter was at work.
    if (this.#fate === 'drop') return;
    await this.#type({ kind: 'words', text, ...this.#takeFirst() });
  }

  async #obey(command: SpokenCommand): Promise<void> {
    const { target, undoLastPhrase } = this.#request;
    target.preview('');
    switch (command.kind) {
      case 'stop':
        this.stop('person');
        break;
      case 'keep-listening':
        this.keepListening();
        break;
      case 'scratch':
        await undoLastPhrase();
        break;
      case 'first':
        this.#first = command.first;
        break;
      case 'write':
        await this.#type({ kind: 'words', text: command.text, words: 'literal' });
        break;
      case 'mark':
      case 'break':
        await this.#type(command);
        break;
      default:
        command satisfies never;
    }
  }

  #takeFirst(): { readonly first?: 'large' | 'small' } {
    const first = this.#first;
    this.#first = undefined;
    return first === undefined ? {} : { first };
  }

  async #type(utterance: Utterance): Promise<void> {
    const { target, shell, onFirstTyped } = this.#request;
    const text = utterance.kind === 'words' ? utterance.text : undefined;
    if (text?.trim() === '') return;
    target.preview('');
    const delivery = await target.type(utterance);
    if (delivery.kind === 'refused') {
      if (text === undefined) shell.log.warn(`A spoken mark found no place: ${delivery.reason}`);
      else this.#keep(text, delivery.reason);
      return;
    }
    if (text === undefined) return;
    this.#remember(text, 'typed');
    if (this.#typed === 'nothing') onFirstTyped();
    this.#typed = 'something';
  }

  #keep(text: string, reason: string): void {
    this.#remember(text, 'not-typed');
    this.#request.unplaced.offer(text, reason);
  }

  #remember(text: string, fate: 'typed' | 'not-typed'): void {
    const { history, clock } = this.#request.shell;
    history.add({ text, atMs: clock.unixMs(), fate });
    if (fate === 'not-typed') this.#kept = 'words';
  }
}
