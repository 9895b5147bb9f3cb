import type { WireClientMessage, WireConfiguration } from './wire.ts';

export type ClientMessage =
  | { readonly kind: 'update-configuration'; readonly configuration: WireConfiguration }
  | { readonly kind: 'force-endpoint' }
  | { readonly kind: 'keep-alive' }
  | { readonly kind: 'terminate' };

/** One text frame; audio travels as binary frames of its own. */
export function encode(message: ClientMessage): string {
  return JSON.stringify(toWire(message));
}

function toWire(message: ClientMessage): WireClientMessage {
  switch (message.kind) {
    case 'update-configuration':
      return { type: 'UpdateConfiguration', ...message.configuration };
    case 'force-endpoint':
      return { type: 'ForceEndpoint' };
    case 'keep-alive':
      return { type: 'KeepAlive' };
    case 'terminate':
      return { type: 'Terminate' };
    default:
      return message satisfies never;
  }
}
