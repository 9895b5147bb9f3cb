/** Some 20 ms: a message for each 128 samples would keep the page busy. */
const BLOCK = 1_024;

/** Runs beside the page, on the browser's thread for sound; gives blocks of samples. */
const SOURCE = `
registerProcessor('lull-microphone', class extends AudioWorkletProcessor {
  #block = new Float32Array(${BLOCK});
  #filled = 0;
  #state = 'listening';

  constructor() {
    super();
    this.port.onmessage = () => {
      this.#state = 'drained';
      this.port.postMessage(this.#block.slice(0, this.#filled));
      this.port.postMessage('drained');
    };
  }

  process([[samples]]) {
    for (const sample of samples ?? []) {
      this.#block[this.#filled++] = sample;
      if (this.#filled < ${BLOCK}) continue;
      this.port.postMessage(this.#block.slice());
      this.#filled = 0;
    }
    return this.#state === 'listening';
  }
});`;

let url: string | undefined;

/** As an address of the page's own, so that nobody has to serve another file. */
export function workletUrl(): string {
  url ??= URL.createObjectURL(new Blob([SOURCE], { type: 'text/javascript' }));
  return url;
}
