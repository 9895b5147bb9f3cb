import type { Fault } from '../assemblyai/close-codes.ts';
import type { ServerMessage } from '../assemblyai/messages.ts';
import { asksForFormat, connectionParameters } from '../assemblyai/parameters.ts';
import { buildSessionUrl } from '../assemblyai/url.ts';
import type { DictationError } from '../errors.ts';
import type { DictationEvent } from '../events.ts';
import type { Outcome } from './outcome.ts';
import { asDictationError, type DictationRequest } from './request.ts';
import { Session, type SessionListener, type SessionSummary } from './session.ts';
import { Transcript, type TranscriptPorts } from './transcript.ts';

export interface LinkPorts {
  readonly request: DictationRequest;
  readonly outcome: Outcome;
  readonly words: Pick<TranscriptPorts, 'sentMs' | 'onWords' | 'onRefined'>;
  /** Where the next session's audio begins in the dictation, in milliseconds. */
  originMs(): number;
  emit(event: DictationEvent): void;
  /** `Begin` came: audio may be sent. */
  onBegan(session: Session): void;
  /** The session is over, or was aborted before there was one. */
  onEnded(fault?: Fault): void;
  /** No session could be asked for. */
  onFailed(error: DictationError): void;
}

/** The dictation's tie to the service: the session of the moment, its words and its bill. */
export class Link {
  readonly #ports: LinkPorts;
  #session: Session | undefined;
  #state: 'unasked' | 'asking' | 'open' | 'closed' = 'unasked';

  constructor(ports: LinkPorts) {
    this.#ports = ports;
  }

  async open(): Promise<void> {
    const { access, settings, clock, openSocket } = this.#ports.request;
    this.#state = 'asking';
    try {
      const { endpoint, headers, token } = await access();
      // Aborted meanwhile.
      if (this.#state !== 'asking') return;
      const url = buildSessionUrl(endpoint, connectionParameters(settings, token));
      this.#ports.emit({ kind: 'connecting', endpoint: new URL(endpoint).host });
      const shape = asksForFormat(settings) ? 'maybe-copied' : 'single';
      const ports = { clock, openSocket, listener: this.#listener() };
      this.#session = new Session({ url, headers }, shape, ports);
      this.#state = 'open';
    } catch (cause) {
      if (this.#state !== 'asking') return;
      this.#state = 'closed';
      this.#ports.onFailed(asDictationError(cause));
    }
  }

  terminate(): void {
    this.#session?.terminate();
  }

  stalled(): void {
    this.#session?.stalled();
  }

  abort(): void {
    if (this.#session) {
      this.#session.abort();
    } else if (this.#state !== 'closed') {
      this.#state = 'closed';
      this.#ports.onEnded();
    }
  }

  #listener(): SessionListener {
    const { outcome, words, emit } = this.#ports;
    let transcript: Transcript | undefined;
    return {
      onBegin: (begin) => {
        transcript = this.#begin(begin);
        if (this.#session) this.#ports.onBegan(this.#session);
      },
      onSpeechStarted: () => words.onWords(undefined),
      onTurn: (turn) => transcript?.notice(turn),
      onPreview: (turn) => transcript?.preview(turn),
      onFinal: (turn) => {
        transcript?.deliver(turn);
        outcome.addFinal();
      },
      onWarning: (_, message) => emit({ kind: 'warning', code: 'service-warning', message }),
      onEnd: (summary) => this.#end(summary),
    };
  }

  #begin(begin: Extract<ServerMessage, { kind: 'begin' }>): Transcript {
    const { request, outcome, words, originMs, emit } = this.#ports;
    const { settings, engine } = request;
    const { model = settings.model.name } = begin;
    emit({ ...begin, model });
    if (engine === 'assemblyai' && model !== settings.model.name) {
      emit({
        kind: 'warning',
        code: 'model-differs',
        message: `The service chose the model ${model} instead of ${settings.model.name}; its words and its price may differ`,
      });
    }
    return new Transcript({
      ...words,
      emit,
      family: settings.model.family,
      sessionId: begin.sessionId,
      originMs: originMs(),
      nextTurn: () => outcome.finals,
    });
  }

  #end(summary: SessionSummary): void {
    this.#state = 'closed';
    const { sessionId, closeCode, closeReason, fault, unsaved } = summary;
    const { audioSeconds, billedSeconds, billedIsEstimate } = summary;
    const bill = { audioSeconds, billedSeconds, billedIsEstimate };
    this.#ports.outcome.addSession(bill, unsaved);
    const id = sessionId === undefined ? {} : { sessionId };
    this.#ports.emit({ kind: 'session-ended', ...id, closeCode, closeReason, ...bill });
    this.#ports.onEnded(fault);
  }
}
