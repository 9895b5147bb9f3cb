import { type LogOutputChannel, window } from 'vscode';
import type { DictationEvent, DictationTrace } from '../../core/index.ts';
import { plainLabel } from '../../text/index.ts';

/** The output channel. What was said never gets here, nor does any key or token. */
export function createLog(): LogOutputChannel {
  return window.createOutputChannel('Lull', { log: true });
}

/** A sentence for whoever reads the log, and the event itself for whoever traces. */
export function logEvent(log: LogOutputChannel, event: DictationEvent | DictationTrace): void {
  log.trace(JSON.stringify(withoutWords(event)));
  switch (event.type) {
    case 'connecting':
      log.info(`Connecting to ${event.endpoint}`);
      break;
    case 'listening':
      log.info(`Listening with ${plainLabel(event.device)}; the ${event.engine} engine recognises`);
      break;
    case 'begin':
      log.info(`Session ${plainLabel(event.sessionId)} began with ${plainLabel(event.model)}`);
      break;
    case 'partial':
    // Of recordings only, which the editor does not play.
    case 'heard':
      break;
    case 'final':
      log.debug(`Turn ${event.turn} came with ${count(event.words.length, 'word')}`);
      break;
    case 'countdown':
      log.debug(`Hangs up in ${Math.ceil(event.remainingMs / 1_000)} s (${event.reason})`);
      break;
    case 'countdown-cleared':
      log.debug('Goes on listening');
      break;
    case 'reconnecting':
      log.warn(`The connection was lost (code ${event.code}); try ${event.attempt} follows`);
      break;
    case 'warning':
      log.warn(`${plainText(event.message)} (${event.code})`);
      break;
    case 'error':
      log.error(`${plainText(event.message)} (${event.code})`);
      break;
    case 'stopping':
      log.info(`Stopping (${event.reason})`);
      break;
    case 'session-ended':
      log.info(
        `The session closed with code ${event.closeCode}; ${event.billedSeconds} s are billed${event.billedIsEstimate ? ', by our own count' : ''}`,
      );
      break;
    case 'behind':
      log.debug(`The engine is ${event.behindMs / 1_000} s behind`);
      break;
    case 'frame-set-aside':
      log.debug(`Set aside a frame that the service should not have sent (${event.flaw})`);
      break;
    case 'end':
      log.info(
        `Ended (${event.reason}) after ${count(event.finals, 'turn')}: ${event.audioSeconds} s of audio, ${event.billedSeconds} s billed, ${event.costUsd === undefined ? 'cost unknown' : `$${event.costUsd} at list price`}`,
      );
      break;
    default:
      log.debug((event satisfies never as DictationEvent).type);
  }
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function withoutWords(event: DictationEvent | DictationTrace): object {
  if (event.type === 'partial') return { type: event.type, turn: event.turn };
  if (event.type === 'final') return { type: event.type, turn: event.turn };
  if (event.type !== 'end') return event;
  const { unsavedText: _, ...figures } = event;
  return figures;
}

/** One line, whatever a service put into it, and nothing cut: the log is where the details are. */
function plainText(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
}
