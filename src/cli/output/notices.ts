import type { DictationEvent, DictationTrace } from '../../core/index.ts';
import type { Detail } from '../arguments.ts';

/** The line an event puts on standard error for a person to keep, if any. */
export function noticeFor(
  event: DictationEvent | DictationTrace,
  detail: Detail,
): string | undefined {
  switch (event.type) {
    case 'error':
    case 'warning':
      return `lull: ${event.message}`;
    case 'reconnecting':
      return detail === 'quiet' ? undefined : reconnecting(event);
    default:
      return detail === 'verbose' ? verboseNotice(event) : undefined;
  }
}

function reconnecting({
  attempt,
  delayMs,
  code,
}: Extract<DictationEvent, { type: 'reconnecting' }>) {
  const when = delayMs < 100 ? 'now' : `in ${(delayMs / 1_000).toFixed(1)} s`;
  const what = code === 0 ? 'The service does not answer' : 'The connection was lost';
  return `lull: ${what}; trying again ${when} (attempt ${attempt})`;
}

function verboseNotice(event: DictationEvent | DictationTrace): string | undefined {
  switch (event.type) {
    case 'connecting':
      return `connecting to ${event.endpoint}`;
    case 'listening':
      return `listening: ${event.device}, engine ${event.engine}`;
    case 'begin':
      return `connected: session ${event.sessionId}, model ${event.model}${expiry(event.expiresAt)}`;
    case 'stopping':
      return `stopping: ${event.reason}`;
    case 'frame-set-aside':
      return `set aside a frame that the service should not have sent: ${event.flaw}`;
    case 'session-ended': {
      const { closeCode, closeReason, audioSeconds, billedSeconds, billedIsEstimate } = event;
      const frames = event.framesSetAside === 0 ? '' : `, ${event.framesSetAside} frames set aside`;
      const reason = closeReason === '' ? '' : ` (${closeReason})`;
      const billed = `${billedIsEstimate ? 'about ' : ''}${billedSeconds.toFixed(1)} s`;
      return `session closed with ${closeCode}${reason}: audio ${audioSeconds.toFixed(1)} s, session ${billed}${frames}`;
    }
    default:
      return undefined;
  }
}

function expiry(expiresAt: number | undefined): string {
  if (expiresAt === undefined) return '';
  const date = new Date(expiresAt * 1_000);
  return Number.isNaN(date.getTime()) ? '' : `, expires ${date.toISOString()}`;
}
