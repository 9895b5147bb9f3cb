/** The places of loudspeakers, as bits of a channel mask (Microsoft's ksmedia.h). */
const [FRONT_LEFT, FRONT_RIGHT, FRONT_CENTRE, LOW_FREQUENCY] = [1, 2, 4, 8];
const [BACK_CENTRE, SIDE_LEFT, SIDE_RIGHT] = [0x100, 0x200, 0x400];
const BACK_LEFT = 0x10;
const BACK_RIGHT = 0x20;

/** What a file without a mask most likely is, by its number of channels; the same as ffmpeg's guess. */
const USUAL_MASKS: Readonly<Record<number, number>> = {
  3: FRONT_LEFT | FRONT_RIGHT | LOW_FREQUENCY,
  4: FRONT_LEFT | FRONT_RIGHT | FRONT_CENTRE | BACK_CENTRE,
  5: FRONT_LEFT | FRONT_RIGHT | FRONT_CENTRE | BACK_LEFT | BACK_RIGHT,
  6: FRONT_LEFT | FRONT_RIGHT | FRONT_CENTRE | LOW_FREQUENCY | BACK_LEFT | BACK_RIGHT,
  7: FRONT_LEFT | FRONT_RIGHT | FRONT_CENTRE | LOW_FREQUENCY | BACK_CENTRE | SIDE_LEFT | SIDE_RIGHT,
  8: 0x63f,
};

const MINUS_3_DB = Math.SQRT1_2;

/**
 * How much of each channel goes into the mono sound, as ffmpeg mixes it: voices are in the centre,
 * surround is 3 dB less than the front, and the bass of a film is left out.
 */
export function monoWeights(channels: number, mask: number | undefined): readonly number[] {
  const isWhole = mask !== undefined && placesOf(mask).length === channels;
  const places = placesOf(isWhole ? mask : (USUAL_MASKS[channels] ?? 0));
  // Two channels, or so many that nobody knows what they are: the mean.
  if (places.length !== channels || channels < 3) return Array(channels).fill(1 / channels);
  const weights = places.map(weightOf);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

function placesOf(mask: number): readonly number[] {
  return Array.from({ length: 32 }, (_, bit) => 2 ** bit).filter((place) => (mask & place) !== 0);
}

function weightOf(place: number): number {
  if (place === FRONT_CENTRE) return 1;
  if (place === LOW_FREQUENCY) return 0;
  return place === FRONT_LEFT || place === FRONT_RIGHT ? MINUS_3_DB : MINUS_3_DB ** 2;
}
