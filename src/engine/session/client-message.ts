import { invalidInput, type Refusal } from '../refusal.ts';
import { checkUpdate, type SessionSettings, type SettingsUpdate } from './session-settings.ts';

/** A text frame of the client, understood. */
export type ClientMessage =
  | { readonly kind: 'update'; readonly update: SettingsUpdate }
  | { readonly kind: 'force-endpoint' }
  | { readonly kind: 'keep-alive' }
  | { readonly kind: 'terminate' }
  | { readonly kind: 'invalid'; readonly refusal: Refusal };

/** Never throws: what is not a message of v3 is an answer of kind `invalid`. */
export function readClientMessage(text: string, model: SessionSettings['model']): ClientMessage {
  const message = parse(text);
  if (message === undefined) return invalid('Invalid JSON: the message could not be parsed');
  if (typeof message !== 'object' || message === null || Array.isArray(message)) {
    return invalid('Invalid Message: expected an object with a type');
  }
  const fields = new Map<string, unknown>(Object.entries(message));
  switch (fields.get('type')) {
    case 'UpdateConfiguration': {
      const checked = checkUpdate(fields, model);
      if (typeof checked !== 'string') return { kind: 'update', update: checked };
      return { kind: 'invalid', refusal: invalidInput(checked) };
    }
    case 'ForceEndpoint':
      return { kind: 'force-endpoint' };
    case 'KeepAlive':
      return { kind: 'keep-alive' };
    case 'Terminate':
      return { kind: 'terminate' };
    default:
      return invalid('Invalid Message Type: the type is none of those a client may send');
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // `undefined` is no JSON value, so it can stand for text that is none.
    return undefined;
  }
}

function invalid(text: string): ClientMessage {
  return { kind: 'invalid', refusal: { code: 3006, text } };
}
