import { randomUUID } from 'node:crypto';
import type { RawData, WebSocket } from 'ws';
import { type Clock, DictationError, type WireServerMessage } from '../../core/index.ts';
import { AudioDecoder } from '../audio/audio-decoder.ts';
import { AudioGate } from '../audio/audio-gate.ts';
import type { HeardWord, Recognizer, RecognizerFactory } from '../recognizer.ts';
import { CLOSE_REASON, type Refusal } from '../refusal.ts';
import { readClientMessage } from './client-message.ts';
import { applyUpdate, type SessionSettings } from './session-settings.ts';
import { TurnWriter } from './turn-writer.ts';

export interface SessionPlan {
  readonly socket: WebSocket;
  readonly settings: SessionSettings;
  readonly maxSessionSeconds: number;
  readonly recognizers: RecognizerFactory;
  readonly clock: Clock;
}

type State =
  | { readonly kind: 'opening' }
  | { readonly kind: 'streaming'; readonly recognizer: Recognizer; readonly gate: AudioGate }
  | { readonly kind: 'ended' };

/** A frame of the client: bytes are audio, text is a message. */
type Frame = Uint8Array | string;

/** One client's session, from the moment it was let in until its socket is closed. */
export class Session {
  readonly #plan: SessionPlan;
  readonly #openedAtMs: number;
  readonly #turns = new TurnWriter();
  /** Frames wait here for `Begin` and for each other: what one asks for is done before the next is read. */
  readonly #inbox: Frame[] = [];
  #settings: SessionSettings;
  #decoder: AudioDecoder;
  #state: State = { kind: 'opening' };
  #reading: 'idle' | 'busy' = 'idle';
  #cancelExpiry: () => void = () => {};
  #cancelInactivity: () => void = () => {};

  constructor(plan: SessionPlan) {
    this.#plan = plan;
    this.#settings = plan.settings;
    this.#decoder = new AudioDecoder(plan.settings);
    this.#openedAtMs = plan.clock.now();
    plan.socket.on('message', (data, isBinary) => this.#receive(data, isBinary));
    plan.socket.on('close', () => this.#release());
  }

  /** Loads what it needs and says `Begin`. */
  async open(): Promise<void> {
    const { recognizers, clock, maxSessionSeconds } = this.#plan;
    let recognizer: Recognizer;
    try {
      recognizer = await recognizers.open({
        onPartial: (words, heardMs) => this.#onPartial(words, heardMs),
        onFinal: (words) => this.#onFinal(words),
        onFailed: (error) => this.#refuse(cancelled(error)),
      });
    } catch (error) {
      this.#refuse(cancelled(error));
      return;
    }
    // The client may have left while the model was loading.
    if (this.#state.kind !== 'opening') {
      recognizer.close();
      return;
    }
    recognizer.setTurnSilence(this.#settings.turnSilenceMs);
    this.#state = { kind: 'streaming', recognizer, gate: new AudioGate(clock.now()) };
    const expired = {
      code: 3008,
      text: 'Session Expired: Maximum session duration exceeded',
    } as const;
    this.#cancelExpiry = clock.schedule(maxSessionSeconds * 1_000, () => this.#refuse(expired));
    this.#watchInactivity();
    this.#send(this.#begin());
    await this.#read();
  }

  #begin(): WireServerMessage {
    return {
      type: 'Begin',
      id: randomUUID(),
      expires_at: Math.floor(Date.now() / 1_000) + this.#plan.maxSessionSeconds,
      configuration: {
        model: this.#settings.model,
        mode: this.#settings.mode ?? null,
        api_version: '2025-05-12',
        speaker_labels: false,
        redact_pii: false,
        filter_profanity: false,
        domain: null,
        voice_focus: null,
      },
    };
  }

  #receive(data: RawData, isBinary: boolean): void {
    if (this.#state.kind === 'ended') return;
    const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer);
    this.#inbox.push(isBinary ? bytes : bytes.toString('utf8'));
    if (this.#state.kind !== 'streaming') return;
    this.#watchInactivity();
    void this.#read();
  }

  async #read(): Promise<void> {
    if (this.#reading === 'busy') return;
    this.#reading = 'busy';
    for (let frame = this.#inbox.shift(); frame !== undefined; frame = this.#inbox.shift()) {
      const state = this.#state;
      if (state.kind !== 'streaming') break;
      if (typeof frame === 'string') await this.#obey(frame, state.recognizer);
      else this.#hear(frame, state);
    }
    this.#reading = 'idle';
  }

  #hear(frame: Uint8Array, { recognizer, gate }: Extract<State, { kind: 'streaming' }>): void {
    const refusal = gate.admit(this.#decoder.durationMs(frame.byteLength), this.#plan.clock.now());
    if (refusal) this.#refuse(refusal);
    else recognizer.accept(this.#decoder.decode(frame));
  }

  async #obey(text: string, recognizer: Recognizer): Promise<void> {
    const message = readClientMessage(text);
    switch (message.kind) {
      case 'update':
        this.#settings = applyUpdate(this.#settings, message.update);
        recognizer.setTurnSilence(this.#settings.turnSilenceMs);
        return;
      case 'force-endpoint':
        return recognizer.endTurn();
      case 'keep-alive':
        return;
      case 'terminate':
        return this.#terminate(recognizer);
      case 'invalid':
        return this.#refuse(message.refusal);
      default:
        return message satisfies never;
    }
  }

  async #terminate(recognizer: Recognizer): Promise<void> {
    this.#cancelInactivity();
    recognizer.accept(this.#decoder.flush());
    await recognizer.endTurn();
    if (this.#state.kind !== 'streaming') return;
    for (const message of this.#turns.closing(this.#settings.family)) this.#send(message);
    this.#send({
      type: 'Termination',
      audio_duration_seconds: Math.round(this.#state.gate.audioMs / 1_000),
      session_duration_seconds: Math.ceil((this.#plan.clock.now() - this.#openedAtMs) / 1_000),
    });
    this.#end(1000, 'Session Ended');
  }

  #onPartial(words: readonly string[], heardMs: number): void {
    for (const message of this.#turns.partial(words, heardMs, this.#settings)) this.#send(message);
  }

  #onFinal(words: readonly HeardWord[]): void {
    for (const message of this.#turns.final(words, this.#settings)) this.#send(message);
  }

  #watchInactivity(): void {
    this.#cancelInactivity();
    const timeoutMs = this.#settings.inactivityTimeoutMs;
    if (timeoutMs === undefined) return;
    const why = `No messages received for ${timeoutMs / 1_000} seconds`;
    const text = `Session terminated due to inactivity: ${why}`;
    this.#cancelInactivity = this.#plan.clock.schedule(timeoutMs, () =>
      this.#refuse({ code: 3006, text }),
    );
  }

  #refuse(refusal: Refusal): void {
    if (this.#state.kind === 'ended') return;
    sendRefusal(this.#plan.socket, refusal);
    this.#release();
  }

  #send(message: WireServerMessage): void {
    this.#plan.socket.send(JSON.stringify(message));
  }

  #end(code: number, reason: string): void {
    this.#plan.socket.close(code, reason);
    this.#release();
  }

  /** Gives back the recognizer and every timer; the socket goes its own way. */
  #release(): void {
    this.#cancelExpiry();
    this.#cancelInactivity();
    if (this.#state.kind === 'streaming') this.#state.recognizer.close();
    this.#state = { kind: 'ended' };
    this.#inbox.length = 0;
  }
}

/** As the service does it: the text is in the frame, the close has the code and a fixed reason. */
export function sendRefusal(socket: WebSocket, { code, text }: Refusal): void {
  socket.send(JSON.stringify({ type: 'Error', error_code: code, error: text }));
  socket.close(code, CLOSE_REASON);
}

function cancelled(error: unknown): Refusal {
  const why = error instanceof DictationError ? error.message : 'An error occurred';
  return { code: 3005, text: `Session Cancelled: ${why}` };
}
