/**
 * Where a session's audio lies in the dictation's. It is one stretch, unless some of what waited had
 * to be left out: then what follows lies further on, and what came before stays where it was.
 */
export class Origins {
  readonly #stretches: { readonly fromMs: number; readonly originMs: number }[];

  /** The session's audio begins at `originMs` of the dictation's. */
  constructor(originMs: number) {
    this.#stretches = [{ fromMs: 0, originMs }];
  }

  /** After `fromMs` of the session's audio, `ms` were left out. */
  skip(fromMs: number, ms: number): void {
    this.#stretches.push({ fromMs, originMs: this.#originAt(fromMs) + ms });
  }

  toDictationMs(sessionMs: number): number {
    return sessionMs + this.#originAt(sessionMs);
  }

  #originAt(sessionMs: number): number {
    // A word may end with the stretch it belongs to, but not begin where the next one does.
    return this.#stretches.findLast(({ fromMs }) => fromMs < sessionMs)?.originMs ?? this.#first;
  }

  get #first(): number {
    return this.#stretches[0]?.originMs ?? 0;
  }
}
