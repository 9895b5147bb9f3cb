/** The level of digital silence, in dB relative to full scale. */
export const SILENT_DB = -100;

/** Root mean square of a PCM frame in dB relative to full scale; `SILENT_DB` for zeros. */
export function levelOf(frame: Uint8Array): number {
  const samples = new DataView(frame.buffer, frame.byteOffset, frame.byteLength & ~1);
  const count = samples.byteLength / 2;
  if (count === 0) return SILENT_DB;
  let sum = 0;
  for (let index = 0; index < count; index += 1) {
    const sample = samples.getInt16(index * 2, true);
    sum += sample * sample;
  }
  if (sum === 0) return SILENT_DB;
  return Math.max(SILENT_DB, 10 * Math.log10(sum / count) - FULL_SCALE_DB);
}

const FULL_SCALE_DB = 20 * Math.log10(32_768);
