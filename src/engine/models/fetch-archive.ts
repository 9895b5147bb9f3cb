import { type FileHandle, open, stat } from 'node:fs/promises';
import { type Clock, DictationError } from '../../core/index.ts';
import { asWriteError } from './write-error.ts';

export interface ArchiveRequest {
  readonly url: string;
  /** Grows while it comes; what is there already is not fetched again. */
  readonly path: string;
  /** More than so much is not taken. */
  readonly mostBytes: number;
  readonly clock: Clock;
  readonly onProgress: (bytes: number, ofBytes: number | undefined) => void;
  /** What came until it is aborted stays, so that the next attempt goes on from there. */
  readonly signal: AbortSignal;
}

/** A server that gives nothing for so long is given up. */
const STALL_MS = 30_000;

/** @throws DictationError `unreachable`, `service-failed`, `connection-lost`, `output-failed` */
export async function fetchArchive(request: ArchiveRequest): Promise<void> {
  const { url, path, mostBytes, onProgress } = request;
  const host = new URL(url).host;
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  request.signal.addEventListener('abort', stop, { once: true });
  if (request.signal.aborted) stop();
  let isStalled = false;
  let cancelWatch = () => {};
  const watch = () => {
    cancelWatch();
    cancelWatch = request.clock.schedule(STALL_MS, () => {
      isStalled = true;
      stop();
    });
  };

  let file: FileHandle | undefined;
  let received = await sizeOf(path);
  let answered = false;
  try {
    watch();
    const response = await fetch(url, {
      headers: {
        'Accept-Encoding': 'identity',
        ...(received > 0 ? { Range: `bytes=${received}-` } : {}),
      },
      signal: stopping.signal,
    });
    answered = true;
    const start = startOf(response, received, host);
    if (start === 'whole') return;
    received = start;
    file = await open(path, start === 0 ? 'w' : 'a').catch((cause) => {
      throw asWriteError(cause, path);
    });
    const length = Number(response.headers.get('content-length') ?? Number.NaN);
    const total = Number.isFinite(length) ? start + length : undefined;
    if (total !== undefined && total > mostBytes) throw tooLarge(host, mostBytes);
    onProgress(received, total);
    for await (const chunk of response.body ?? []) {
      watch();
      received += chunk.byteLength;
      if (received > mostBytes) throw tooLarge(host, mostBytes);
      await file.write(chunk).catch((cause) => {
        throw asWriteError(cause, path);
      });
      onProgress(received, total);
    }
    if (total !== undefined && received < total) throw brokenOff(host);
  } catch (cause) {
    if (cause instanceof DictationError) throw cause;
    if (request.signal.aborted) {
      throw new DictationError('engine-unavailable', CANCELLED, { cause });
    }
    if (isStalled) {
      const message = `${host} sent nothing for ${STALL_MS / 1_000} s; run the same command to continue`;
      throw new DictationError('connection-lost', message, { cause });
    }
    if (answered) throw brokenOff(host, cause);
    const message = `${host} cannot be reached; check the network, or name a mirror`;
    throw new DictationError('unreachable', message, { cause });
  } finally {
    cancelWatch();
    request.signal.removeEventListener('abort', stop);
    await file?.close();
    // An answer nobody reads would hold its connection.
    if (!stopping.signal.aborted) stop();
  }
}

const CANCELLED = 'The download was stopped; run the same command to continue it';

/** Where in the file this answer begins; `whole` where there is nothing more to fetch. */
function startOf(response: Response, had: number, host: string): number | 'whole' {
  const { status, headers } = response;
  // The end was reached before; the checksum will tell whether it was the right one.
  if (status === 416 && had > 0) return 'whole';
  if (status !== 200 && status !== 206) {
    const advice = status === 404 ? 'check the name of the model' : 'try again later';
    const message = `${host} answered ${status} instead of the archive; ${advice}, or name a mirror`;
    throw new DictationError('service-failed', message);
  }
  if (headers.get('content-type')?.startsWith('text/')) {
    const message = `${host} sent a web page instead of the archive; a login page of the network may be in the way`;
    throw new DictationError('service-failed', message);
  }
  if (status === 200) return 0;
  const isNext = headers.get('content-range')?.startsWith(`bytes ${had}-`);
  if (isNext) return had;
  throw new DictationError(
    'service-failed',
    `${host} sent another part of the archive than it was asked for; name a mirror`,
  );
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch {
    // Nothing came yet.
    return 0;
  }
}

function tooLarge(host: string, mostBytes: number): DictationError {
  const limit = `${Math.round(mostBytes / 1_000_000)} MB`;
  return new DictationError(
    'service-failed',
    `${host} sends more than ${limit}, which is more than this model has; nothing was installed`,
  );
}

function brokenOff(host: string, cause?: unknown): DictationError {
  const message = `${host} broke off the download; run the same command to continue it`;
  return new DictationError('connection-lost', message, { cause });
}
