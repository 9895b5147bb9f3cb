import type { DictationEvent } from '../../core/index.ts';

/**
 * One event of the CLI's contract as a line of JSON, `type` first; nothing for events that are
 * not in the contract. Scripts rely on these names, so each is written out here.
 */
export function formatJsonLine(event: DictationEvent): string {
  const fields = contractFields(event);
  return fields === undefined ? '' : `${JSON.stringify({ type: event.type, ...fields })}\n`;
}

function contractFields(event: DictationEvent): object | undefined {
  switch (event.type) {
    case 'listening':
      return { engine: event.engine, device: event.device };
    case 'begin':
      return { sessionId: event.sessionId, model: event.model, expiresAt: event.expiresAt };
    case 'partial':
      return { turn: event.turn, text: event.text };
    case 'final': {
      const { turn, text, startMs, endMs, words, sessionId } = event;
      return { turn, text, startMs, endMs, words, sessionId };
    }
    case 'countdown':
      return { remainingMs: event.remainingMs, reason: event.reason };
    case 'reconnecting':
      return { attempt: event.attempt, delayMs: event.delayMs, code: event.code };
    case 'warning':
    case 'error':
      return { code: event.code, message: event.message };
    case 'end': {
      const { reason, finals, audioSeconds, billedSeconds, billedIsEstimate, costUsd } = event;
      const billed = { audioSeconds, billedSeconds, billedIsEstimate, costUsd };
      return { reason, finals, ...billed, unsavedText: event.unsavedText };
    }
    case 'connecting':
    case 'countdown-cleared':
    case 'stopping':
    case 'session-ended':
      return undefined;
    default:
      return event satisfies never;
  }
}
