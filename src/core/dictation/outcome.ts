import { listPriceUsd } from '../../protocol/index.ts';
import { DictationError } from '../errors.ts';
import type { DictationEvent, DictationTrace, EndReason } from '../events.ts';
import type { DictationRequest } from '../request.ts';
import type { Begin, SessionSummary, SessionsNews } from '../sessions/news.ts';
import type { Cause } from './dictation-step.ts';

export type End = Extract<DictationEvent, { type: 'end' }>;
type FinalEvent = Extract<DictationEvent, { type: 'final' }>;

/** What a dictation has come to so far, over all its sessions: words, bill, losses. */
export class Outcome {
  readonly #request: DictationRequest;
  #finals = 0;
  #audioSeconds = 0;
  #billedSeconds = 0;
  #billedIsEstimate = false;
  /** Absent once a session ran on a model whose price is not known. */
  #costUsd: number | undefined = 0;
  #droppedMs = 0;
  readonly #unsaved: string[] = [];
  #pending: { readonly text: string; readonly endMs: number } | undefined;
  /** What the person was last told that it listens in place of the model they asked for. */
  #otherModel: string | undefined;

  constructor(request: DictationRequest) {
    this.#request = request;
  }

  /** Number of the turn that is being spoken. */
  get turn(): number {
    return this.#finals;
  }

  /** A session began; another model may listen than was asked for. */
  begun({ kind: _, ...facts }: Begin): readonly DictationEvent[] {
    const { settings, engine } = this.#request;
    const asked = settings.model.name;
    // The local engine plays whatever model is asked for; none of them is what listens.
    const model = engine === 'local' ? 'local' : (facts.model ?? asked);
    const begin = { type: 'begin', ...facts, model } as const;
    if (engine === 'local' || model === asked || model === this.#otherModel) return [begin];
    this.#otherModel = model;
    const message = `The service chose the model ${model} instead of ${asked}; its words and its price may differ`;
    return [begin, { type: 'warning', code: 'model-differs', message }];
  }

  /** Gives a final its number in the dictation. */
  number({ final, sessionId }: Extract<SessionsNews, { kind: 'final' }>): FinalEvent {
    const turn = this.#finals;
    this.#finals += 1;
    this.#pending = undefined;
    const { text, startMs, endMs, words } = final;
    return { type: 'final', turn, text, startMs, endMs, words, sessionId };
  }

  /** Sessions are billed one by one, by the model that the service applied, so parallel ones add up. */
  addSession(summary: SessionSummary): Extract<DictationTrace, { type: 'session-ended' }> {
    const { audioSeconds, billedSeconds, billedIsEstimate } = summary;
    this.#audioSeconds += audioSeconds;
    if (this.#request.billing === 'billed') this.#bill(summary);
    const { sessionId, closeCode, closeReason, framesSetAside } = summary;
    return {
      type: 'session-ended',
      ...(sessionId === undefined ? {} : { sessionId }),
      closeCode,
      closeReason,
      audioSeconds,
      billedSeconds,
      billedIsEstimate,
      framesSetAside,
    };
  }

  #bill({ billedSeconds, billedIsEstimate, model }: SessionSummary): void {
    const { settings } = this.#request;
    this.#billedSeconds += billedSeconds;
    this.#billedIsEstimate ||= billedIsEstimate;
    const bill = { seconds: billedSeconds, keyterms: settings.keyterms.length };
    const costUsd = billedSeconds === 0 ? 0 : listPriceUsd(model ?? settings.model.name, bill);
    this.#costUsd =
      costUsd === undefined || this.#costUsd === undefined ? undefined : this.#costUsd + costUsd;
  }

  /** Words that no session will hear again. */
  leaveUnsaved(text: string): void {
    this.#unsaved.push(text);
  }

  /**
   * Words up to `endMs` that a session had heard when it was lost; the next one may hear them again.
   * One that is lost sooner than the one before it must not make them fewer.
   */
  setPending(pending: { readonly text: string; readonly endMs: number }): void {
    if (pending.endMs >= (this.#pending?.endMs ?? 0)) this.#pending = pending;
  }

  /** Whether words were heard that no final has told, and that may never be. */
  get hasPending(): boolean {
    return this.#pending !== undefined;
  }

  /** Speech that will not become text. */
  drop(ms: number): void {
    this.#droppedMs += ms;
  }

  /** Says what was dropped, once it is known how much it is. */
  tellDropped(): Extract<DictationEvent, { type: 'warning' }> | undefined {
    if (this.#droppedMs === 0) return undefined;
    const seconds = (this.#droppedMs / 1_000).toFixed(1);
    this.#droppedMs = 0;
    const advice =
      this.#request.source.kind === 'live' ? 'say them again' : 'transcribe the recording again';
    const message = `${seconds} s of speech did not become text and are lost; ${advice}`;
    return { type: 'warning', code: 'audio-dropped', message };
  }

  /** The end, and the error where it failed: words that the service never finished are a failure. */
  endBy(cause: Cause, words: 'wanted' | 'unwanted'): { end: End; error?: DictationError } {
    const unsaved = [...this.#unsaved, ...(this.#pending ? [this.#pending.text] : [])];
    const end = this.#end(cause.reason, unsaved.join(' '));
    if (cause.reason === 'error') return { end, error: cause.error };
    return words === 'wanted' && unsaved.length > 0 ? { end, error: wordsUnfinished() } : { end };
  }

  #end(reason: EndReason, unsavedText: string): End {
    return {
      type: 'end',
      reason,
      finals: this.#finals,
      audioSeconds: rounded(this.#audioSeconds, 3),
      billedSeconds: rounded(this.#billedSeconds, 3),
      billedIsEstimate: this.#billedIsEstimate,
      ...(this.#costUsd === undefined ? {} : { costUsd: rounded(this.#costUsd, 6) }),
      ...(unsavedText === '' ? {} : { unsavedText }),
    };
  }
}

function wordsUnfinished(): DictationError {
  return new DictationError(
    'service-failed',
    'The service did not finish the last words; they are kept as it heard them',
  );
}

function rounded(value: number, digits: number): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}
