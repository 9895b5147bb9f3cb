import { request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { type Clock, DictationError, isCertificateFault } from '../../core/index.ts';
import type { Check } from './report.ts';

const LIMIT_MS = 5_000;
/** Tokens and certificates are judged by the clock; a minute is what they forgive. */
const MOST_SKEW_SECONDS = 60;

/**
 * Reaches the service's host and looks at its certificate and its clock. No session is opened: it
 * would be billed.
 */
export async function checkService(endpoint: string, clock: Clock): Promise<readonly Check[]> {
  const url = new URL(endpoint);
  const isPlain = url.protocol === 'ws:';
  const send = isPlain ? requestPlain : requestSecure;
  const startedMs = clock.now();
  return new Promise((resolve) => {
    const fail = (reason: string) => resolve([unreachable(url.host, reason)]);
    const cancel = clock.schedule(LIMIT_MS, () => {
      fail('ETIMEDOUT');
      request.destroy();
    });
    const request = send(`${isPlain ? 'http' : 'https'}://${url.host}/`, { method: 'HEAD' });
    request.on('response', (response) => {
      cancel();
      response.resume();
      const tookMs = Math.round(clock.now() - startedMs);
      const how = isPlain ? '' : ', its certificate is trusted';
      const message = `${url.host} answered after ${tookMs} ms${how}`;
      resolve([
        { name: 'endpoint', state: 'ok', message },
        clockCheck(response.headers.date, clock),
      ]);
    });
    request.on('error', (error) => {
      cancel();
      fail('code' in error ? String(error.code) : error.message);
    });
    request.end();
  });
}

function unreachable(host: string, reason: string): Check {
  const message = isCertificateFault(reason)
    ? `The certificate of ${host} is not trusted (${reason}): behind a company proxy, point NODE_EXTRA_CA_CERTS at its certificate file`
    : `${host} cannot be reached (${reason}): check the network, a proxy and the address`;
  return {
    name: 'endpoint',
    state: 'failed',
    message,
    error: new DictationError('unreachable', message),
  };
}

function clockCheck(date: string | undefined, clock: Clock): Check {
  const theirsMs = Date.parse(date ?? '');
  if (Number.isNaN(theirsMs)) {
    return {
      name: 'clock',
      state: 'skipped',
      message: 'The service did not send its time, so the clock was not checked',
    };
  }
  const skewSeconds = Math.round((clock.unixMs() - theirsMs) / 1_000);
  if (Math.abs(skewSeconds) <= MOST_SKEW_SECONDS) {
    return {
      name: 'clock',
      state: 'ok',
      message: "This machine's clock agrees with the service's",
    };
  }
  const direction = skewSeconds > 0 ? 'ahead of' : 'behind';
  const message = `This machine's clock is ${Math.abs(skewSeconds)} s ${direction} the service's; set it, or sessions will seem to expire early`;
  return { name: 'clock', state: 'warning', message };
}
