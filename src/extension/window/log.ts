import { type LogOutputChannel, window } from 'vscode';
import type { DictationEvent } from '../../core/index.ts';

/** The output channel. What was said never gets here, nor does any key or token. */
export function createLog(): LogOutputChannel {
  return window.createOutputChannel('Lull', { log: true });
}

export function logEvent(log: LogOutputChannel, event: DictationEvent): void {
  switch (event.type) {
    case 'partial':
      log.trace('partial');
      break;
    case 'final':
      log.debug(`final: turn ${event.turn}, ${event.words.length} words`);
      break;
    case 'error':
      log.error(`${event.code}: ${event.message}`);
      break;
    case 'warning':
      log.warn(`${event.code}: ${event.message}`);
      break;
    case 'reconnecting':
      log.warn(`lost with code ${event.code}, trying again (${event.attempt})`);
      break;
    case 'end': {
      const { unsavedText: _, type, ...figures } = event;
      log.info(`${type}: ${JSON.stringify(figures)}`);
      break;
    }
    default:
      log.info(JSON.stringify(event));
  }
}
