import type { WebSocket } from 'ws';
import type { Clock } from '../../../src/core/ports.ts';
import type { WireServerMessage, WireTurn, WireWord } from '../../../src/protocol/index.ts';
import { emptyFinal, speechStarted } from '../../../src/testing/wire-messages.ts';
import type { SeededRandom } from '../../support/seeded-random.ts';
import type { ListenerPlan } from './chaos-plan.ts';
import { FRAME_BYTES, FRAME_MS, numberOf, type SpokenWord, type Talk } from './spoken-audio.ts';

export interface HearingPorts {
  readonly clock: Clock;
  readonly talk: Talk;
  readonly plan: ListenerPlan;
  readonly random: SeededRandom;
  readonly finals: 'single' | 'copied';
  readonly inactivityMs: number;
  onMoved(): void;
}

/** So much of a word is enough to recognise it; a recogniser guesses the rest. */
const ENOUGH_OF_A_WORD = 0.75;

/** One session of the server that hears. What it got is kept for the test to judge. */
export class HearingSession {
  readonly socket: WebSocket;
  /** Numbers of the frames received, in the order they came. */
  readonly frames: number[] = [];
  /** What a client must not do. */
  readonly offences: string[] = [];
  terminated: 'unasked' | 'asked' = 'unasked';
  readonly #ports: HearingPorts;
  #runStartMs = 0;
  /** The talk's time where the session's is 0, for the frames that follow each other now. */
  #originMs = 0;
  #nextWord = 0;
  #order = 0;
  #turn: WireWord[] = [];
  #lastVoiceEndMs = 0;
  readonly #pending: { readonly message: WireServerMessage; readonly dueMs: number }[] = [];
  #lastDueMs = 0;
  #cancelNext = () => {};
  #cancelIdle = () => {};
  #ears: 'open' | 'shut' = 'open';

  constructor(socket: WebSocket, ports: HearingPorts) {
    this.socket = socket;
    this.#ports = ports;
    this.#stayAwake();
  }

  hear(data: Uint8Array): void {
    this.#stayAwake();
    if (this.terminated === 'asked') this.offences.push('audio after Terminate');
    if (data.length !== FRAME_BYTES) this.offences.push(`a message of ${data.length} bytes`);
    if (this.#ears === 'shut') return;
    const number = numberOf(data);
    const last = this.frames.at(-1);
    if (last === undefined || number !== last + 1) this.#startRun(number);
    this.frames.push(number);
    this.#recognise((number + 1) * FRAME_MS);
  }

  /** What a dead connection still brings is for nobody, and how much is the system's choice. */
  shutEars(): void {
    this.#ears = 'shut';
  }

  obey({ type }: { readonly type?: string }): void {
    this.#stayAwake();
    if (type === 'ForceEndpoint') this.#endTurn(this.#ports.plan.finalLagMs);
    else if (type === 'Terminate' && this.terminated === 'unasked') {
      this.terminated = 'asked';
      this.#hearUnfinishedWord();
      this.#endTurn(100);
      if (this.#ports.finals === 'copied') this.#say(0, emptyFinal(this.#order));
      this.hangUp();
    }
  }

  /** After what is on its way, and unasked without a word of the turn being spoken. */
  hangUp(): void {
    const audioSeconds = Math.round((this.frames.length * FRAME_MS) / 1_000);
    this.#say(200, {
      type: 'Termination',
      audio_duration_seconds: audioSeconds,
      session_duration_seconds: audioSeconds + 1,
    });
  }

  send(message: WireServerMessage): void {
    this.#ports.onMoved();
    this.socket.send(JSON.stringify(message));
    if (message.type !== 'Termination') return;
    this.socket.close(1000, 'Session Ended');
  }

  /** The socket is gone, and with it what was not told. */
  close(): void {
    this.#cancelIdle();
    this.#cancelNext();
  }

  /** Frames that do not follow the last one: a word across the gap is not heard. */
  #startRun(number: number): void {
    this.#runStartMs = number * FRAME_MS;
    this.#originMs = this.#runStartMs - this.frames.length * FRAME_MS;
    const { words } = this.#ports.talk;
    const next = words.findIndex((word) => word.endMs > this.#runStartMs);
    this.#nextWord = next === -1 ? words.length : next;
  }

  #recognise(heardMs: number): void {
    const { words } = this.#ports.talk;
    for (let word = words[this.#nextWord]; word; word = words[this.#nextWord]) {
      if (word.startMs < heardMs) this.#lastVoiceEndMs = Math.min(word.endMs, heardMs);
      if (word.endMs > heardMs) break;
      this.#nextWord += 1;
      this.#hearWord(word, heardMs);
    }
    const quietMs = heardMs - this.#lastVoiceEndMs;
    if (this.#turn.length > 0 && quietMs >= this.#ports.plan.turnSilenceMs) {
      this.#endTurn(this.#ports.plan.finalLagMs);
    }
  }

  #hearUnfinishedWord(): void {
    const word = this.#ports.talk.words[this.#nextWord];
    const last = this.frames.at(-1);
    if (word && last !== undefined) this.#hearWord(word, (last + 1) * FRAME_MS);
  }

  #hearWord(word: SpokenWord, heardMs: number): void {
    const from = Math.max(word.startMs, this.#runStartMs);
    const share = (Math.min(word.endMs, heardMs) - from) / (word.endMs - word.startMs);
    if (share < ENOUGH_OF_A_WORD) return;
    const { partialLagMs } = this.#ports.plan;
    if (this.#turn.length === 0) this.#say(partialLagMs, speechStarted(word.startMs));
    this.#turn.push({
      text: word.text,
      start: word.startMs - this.#originMs,
      end: word.endMs - this.#originMs,
      confidence: 0.9,
      word_is_final: false,
    });
    this.#say(partialLagMs, this.#wireTurn({ isFinal: false, isFormatted: true }));
  }

  #endTurn(lagMs: number): void {
    if (this.#turn.length === 0) return;
    if (this.#ports.finals === 'copied') {
      this.#say(lagMs, this.#wireTurn({ isFinal: true, isFormatted: false }));
      this.#say(lagMs + 150, this.#wireTurn({ isFinal: true, isFormatted: true }));
    } else {
      this.#say(lagMs, this.#wireTurn({ isFinal: true, isFormatted: true }));
    }
    this.#order += 1;
    this.#turn = [];
  }

  #wireTurn(kind: { readonly isFinal: boolean; readonly isFormatted: boolean }): WireTurn {
    const transcript = this.#turn.map(({ text }) => text).join(' ');
    return {
      turn_order: this.#order,
      end_of_turn: kind.isFinal,
      turn_is_formatted: kind.isFormatted,
      end_of_turn_confidence: kind.isFinal ? 1 : 0,
      transcript,
      utterance: kind.isFinal ? transcript : '',
      words: this.#padded(),
      type: 'Turn',
    };
  }

  /** The edges of a turn are told too wide, by as much as the plan says. */
  #padded(): readonly WireWord[] {
    const { startPaddingMs, endPaddingMs } = this.#ports.plan;
    const heardMs = this.frames.length * FRAME_MS;
    return this.#turn.map((word, index) => ({
      ...word,
      start: index === 0 ? Math.max(0, word.start - startPaddingMs) : word.start,
      end:
        index === this.#turn.length - 1
          ? Math.max(word.end, Math.min(word.end + endPaddingMs, heardMs))
          : word.end,
    }));
  }

  /** Messages come late, but in order, however late the timers are. */
  #say(lagMs: number, message: WireServerMessage): void {
    const { clock, random } = this.#ports;
    this.#lastDueMs = Math.max(this.#lastDueMs, clock.now() + lagMs + random.between(0, 80));
    this.#pending.push({ message, dueMs: this.#lastDueMs });
    if (this.#pending.length === 1) this.#awaitNext();
  }

  #awaitNext(): void {
    const [next] = this.#pending;
    if (!next) return;
    const { clock } = this.#ports;
    this.#cancelNext = clock.schedule(Math.max(0, next.dueMs - clock.now()), () => {
      this.#pending.shift();
      this.send(next.message);
      this.#awaitNext();
    });
  }

  #stayAwake(): void {
    const { clock, inactivityMs } = this.#ports;
    this.#cancelIdle();
    this.#cancelIdle = clock.schedule(inactivityMs, () => {
      this.socket.send(
        JSON.stringify({
          type: 'Error',
          error_code: 3006,
          error: `Session terminated due to inactivity: No messages received for ${inactivityMs / 1_000} seconds`,
        }),
      );
      this.socket.close(3006);
    });
  }
}
