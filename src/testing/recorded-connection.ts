import type { IncomingHttpHeaders } from 'node:http';

/** A frame as it came in. `atMs` is `performance.now()`, good for differences only. */
export type ReceivedFrame =
  | { readonly kind: 'audio'; readonly atMs: number; readonly bytes: Uint8Array }
  | { readonly kind: 'message'; readonly atMs: number; readonly message: ClientMessage };

export interface ClientMessage {
  readonly type?: string;
  readonly [field: string]: unknown;
}

/** All that one client did, in the order it did it. */
export class RecordedConnection {
  readonly headers: IncomingHttpHeaders;
  readonly query: URLSearchParams;
  readonly openedAtMs = performance.now();
  readonly frames: ReceivedFrame[] = [];
  beganAtMs: number | undefined;
  /** How the connection ended: 1006 when the client dropped it. */
  closeCode: number | undefined;
  readonly #waiting = new Set<() => void>();

  constructor(headers: IncomingHttpHeaders, query: URLSearchParams) {
    this.headers = headers;
    this.query = query;
  }

  get sampleRateHz(): number {
    return Number(this.query.get('sample_rate') ?? 16_000);
  }

  get audioFrames() {
    return this.frames.filter((frame) => frame.kind === 'audio');
  }

  /** All audio received, as one piece. */
  get audio(): Buffer {
    return Buffer.concat(this.audioFrames.map((frame) => frame.bytes));
  }

  get audioMs(): number {
    const bytes = this.audioFrames.reduce((sum, frame) => sum + frame.bytes.byteLength, 0);
    return (bytes / 2 / this.sampleRateHz) * 1000;
  }

  /** The first message of this type, with its time. */
  message(type: string) {
    return this.frames
      .filter((frame) => frame.kind === 'message')
      .find((frame) => frame.message.type === type);
  }

  /** Resolves when `condition` holds; it is asked again whenever something happens here. */
  until(condition: (connection: RecordedConnection) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const ask = () => {
        if (!condition(this)) return;
        this.#waiting.delete(ask);
        resolve();
      };
      this.#waiting.add(ask);
      ask();
    });
  }

  /** Resolves with the close code when the connection has ended. */
  async ended(): Promise<number> {
    await this.until((connection) => connection.closeCode !== undefined);
    return this.closeCode ?? 1006;
  }

  /** For the server that records: tells whoever waits that something happened. */
  changed(): void {
    for (const ask of [...this.#waiting]) ask();
  }
}
