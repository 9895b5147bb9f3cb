import type { IncomingHttpHeaders } from 'node:http';
import { isLoopback } from '../../core/index.ts';

/**
 * Whether a program of this machine asks, and no web page. A page whose name was made to point here
 * still names itself as the host; a page from elsewhere names where it came from. Some clients that
 * are no browsers name the server itself as their origin, which no page can.
 */
export function isLocalProgram({ host, origin }: IncomingHttpHeaders): boolean {
  const own = parse(`http://${host ?? ''}`);
  if (!own || !isLoopback(own.hostname)) return false;
  return origin === undefined || parse(origin)?.host === own.host;
}

function parse(address: string): URL | undefined {
  return URL.canParse(address) ? new URL(address) : undefined;
}
