import { EventEmitter, once } from 'node:events';
import type { AudioEnding, AudioListener } from '../../../src/core/ports.ts';

/** A listener that keeps everything a source gives it. */
export class CollectedAudio implements AudioListener {
  readonly pieces: Uint8Array[] = [];
  readonly notices: { readonly code: string; readonly message: string }[] = [];
  readonly endings: AudioEnding[] = [];
  readonly #changes = new EventEmitter();
  readonly #onPiece: (piece: Uint8Array) => void;

  constructor(onPiece: (piece: Uint8Array) => void = () => {}) {
    this.#onPiece = onPiece;
  }

  onAudio(pcm: Uint8Array): void {
    this.pieces.push(pcm);
    this.#onPiece(pcm);
    this.#changes.emit('change');
  }

  onEnd(ending: AudioEnding): void {
    this.endings.push(ending);
    this.#changes.emit('change');
  }

  onWarning(code: string, message: string): void {
    this.notices.push({ code, message });
    this.#changes.emit('change');
  }

  /** The codes of all warnings. */
  get warnings(): readonly string[] {
    return this.notices.map(({ code }) => code);
  }

  get pcm(): Buffer {
    return Buffer.concat(this.pieces);
  }

  /** What went wrong: the error's code and sentence. */
  get failure(): { readonly code: string; readonly message: string } | undefined {
    const ending = this.endings[0];
    return ending?.kind === 'failed' ? ending.error : undefined;
  }

  async received(bytes: number): Promise<void> {
    while (this.pcm.length < bytes && this.endings.length === 0) await this.#change();
  }

  async ended(): Promise<void> {
    while (this.endings.length === 0) await this.#change();
  }

  async warned(code: string): Promise<void> {
    while (!this.warnings.includes(code) && this.endings.length === 0) await this.#change();
  }

  #change(): Promise<unknown> {
    return once(this.#changes, 'change');
  }
}
