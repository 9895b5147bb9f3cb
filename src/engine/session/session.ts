import type { RawData, WebSocket } from 'ws';
import { type Clock, DictationError } from '../../core/index.ts';
import type { WireServerMessage } from '../../protocol/index.ts';
import { AudioDecoder } from '../audio/audio-decoder.ts';
import { AudioGate, type AudioPace } from '../audio/audio-gate.ts';
import type { Progress, Recognizer, RecognizerFactory } from '../recognizer.ts';
import { CLOSE_REASON, type Refusal } from '../refusal.ts';
import { readClientMessage } from './client-message.ts';
import { Feed } from './feed.ts';
import { Heartbeat } from './heartbeat.ts';
import { IdleWatch } from './idle-watch.ts';
import { openingMessages } from './opening.ts';
import { applyUpdate, type SessionSettings, type SettingsUpdate } from './session-settings.ts';
import { TurnWriter } from './turn-writer.ts';

export interface SessionPlan {
  readonly socket: WebSocket;
  readonly settings: SessionSettings;
  readonly maxSessionSeconds: number;
  /** What the client named in its `AssemblyAI-Version` header. */
  readonly apiVersion: string | undefined;
  readonly recognizers: RecognizerFactory;
  readonly pace: AudioPace;
  readonly clock: Clock;
}

type State =
  | { readonly kind: 'opening' }
  | { readonly kind: 'streaming'; readonly recognizer: Recognizer }
  | { readonly kind: 'ended' };

/** How the socket is closed once all is said. */
interface Closing {
  readonly code: number;
  readonly reason: string;
}

/** Whether more is taken from the client; if not, all it sent is heard and then it is closed. */
type Intake = { readonly kind: 'open' } | { readonly kind: 'closed'; readonly closing: Closing };

const TERMINATED: Closing = { code: 1000, reason: 'Session Ended' };
const GOING_AWAY: Closing = { code: 1001, reason: 'Going Away' };

/** What a client that does not read may leave lying here. */
const LARGEST_OUTBOX_BYTES = 8 * 1_024 * 1_024;

/** One client's session, from the moment it was let in until its socket is closed. */
export class Session {
  readonly #plan: SessionPlan;
  readonly #openedAtMs: number;
  readonly #turns = new TurnWriter();
  readonly #decoder: AudioDecoder;
  readonly #gate: AudioGate;
  readonly #feed: Feed;
  readonly #heartbeat: Heartbeat;
  #settings: SessionSettings;
  #state: State = { kind: 'opening' };
  #intake: Intake = { kind: 'open' };
  #idleWatch: IdleWatch | undefined;
  #cancelExpiry: () => void = () => {};

  constructor(plan: SessionPlan) {
    const { socket, settings, clock, pace } = plan;
    this.#plan = plan;
    this.#settings = settings;
    this.#decoder = new AudioDecoder(settings);
    this.#openedAtMs = clock.now();
    this.#gate = new AudioGate(this.#openedAtMs, pace);
    this.#feed = new Feed({
      decoder: this.#decoder,
      setReading: (state) => (state === 'paused' ? socket.pause() : socket.resume()),
      onUpdate: (update) => this.#update(update),
      onFinished: () => this.#terminate(),
    });
    this.#heartbeat = new Heartbeat({
      clock,
      receivedMs: () => this.#gate.audioMs,
      send: (message) => this.#send(message),
    });
    socket.on('message', (data, isBinary) => this.#receive(data, isBinary));
    socket.on('ping', () => this.#watchOutbox());
    socket.on('close', () => this.#release());
  }

  /** Loads what it needs and says `Begin`. */
  async open(): Promise<void> {
    const { recognizers, clock, maxSessionSeconds, apiVersion } = this.#plan;
    let recognizer: Recognizer;
    try {
      recognizer = await recognizers.open({
        onHeard: (progress) => this.#onHeard(progress),
        onPartial: (words, heardMs) =>
          this.#send(...this.#turns.partial(words, heardMs, this.#settings)),
        onFinal: (words) => this.#send(...this.#turns.final(words, this.#settings)),
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
    this.#state = { kind: 'streaming', recognizer };
    recognizer.setTurnSilence(this.#settings.turnSilenceMs);
    const facts = { nowMs: clock.unixMs(), maxSessionSeconds, apiVersion };
    this.#send(...openingMessages(this.#settings, facts));
    this.#heartbeat.set(this.#settings.heartbeat);
    if (this.#intake.kind === 'open') this.#limitTime();
    this.#feed.attach(recognizer);
  }

  /** Hears what came so far to its end, as if the client had ended the session, and hangs up. */
  finish(): void {
    if (this.#state.kind === 'opening') this.#end(GOING_AWAY);
    else this.#finish(GOING_AWAY);
  }

  #receive(data: RawData, isBinary: boolean): void {
    // Nothing that follows `Terminate` is kept, or a client could fill the memory behind it.
    if (this.#state.kind === 'ended' || this.#intake.kind === 'closed') return;
    const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer);
    this.#idleWatch?.heard(isBinary ? 'audio' : 'message');
    if (isBinary) this.#receiveAudio(bytes);
    else this.#receiveText(bytes.toString('utf8'));
  }

  #receiveAudio(frame: Uint8Array): void {
    const frameMs = this.#decoder.durationMs(frame.byteLength);
    const refusal = this.#gate.admit(frameMs, this.#plan.clock.now());
    if (refusal) this.#refuse(refusal);
    else this.#feed.add({ kind: 'audio', frame }, frame.byteLength);
  }

  #receiveText(text: string): void {
    const message = readClientMessage(text, this.#settings.model);
    switch (message.kind) {
      case 'update':
      case 'force-endpoint':
        this.#feed.add(message, text.length);
        return;
      case 'keep-alive':
        return;
      case 'terminate':
        this.#finish(TERMINATED);
        return;
      case 'invalid':
        this.#refuse(message.refusal);
        return;
      default:
        message satisfies never;
    }
  }

  #finish(closing: Closing): void {
    if (this.#intake.kind === 'closed') return;
    this.#intake = { kind: 'closed', closing };
    // From here on it is this machine that takes its time.
    this.#cancelExpiry();
    this.#idleWatch?.stop();
    this.#feed.add({ kind: 'finish' }, 0);
  }

  #update(update: SettingsUpdate): void {
    if (this.#state.kind !== 'streaming') return;
    this.#settings = applyUpdate(this.#settings, update);
    this.#state.recognizer.setTurnSilence(this.#settings.turnSilenceMs);
    this.#heartbeat.set(this.#settings.heartbeat);
  }

  #terminate(): void {
    if (this.#intake.kind === 'open') return;
    const sessionMs = this.#plan.clock.now() - this.#openedAtMs;
    this.#send(...this.#turns.closing(this.#settings.model.family), {
      type: 'Termination',
      audio_duration_seconds: Math.round(this.#gate.audioMs / 1_000),
      session_duration_seconds: Math.ceil(sessionMs / 1_000),
    });
    this.#end(this.#intake.closing);
  }

  #onHeard(progress: Progress): void {
    this.#heartbeat.heard(progress);
    this.#feed.heard(progress.heardMs);
  }

  #limitTime(): void {
    const { clock, maxSessionSeconds } = this.#plan;
    const expired = {
      code: 3008,
      text: 'Session Expired: Maximum session duration exceeded',
    } as const;
    this.#cancelExpiry = clock.schedule(maxSessionSeconds * 1_000, () => this.#refuse(expired));
    this.#idleWatch = new IdleWatch({
      clock,
      timeoutMs: this.#settings.inactivityTimeoutMs,
      isBusy: () => this.#feed.isBehind,
      onIdle: (refusal) => this.#refuse(refusal),
    });
  }

  #refuse(refusal: Refusal): void {
    if (this.#state.kind === 'ended') return;
    sendRefusal(this.#plan.socket, refusal);
    this.#release();
  }

  #send(...messages: readonly WireServerMessage[]): void {
    for (const message of messages) this.#plan.socket.send(JSON.stringify(message));
    this.#watchOutbox();
  }

  /** Answers to pings pile up as well where nobody reads. */
  #watchOutbox(): void {
    const { socket } = this.#plan;
    if (socket.bufferedAmount > LARGEST_OUTBOX_BYTES) socket.terminate();
  }

  #end({ code, reason }: Closing): void {
    this.#plan.socket.close(code, reason);
    this.#release();
  }

  /** Gives back the recognizer and every timer; the socket goes its own way. */
  #release(): void {
    this.#state = { kind: 'ended' };
    this.#cancelExpiry();
    this.#idleWatch?.stop();
    this.#heartbeat.set('none');
    this.#feed.close();
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
