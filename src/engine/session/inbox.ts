/** Some four minutes of speech: more than any client that speaks is ever behind. */
const FULL_BYTES = 8 * 1_024 * 1_024;
/** Reading goes on at half, so that it does not stop and go with every frame. */
const ROOM_BYTES = FULL_BYTES / 2;
/** What holding any item costs, besides its own bytes. */
const ITEM_BYTES = 128;

/**
 * What a client sent and was not worked on yet, in order. It takes everything; whoever fills it asks
 * `isFull` and stops reading from the client, who then has to wait: nothing is dropped.
 */
export class Inbox<Item> {
  #items: { readonly item: Item; readonly bytes: number }[] = [];
  #next = 0;
  #bytes = 0;

  get isEmpty(): boolean {
    return this.#next === this.#items.length;
  }

  get isFull(): boolean {
    return this.#bytes >= FULL_BYTES;
  }

  get hasRoom(): boolean {
    return this.#bytes <= ROOM_BYTES;
  }

  push(item: Item, ownBytes: number): void {
    const bytes = ownBytes + ITEM_BYTES;
    this.#items.push({ item, bytes });
    this.#bytes += bytes;
  }

  take(): Item | undefined {
    const taken = this.#items[this.#next];
    if (!taken) return undefined;
    this.#next += 1;
    this.#bytes -= taken.bytes;
    if (this.#next * 2 > this.#items.length) {
      // Taking the first of a long array one by one would move all others each time.
      this.#items = this.#items.slice(this.#next);
      this.#next = 0;
    }
    return taken.item;
  }

  clear(): void {
    this.#items = [];
    this.#next = 0;
    this.#bytes = 0;
  }
}
