/**
 * What the other side has received for certain. A pong proves that everything sent before its ping
 * arrived, because a connection keeps the order; that the network took something proves nothing.
 */
export class Arrival {
  /** What had been sent at each ping that is not answered yet, oldest first. */
  readonly #pings: { readonly bytes: number; readonly terminate: 'sent' | 'not-sent' }[] = [];
  #bytes = 0;
  #terminate: 'arrived' | 'unknown' = 'unknown';

  /** Audio of so many bytes that surely arrived. */
  get bytes(): number {
    return this.#bytes;
  }

  get hasTerminate(): boolean {
    return this.#terminate === 'arrived';
  }

  pinged(bytes: number, terminate: 'sent' | 'not-sent'): void {
    this.#pings.push({ bytes, terminate });
  }

  ponged(): void {
    const ping = this.#pings.shift();
    if (!ping) return;
    this.#bytes = ping.bytes;
    if (ping.terminate === 'sent') this.#terminate = 'arrived';
  }
}
