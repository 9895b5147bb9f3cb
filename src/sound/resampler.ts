export interface ResamplerOptions {
  /** Whole Hz, 1 or more. */
  readonly fromRateHz: number;
  readonly toRateHz: number;
}

/** Zero crossings of the kernel on each side; 48 make its slope a tenth of Nyquist wide. */
const CROSSINGS = 48;
/** Table steps per crossing; linear interpolation between them errs by less than -100 dB. */
const STEPS = 512;
/** Kaiser's shape for a stop band of about -80 dB. */
const KAISER_BETA = 8;
/** Where the kernel cuts, as a share of the lower Nyquist frequency: its slope ends at 1. */
const CUTOFF = 0.945;

const KERNEL = kernelTable();

/**
 * Changes the sample rate of a stream of mono samples by band-limited interpolation with a
 * windowed sinc. N samples become ceil(N * to / from), however they are cut into pieces, and
 * sample k of the output lies exactly at k / toRateHz.
 */
export class Resampler {
  readonly #from: number;
  readonly #to: number;
  /** The cutoff in cycles per two input samples, which is also the kernel's gain. */
  readonly #scale: number;
  /** Input samples the kernel reaches to each side. */
  readonly #reach: number;
  /** Input from sample `#first` on that a coming output sample may still need. */
  #kept = new Float32Array(0);
  #first = 0;
  #received = 0;
  /** The next output sample's place in the input: `#index + #remainder / toRateHz`. */
  #index = 0;
  #remainder = 0;

  constructor({ fromRateHz, toRateHz }: ResamplerOptions) {
    this.#from = fromRateHz;
    this.#to = toRateHz;
    this.#scale = CUTOFF * Math.min(1, toRateHz / fromRateHz);
    this.#reach = Math.ceil(CROSSINGS / this.#scale);
  }

  /** Takes the next samples and gives those that are settled by them. */
  push(samples: Float32Array): Float32Array {
    this.#keep(samples);
    return this.#produce(this.#received - this.#reach);
  }

  /** The last samples, with silence assumed after the end. */
  flush(): Float32Array {
    return this.#produce(this.#received);
  }

  #keep(samples: Float32Array): void {
    const stale = Math.min(Math.max(this.#index - this.#reach - this.#first, 0), this.#kept.length);
    const kept = new Float32Array(this.#kept.length - stale + samples.length);
    kept.set(this.#kept.subarray(stale));
    kept.set(samples, this.#kept.length - stale);
    this.#kept = kept;
    this.#first += stale;
    this.#received += samples.length;
  }

  /** All output samples that lie before input sample `end`. */
  #produce(end: number): Float32Array {
    const span = (end - this.#index) * this.#to - this.#remainder;
    const output = new Float32Array(Math.max(0, Math.ceil(span / this.#from)));
    for (let count = 0; count < output.length; count += 1) {
      output[count] = this.#sampleAt(this.#index, this.#remainder / this.#to);
      // Whole numbers only, so the place never drifts.
      const place = this.#remainder + this.#from;
      this.#index += Math.floor(place / this.#to);
      this.#remainder = place % this.#to;
    }
    return output;
  }

  #sampleAt(index: number, fraction: number): number {
    const first = Math.max(index - this.#reach, this.#first);
    const last = Math.min(index + this.#reach, this.#received - 1);
    const perSample = this.#scale * STEPS;
    let sum = 0;
    for (let at = first; at <= last; at += 1) {
      const distance = Math.abs(at - index - fraction) * perSample;
      const step = Math.floor(distance);
      if (step >= CROSSINGS * STEPS) continue;
      const low = KERNEL[step] ?? 0;
      const high = KERNEL[step + 1] ?? 0;
      sum += (this.#kept[at - this.#first] ?? 0) * (low + (high - low) * (distance - step));
    }
    return sum * this.#scale;
  }
}

/** One side of the kernel: sinc under a Kaiser window. */
function kernelTable(): Float64Array {
  const table = new Float64Array(CROSSINGS * STEPS + 1);
  for (let step = 0; step < table.length; step += 1) {
    const x = step / STEPS;
    const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    const edge = x / CROSSINGS;
    table[step] =
      (sinc * besselI0(KAISER_BETA * Math.sqrt(1 - edge * edge))) / besselI0(KAISER_BETA);
  }
  return table;
}

/** The modified Bessel function of order zero, by its power series. */
function besselI0(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > sum * 1e-16; k += 1) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}
