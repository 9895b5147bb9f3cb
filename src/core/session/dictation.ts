import { FRAME_MS } from '../audio/framer.ts';
import type { DictationError } from '../errors.ts';
import type { DictationEvent, EndReason } from '../events.ts';
import { Countdown } from '../silence/countdown.ts';
import { Capture } from './capture.ts';
import {
  type Cause,
  type DictationCommand,
  type DictationInput,
  type DictationState,
  stepDictation,
} from './dictation-state.ts';
import { Feed } from './feed.ts';
import { Link } from './link.ts';
import { Outcome } from './outcome.ts';
import { asDictationError, type DictationRequest } from './request.ts';

export type DictationEnd = Extract<DictationEvent, { kind: 'end' }> & {
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
  readonly #capture: Capture;
  readonly #feed: Feed;
  readonly #countdown: Countdown;
  readonly #link: Link;
  #settle: (end: DictationEnd) => void = () => {};
  #state: DictationState = { kind: 'running', link: 'opening' };
  #hasSamples = false;
  #cancelLimit = () => {};

  constructor(request: DictationRequest) {
    this.#request = request;
    this.ended = new Promise((resolve) => {
      this.#settle = resolve;
    });
    const { clock, settings, engine, source } = request;
    const emit = (event: DictationEvent) => this.#emit(event);
    this.#outcome = new Outcome(settings, engine);
    this.#capture = new Capture(source, clock, {
      onFrame: () => this.#feed.supplied(),
      onSamples: () => {
        emit({ kind: 'listening', engine, device: source.name });
        this.#samplesCame();
      },
      onZeros: () => {
        emit({ kind: 'warning', ...ONLY_ZEROS });
        this.#samplesCame();
      },
      onEnd: (ending) =>
        this.#take(
          ending.kind === 'ended'
            ? { kind: 'audio-ended' }
            : { kind: 'audio-failed', error: ending.error },
        ),
      onWarning: (code, message) => emit({ kind: 'warning', code, message }),
    });
    this.#feed = new Feed({
      clock,
      backlog: this.#capture.backlog,
      onWaiting: (frames) => this.#capture.balance(frames),
      onEmpty: () => this.#take({ kind: 'all-sent' }),
      onStalled: () => this.#link.stalled(),
    });
    this.#countdown = new Countdown({
      clock,
      limits: settings,
      audioMs: () => this.#feed.sentMs,
      sinceVoiceMs: () => this.#capture.voice.sinceVoiceMs(clock.now()),
      onCountdown: (remainingMs, reason) =>
        emit({ kind: 'countdown', remainingMs: Math.round(remainingMs), reason }),
      onCleared: () => emit({ kind: 'countdown-cleared' }),
      onDue: (reason) => this.stop(reason),
    });
    this.#link = new Link({
      request,
      outcome: this.#outcome,
      words: {
        sentMs: () => this.#feed.sentMs,
        onWords: (endMs) => this.#countdown.heardWords(endMs),
        onRefined: (endMs) => this.#countdown.refineEnd(endMs),
      },
      originMs: () => this.#feed.next * FRAME_MS,
      emit,
      onBegan: (session) => {
        this.#take({ kind: 'session-began' });
        this.#feed.attach(session, this.#feed.next);
        if (this.#hasSamples && this.#isListening) this.#countdown.sessionOpened();
      },
      onEnded: (fault) => this.#take({ kind: 'session-ended', ...(fault ? { fault } : {}) }),
      onFailed: (error) => this.#take({ kind: 'access-failed', error }),
    });
    this.#capture.start();
    void this.#link.open();
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
    this.#countdown.keepListening();
  }

  get #isListening(): boolean {
    return this.#state.kind === 'running' && this.#state.link === 'live';
  }

  #samplesCame(): void {
    if (this.#hasSamples) return;
    this.#hasSamples = true;
    if (this.#isListening) this.#countdown.sessionOpened();
  }

  #stop(cause: Cause): void {
    const captured = this.#capture.voice.hasHeardSound ? 'sound' : 'nothing';
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
        this.#countdown.stop();
        this.#emit({ kind: 'stopping', reason: command.cause.reason });
        break;
      case 'limit-stop':
        this.#cancelLimit = this.#request.clock.schedule(STOP_LIMIT_MS, () =>
          this.#take({ kind: 'stop-overdue' }),
        );
        break;
      case 'stop-audio':
        this.#capture.stop();
        break;
      case 'finish-feed':
        this.#capture.abort();
        this.#feed.finish();
        break;
      case 'terminate':
        this.#link.terminate();
        break;
      case 'abort-session':
        this.#link.abort();
        break;
      case 'tell-unsent':
        this.#tellUnsent();
        break;
      case 'finish':
        this.#finish(command.cause);
        break;
      default:
        command satisfies never;
    }
  }

  #tellUnsent(): void {
    const unsentMs = (this.#capture.backlog.end - this.#feed.next) * FRAME_MS;
    if (unsentMs === 0) return;
    const seconds = (unsentMs / 1_000).toFixed(1);
    this.#emit({
      kind: 'warning',
      code: 'audio-dropped',
      message: `${seconds} s of audio could not be transcribed because there was no session to send it to`,
    });
  }

  #finish(cause: Cause): void {
    this.#cancelLimit();
    this.#countdown.stop();
    this.#feed.detach();
    this.#capture.abort();
    this.#link.abort();
    const error = cause.reason === 'error' ? cause.error : undefined;
    if (error) this.#emit({ kind: 'error', code: error.code, message: error.message });
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

const ONLY_ZEROS = {
  code: 'digital-silence',
  message:
    'The microphone gives only digital silence; check that it is not muted and that this program may use it',
} as const;
