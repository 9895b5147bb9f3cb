import type { ServerMessage } from '../assemblyai/messages.ts';
import type { Outcome } from '../dictation/outcome.ts';
import type { DictationEvent } from '../events.ts';
import type { DictationRequest } from '../request.ts';
import type { SessionSummary } from './session-ports.ts';

type Emit = (event: DictationEvent) => void;

/** Tells that a session began, and when another model listens than was asked for. */
export function tellBegin(
  begin: Extract<ServerMessage, { kind: 'begin' }>,
  { request, emit }: { readonly request: DictationRequest; readonly emit: Emit },
): void {
  const { settings, engine } = request;
  const { kind: type, ...facts } = begin;
  if (engine === 'local') {
    // It plays whatever model is asked for; none of them is what listens.
    emit({ type, ...facts, model: 'local' });
    return;
  }
  const { model = settings.model.name } = begin;
  emit({ type, ...facts, model });
  if (model === settings.model.name) return;
  emit({
    type: 'warning',
    code: 'model-differs',
    message: `The service chose the model ${model} instead of ${settings.model.name}; its words and its price may differ`,
  });
}

/** Tells that a session ended and puts it on the bill. */
export function tellEnd(
  summary: SessionSummary,
  { outcome, emit }: { readonly outcome: Outcome; readonly emit: Emit },
): void {
  const { sessionId, closeCode, closeReason } = summary;
  const { audioSeconds, billedSeconds, billedIsEstimate } = summary;
  const bill = { audioSeconds, billedSeconds, billedIsEstimate };
  outcome.addSession(bill);
  const id = sessionId === undefined ? {} : { sessionId };
  emit({ type: 'session-ended', ...id, closeCode, closeReason, ...bill });
}
