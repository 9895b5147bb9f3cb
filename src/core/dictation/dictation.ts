import { asDictationError, type DictationError } from '../errors.ts';
import type { DictationEvent, EndReason } from '../events.ts';
import type { DictationRequest } from '../request.ts';
import { assemble, type Parts, UNSAID_MS } from './assemble.ts';
import {
  type Cause,
  type DictationCommand,
  type DictationInput,
  type DictationState,
  FIRST_STATE,
} from './dictation-state.ts';
import { stepDictation } from './dictation-step.ts';
import { Outcome } from './outcome.ts';
import { watchForWake } from './wake-watch.ts';

export type DictationEnd = Extract<DictationEvent, { type: 'end' }> & {
  readonly error?: DictationError;
};

/** A stop waits this long for a session that has not begun, or a recorder that does not end. */
const STOP_LIMIT_MS = 5_000;

/** Starts recording at once and opens a session in parallel. */
export function startDictation(request: DictationRequest): Dictation {
  return new Dictation(request);
}

/** One dictation, from the first sample to the last word. It ends by itself. */
export class Dictation {
  /** Settles once, after the `end` event; never rejects. */
  readonly ended: Promise<DictationEnd>;
  readonly #request: DictationRequest;
  readonly #outcome: Outcome;
  readonly #parts: Parts;
  #settle: (end: DictationEnd) => void = () => {};
  #state: DictationState = FIRST_STATE;
  #cancelLimit = () => {};
  #cancelRetry = () => {};
  readonly #stopWatching: () => void;

  constructor(request: DictationRequest) {
    this.#request = request;
    this.ended = new Promise((resolve) => {
      this.#settle = resolve;
    });
    this.#outcome = new Outcome(request.settings, request.engine);
    this.#parts = assemble(request, this.#outcome, {
      take: (input) => this.#take(input),
      stop: (reason) => this.stop(reason),
      isListening: () => this.#state.kind === 'running' && this.#state.link === 'live',
      emit: (event) => this.#emit(event),
    });
    this.#stopWatching = watchForWake(request.clock, () => this.stop('suspended'));
    this.#parts.capture.start();
    this.#parts.link.open();
  }

  /** Ends the dictation after the last words. Later reasons change nothing. */
  stop(reason: Exclude<EndReason, 'error'>): void {
    this.#stop({ reason });
  }

  /** Ends within a second; words still on their way are lost. */
  abort(): void {
    this.#take({ kind: 'abort' });
  }

  /** Starts the count of silence over. */
  keepListening(): void {
    this.#parts.countdown.keepListening();
  }

  #stop(cause: Cause): void {
    const captured = this.#parts.capture.voice.hasHeardSound ? 'sound' : 'nothing';
    this.#take({ kind: 'stop', cause, captured });
  }

  #take(input: DictationInput): void {
    const { state, commands } = stepDictation(this.#state, input);
    this.#state = state;
    for (const command of commands) this.#do(command);
  }

  #do(command: DictationCommand): void {
    switch (command.kind) {
      case 'tell-stopping':
        this.#parts.countdown.stop();
        this.#emit({ type: 'stopping', reason: command.cause.reason });
        break;
      case 'open-session':
        this.#parts.link.open();
        break;
      case 'hold-audio':
        this.#parts.feed.detach();
        this.#parts.countdown.sessionClosed();
        break;
      case 'retry':
        this.#retry(command);
        break;
      case 'limit-stop':
        this.#cancelLimit();
        this.#cancelLimit = this.#request.clock.schedule(STOP_LIMIT_MS, () =>
          this.#take({ kind: 'stop-overdue' }),
        );
        break;
      case 'stop-audio':
        this.#parts.capture.stop();
        break;
      case 'finish-feed':
        this.#parts.capture.abort();
        this.#parts.feed.finish();
        break;
      case 'terminate':
        this.#parts.link.terminate();
        break;
      case 'abort-session':
        this.#parts.link.abort();
        break;
      case 'tell-unheard':
        this.#parts.dropped.add(this.#unheardMs);
        break;
      case 'finish':
        this.#finish(command.cause);
        break;
      default:
        command satisfies never;
    }
  }

  /** Speech that never became text. */
  get #unheardMs(): number {
    const { capture, link } = this.#parts;
    const unheardMs = capture.lastVoiceMs - link.toldMs;
    return unheardMs > UNSAID_MS ? unheardMs : 0;
  }

  #retry({ attempt, delayMs, fault }: Extract<DictationCommand, { kind: 'retry' }>): void {
    const ending = fault.kind === 'socket' ? fault.ending : undefined;
    const code = ending?.kind === 'closed' ? ending.code : 0;
    this.#emit({ type: 'reconnecting', attempt, delayMs, code });
    this.#cancelRetry = this.#request.clock.schedule(delayMs, () =>
      this.#take({ kind: 'retry-due' }),
    );
  }

  #finish(cause: Cause): void {
    this.#cancelLimit();
    this.#cancelRetry();
    this.#stopWatching();
    this.#parts.countdown.stop();
    this.#parts.feed.detach();
    this.#parts.capture.abort();
    this.#parts.link.abort();
    this.#parts.dropped.tell();
    const error = cause.reason === 'error' ? cause.error : undefined;
    if (error) this.#emit({ type: 'error', code: error.code, message: error.message });
    const end = this.#outcome.toEvent(cause.reason);
    this.#emit(end);
    this.#settle(error ? { ...end, error } : end);
  }

  /** A listener that throws ends the dictation, but not before the service is told. */
  #emit(event: DictationEvent): void {
    try {
      this.#request.onEvent(event);
    } catch (cause) {
      this.#stop({ reason: 'error', error: asDictationError(cause) });
    }
  }
}
