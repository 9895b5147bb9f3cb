import type { ServerMessage, Turn } from '../assemblyai/messages.ts';
import { asksForFormat, connectionParameters } from '../assemblyai/parameters.ts';
import { buildSessionUrl } from '../assemblyai/url.ts';
import type { DictationRequest, SessionAccess } from '../request.ts';
import { Origins } from '../words/origins.ts';
import { Transcript, type TranscriptPorts } from '../words/transcript.ts';
import { Session } from './session.ts';
import type { SessionListener, SessionSummary } from './session-ports.ts';

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
  #origins = new Origins(0);
  #telling: 'now' | 'later' | 'never' = 'now';
  /** What was said while the words are held back. */
  #words: (() => void)[] = [];
  #end = () => {};

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
    this.#origins = new Origins(originMs);
  }

  /** The next `ms` of audio are left out of what the session hears. */
  skipped(ms: number): void {
    this.#origins.skip(this.session.sentMs, ms);
  }

  /** Milliseconds of the dictation's audio up to where the service surely got it. */
  get arrivedMs(): number {
    return this.#origins.toDictationMs(this.session.arrivedMs);
  }

  /** And up to where it has had the time to tell the words. */
  get settledMs(): number {
    return this.#origins.toDictationMs(this.session.settledMs);
  }

  hold(): void {
    this.#telling = 'later';
  }

  release(): void {
    this.#telling = 'now';
    for (const tell of this.#words.splice(0)) tell();
    this.#end();
  }

  /** The words held back are not told, because another session will hear them, and this one ends. */
  discard(): void {
    this.#telling = 'never';
    this.session.abort();
    this.#end();
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
      onTurn: (turn) => this.#transcript?.notice(turn, this.#toDictationMs),
      onPreview: (turn) => this.#tell((to) => to.preview(turn, this.#toDictationMs)),
      onFinal: (turn: Turn) => this.#tell((to) => to.deliver(turn, this.#toDictationMs)),
      onPassedOver: (turn) => this.#tell((to) => to.leave(turn)),
      onWarning: (_, message) => onWarning(message),
      onEnd: (summary) => {
        if (this.#telling === 'later') this.#end = () => onEnded(summary);
        else onEnded(summary);
      },
    };
  }

  readonly #toDictationMs = (sessionMs: number) => this.#origins.toDictationMs(sessionMs);

  #tell(what: (to: Transcript) => void): void {
    const transcript = this.#transcript;
    if (!transcript) return;
    if (this.#telling === 'later') this.#words.push(() => what(transcript));
    else if (this.#telling === 'now') what(transcript);
  }
}
