const FULL_SCALE = 32_768;
const FULL_SCALE_DB = 20 * Math.log10(FULL_SCALE);

/** The level of digital silence, in dB relative to full scale. */
export const SILENT_DB = -100;

/** Signed 16-bit little-endian PCM as samples from -1 to 1; an odd last byte is left out. */
export function decodePcm16(pcm: Uint8Array): Float32Array {
  const bytes = new DataView(pcm.buffer, pcm.byteOffset, pcm.byteLength);
  return Float32Array.from(
    { length: pcm.byteLength >> 1 },
    (_, index) => bytes.getInt16(index * 2, true) / FULL_SCALE,
  );
}

/** Samples as signed 16-bit little-endian PCM; what is beyond full scale is clipped. */
export function encodePcm16(samples: Float32Array): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(samples.length * 2));
  for (const [index, sample] of samples.entries()) {
    // A NaN, which a damaged float file may hold, becomes silence.
    const rounded = Math.round(sample * FULL_SCALE) || 0;
    bytes.setInt16(index * 2, Math.min(Math.max(rounded, -FULL_SCALE), FULL_SCALE - 1), true);
  }
  return new Uint8Array(bytes.buffer);
}

/** Root mean square of a PCM frame in dB relative to full scale; `SILENT_DB` for zeros. */
export function levelOf(frame: Uint8Array): number {
  return levelIn(new DataView(frame.buffer, frame.byteOffset, frame.byteLength), 0, frame.length);
}

/** The same of a stretch of bytes, without a view of its own to be thrown away. */
export function levelIn(pcm: DataView, offset: number, byteLength: number): number {
  const length = byteLength & ~1;
  const end = offset + length;
  let sum = 0;
  let at = offset;
  // Two samples at a time: this is most of what a frame costs us.
  for (; at + 4 <= end; at += 4) {
    const pair = pcm.getInt32(at, true);
    const first = (pair << 16) >> 16;
    const second = pair >> 16;
    sum += first * first + second * second;
  }
  if (at < end) sum += pcm.getInt16(at, true) ** 2;
  if (sum === 0) return SILENT_DB;
  return Math.max(SILENT_DB, 10 * Math.log10((sum * 2) / length) - FULL_SCALE_DB);
}
