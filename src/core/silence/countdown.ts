import type { CountdownReason } from '../events.ts';
import type { Clock } from '../ports.ts';
import { type Deadline, type Limits, type Mark, nearestDeadline } from './deadline.ts';

export interface CountdownPorts {
  readonly clock: Clock;
  readonly limits: Limits & { readonly warningMs: number };
  /** Audio the service has been given so far, milliseconds since the dictation's first sample. */
  audioMs(): number;
  /** Milliseconds since the level detector last heard a voice. */
  sinceVoiceMs(): number;
  onCountdown(remainingMs: number, reason: CountdownReason): void;
  onCleared(): void;
  onDue(reason: CountdownReason): void;
}

/** A voice this recent at the deadline may be a word on its way. */
const RECENT_VOICE_MS = 700;
/** Words show up within this, and noise can delay a stop by no more. */
const LONGEST_HOLD_MS = 2_000;
/** A service whose clock runs ahead of the audio is followed this far, so that no word time can hold a session open. */
const FURTHEST_AHEAD_MS = 5_000;
/** A countdown is hidden from somebody who speaks, or whose words have just come. */
const SPEAKING_MS = 300;
const FRESH_PARTIAL_MS = 1_000;
const LOOK_FOR_VOICE_MS = 250;
/** The audio clock moves in frames; looking more often than this tells nothing new. */
const SHORTEST_WAIT_MS = 10;
/** It may also jump, when a link that was stuck flows again. */
const LONGEST_WAIT_MS = 1_000;

/**
 * Runs towards the stop on a timer of its own: no message is needed for it to fire, and only new
 * words, or the service's word that somebody began to speak, put it off.
 */
export class Countdown {
  readonly #ports: CountdownPorts;
  readonly #startedAtMs: number;
  #mark: Mark;
  #session: 'open' | 'none' = 'none';
  #isOver = false;
  /** Where the last word ended that came with its times. */
  #lastEndMs = 0;
  /** Where the person asked for the count to start over. */
  #keptFromMs = 0;
  #partialAtMs = Number.NEGATIVE_INFINITY;
  #heldUntilMs: number | undefined;
  #shownSeconds: number | undefined;
  #cancel = () => {};

  constructor(ports: CountdownPorts) {
    this.#ports = ports;
    this.#startedAtMs = ports.clock.now();
    this.#mark = this.#nothingSaidYet();
    this.#run();
  }

  /** A session is open and real samples flow: from here, silence counts. */
  sessionOpened(): void {
    this.#session = 'open';
    if (this.#mark.kind !== 'words') this.#mark = this.#nothingSaidYet();
    this.#restart();
  }

  /** No session: the countdown stands still. */
  sessionClosed(): void {
    this.#session = 'none';
    this.#restart();
  }

  /** New words; `endMs` is where the last one ended in the audio, absent where nobody knows. */
  heardWords(endMs?: number): void {
    const audioMs = this.#ports.audioMs();
    if (endMs !== undefined) {
      this.#lastEndMs = Math.max(this.#lastEndMs, Math.min(endMs, audioMs + FURTHEST_AHEAD_MS));
    }
    this.#mark = {
      kind: 'words',
      endMs: Math.max(endMs === undefined ? audioMs : this.#lastEndMs, this.#keptFromMs),
      arrivedAtMs: this.#ports.clock.now(),
    };
    this.#restart();
  }

  /** The words already heard ended a little later than first said. */
  refineEnd(endMs: number): void {
    if (this.#mark.kind !== 'words' || endMs <= this.#mark.endMs) return;
    this.#lastEndMs = endMs;
    this.#mark = { ...this.#mark, endMs };
    this.#run();
  }

  /** A preview came, repeated or not: whoever speaks is shown no countdown. */
  heardPartial(): void {
    this.#partialAtMs = this.#ports.clock.now();
    if (this.#shownSeconds !== undefined) this.#run();
  }

  /** The person is thinking: starts the count over. */
  keepListening(): void {
    this.#keptFromMs = this.#ports.audioMs();
    if (this.#mark.kind === 'words') this.heardWords();
    else {
      this.#mark = this.#nothingSaidYet();
      this.#restart();
    }
  }

  /** For good. Words that still arrive put nothing off. */
  stop(): void {
    this.#isOver = true;
    this.#cancel();
    this.#clear();
  }

  #nothingSaidYet(): Mark {
    return {
      kind: 'no-words',
      sinceMs: this.#ports.clock.now(),
      audioMs: this.#ports.audioMs(),
    };
  }

  #restart(): void {
    this.#heldUntilMs = undefined;
    this.#run();
  }

  #run(): void {
    this.#cancel();
    if (this.#isOver) return;
    const deadline = this.#deadline();
    if (deadline === undefined) {
      this.#clear();
      return;
    }
    if (deadline.inMs <= 0) {
      this.#clear();
      this.#ports.onDue(deadline.reason);
      return;
    }
    const wantedMs = Math.max(this.#show(deadline), SHORTEST_WAIT_MS);
    const waitMs = Math.min(wantedMs, LONGEST_WAIT_MS);
    this.#cancel = this.#ports.clock.schedule(waitMs, () => this.#run());
  }

  #deadline(): Deadline | undefined {
    const { clock, limits } = this.#ports;
    const nowMs = clock.now();
    const deadline = nearestDeadline(limits, this.#mark, {
      nowMs,
      audioMs: this.#ports.audioMs(),
      session: this.#session,
      startedAtMs: this.#startedAtMs,
    });
    if (deadline === undefined || deadline.inMs > 0 || deadline.reason === 'max-duration') {
      return deadline;
    }
    if (this.#heldUntilMs === undefined) {
      if (this.#ports.sinceVoiceMs() > RECENT_VOICE_MS) return deadline;
      this.#heldUntilMs = nowMs + LONGEST_HOLD_MS;
    }
    return { ...deadline, inMs: this.#heldUntilMs - nowMs };
  }

  /** Tells of every whole second within the warning; returns when to look again. */
  #show({ inMs, reason }: Deadline): number {
    const untilShownMs = this.#heldUntilMs === undefined ? inMs - this.#warningMs(reason) : inMs;
    if (untilShownMs > 0) {
      this.#clear();
      return untilShownMs;
    }
    // Who is about to be cut off has to know, also while speaking.
    const quietInMs = reason === 'max-duration' ? 0 : this.#speakingForMs();
    if (quietInMs > 0) {
      this.#clear();
      return Math.min(quietInMs, inMs);
    }
    const seconds = Math.ceil(inMs / 1_000);
    if (seconds !== this.#shownSeconds) {
      this.#shownSeconds = seconds;
      this.#ports.onCountdown(inMs, reason);
    }
    return Math.min(inMs - (seconds - 1) * 1_000, LOOK_FOR_VOICE_MS);
  }

  /** A warning that is longer than half of its limit would be shown as good as always. */
  #warningMs(reason: CountdownReason): number {
    const { warningMs, silenceMs, noSpeechMs, maxMs } = this.#ports.limits;
    const limitMs = { silence: silenceMs, 'no-speech': noSpeechMs, 'max-duration': maxMs }[reason];
    return Math.min(warningMs, limitMs / 2);
  }

  /** How long a voice or a preview still counts as somebody who speaks. */
  #speakingForMs(): number {
    const sincePartialMs = this.#ports.clock.now() - this.#partialAtMs;
    return Math.max(FRESH_PARTIAL_MS - sincePartialMs, SPEAKING_MS - this.#ports.sinceVoiceMs());
  }

  #clear(): void {
    if (this.#shownSeconds === undefined) return;
    this.#shownSeconds = undefined;
    this.#ports.onCleared();
  }
}
