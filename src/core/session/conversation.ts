import type { ServerMessage, Turn } from '../assemblyai/messages.ts';
import { asksForFormat, connectionParameters } from '../assemblyai/parameters.ts';
import { buildSessionUrl } from '../assemblyai/url.ts';
import type { DictationRequest, SessionAccess } from './request.ts';
import { Session, type SessionListener, type SessionSummary } from './session.ts';
import { Transcript, type TranscriptPorts } from './transcript.ts';

export interface ConversationPorts {
  readonly request: DictationRequest;
  readonly transcript: Omit<TranscriptPorts, 'sessionId' | 'family'>;
  onBegan(begin: Extract<ServerMessage, { kind: 'begin' }>): void;
  onSpeechStarted(): void;
  onWarning(message: string): void;
  /** Once; the words of this session have all been told by then. */
  onEnded(summary: SessionSummary): void;
}

/** One session and what it says. Its words can be held back until an earlier session's are told. */
export class Conversation {
  readonly session: Session;
  /** Absent until the session begins. */
  begin: Extract<ServerMessage, { kind: 'begin' }> | undefined;
  readonly #ports: ConversationPorts;
  #transcript: Transcript | undefined;
  #originMs = 0;
  /** What happened while the words are held back; absent while they are not. */
  #held: (() => void)[] | undefined;

  constructor({ endpoint, headers, token }: SessionAccess, ports: ConversationPorts) {
    this.#ports = ports;
    const { settings, clock, openSocket } = ports.request;
    const url = buildSessionUrl(endpoint, connectionParameters(settings, token));
    const shape = asksForFormat(settings) ? 'maybe-copied' : 'single';
    this.session = new Session({ url, headers }, shape, {
      clock,
      openSocket,
      listener: this.#listener(),
    });
  }

  /** The session's audio begins at `originMs` of the dictation's. */
  hearsFrom(originMs: number): void {
    this.#originMs = originMs;
  }

  /** Audio of so many milliseconds was left out of what the session hears. */
  skipped(ms: number): void {
    this.#originMs += ms;
  }

  hold(): void {
    this.#held ??= [];
  }

  release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const tell of held) tell();
  }

  #listener(): SessionListener {
    const { request, onBegan, onSpeechStarted, onWarning, onEnded } = this.#ports;
    return {
      onBegin: (begin) => {
        this.#transcript = new Transcript({
          ...this.#ports.transcript,
          family: request.settings.model.family,
          sessionId: begin.sessionId,
        });
        this.begin = begin;
        onBegan(begin);
      },
      onSpeechStarted,
      onTurn: (turn) => this.#transcript?.notice(turn, this.#originMs),
      onPreview: (turn) => this.#tell((to, originMs) => to.preview(turn, originMs)),
      onFinal: (turn: Turn) => this.#tell((to, originMs) => to.deliver(turn, originMs)),
      onWarning: (_, message) => onWarning(message),
      onEnd: (summary) => {
        if (this.#held) this.#held.push(() => onEnded(summary));
        else onEnded(summary);
      },
    };
  }

  #tell(what: (to: Transcript, originMs: number) => void): void {
    const transcript = this.#transcript;
    if (!transcript) return;
    const originMs = this.#originMs;
    if (this.#held) this.#held.push(() => what(transcript, originMs));
    else what(transcript, originMs);
  }
}
