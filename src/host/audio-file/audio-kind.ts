/** What a file or a stream is, by its first bytes. */
export type AudioKind =
  | { readonly kind: 'wav' }
  /** `name` is for people; `demuxer` is ffmpeg's name of what reads it. */
  | { readonly kind: 'other'; readonly name: string; readonly demuxer: string }
  | { readonly kind: 'unknown' };

/** As much as tells all kinds apart but MPEG audio. */
export const HEAD_BYTES = 12;
/** The longest MPEG frame, and the head of the next. */
export const MPEG_HEAD_BYTES = 1_445;

const KINDS: readonly (readonly [RegExp, name: string, demuxer: string])[] = [
  [/^RIFF....AVI /s, 'an AVI film', 'avi'],
  [/^RIFX/, 'a big-endian WAV file', 'wav'],
  [/^fLaC/, 'a FLAC file', 'flac'],
  [/^OggS/, 'an Ogg file', 'ogg'],
  [/^ID3/, 'an MP3 file', 'mp3'],
  [/^....ftyp/s, 'an MP4 file', 'mov'],
  [/^FORM....AIF/s, 'an AIFF file', 'aiff'],
  [/^.E\xdf\xa3/s, 'a WebM file', 'matroska'],
  [/^caff/, 'a CAF file', 'caf'],
  [/^\.snd/, 'an AU file', 'au'],
  [/^#!AMR/, 'an AMR file', 'amr'],
  [/^0&\xb2u/, 'a WMA file', 'asf'],
  [/^wvpk/, 'a WavPack file', 'wv'],
];

/** Raw samples have no head at all, so what is `unknown` may be these. */
export function audioKind(head: Uint8Array): AudioKind {
  const magic = String.fromCharCode(...head.subarray(0, HEAD_BYTES));
  if (/^(RIFF|RF64|BW64)....WAVE$/s.test(magic)) return { kind: 'wav' };
  const [, name, demuxer] = KINDS.find(([pattern]) => pattern.test(magic)) ?? [];
  if (name !== undefined && demuxer !== undefined) return { kind: 'other', name, demuxer };
  if (isMp3(head)) return { kind: 'other', name: 'an MP3 file', demuxer: 'mp3' };
  if (isAac(head)) return { kind: 'other', name: 'an AAC file', demuxer: 'aac' };
  return { kind: 'unknown' };
}

/** Whether it takes `MPEG_HEAD_BYTES` to know: a loud raw sample may look like such a head too. */
export function mayBeMpeg([first = 0, second = 0]: Uint8Array): boolean {
  return first === 0xff && (second & 0xe0) === 0xe0;
}

/** Kilobits a second of layer III, by the four bits of the head: MPEG 1, and MPEG 2 and 2.5. */
const BIT_RATES = [
  [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
] as const;
const SAMPLE_RATES = [44_100, 48_000, 32_000] as const;

/** One frame of MPEG audio, layer III, with another behind it. */
function isMp3(head: Uint8Array): boolean {
  const [, second = 0, third = 0] = head;
  if (!mayBeMpeg(head) || ((second >> 1) & 3) !== 1) return false;
  const version = (second >> 3) & 3;
  const isFirst = version === 3;
  const bitRate = BIT_RATES[isFirst ? 0 : 1][(third >> 4) - 1];
  const fullRate = SAMPLE_RATES[(third >> 2) & 3];
  if (bitRate === undefined || fullRate === undefined || version === 1) return false;
  const rate = isFirst ? fullRate : fullRate / (version === 2 ? 2 : 4);
  const bytes = Math.floor(((isFirst ? 144_000 : 72_000) * bitRate) / rate) + ((third >> 1) & 1);
  return head.length < bytes + 2 || mayBeMpeg(head.subarray(bytes));
}

/** One frame of AAC in ADTS, with another behind it. */
function isAac(head: Uint8Array): boolean {
  const [, second = 0, , fourth = 0, fifth = 0, sixth = 0] = head;
  if (!mayBeMpeg(head) || (second & 0xf6) !== 0xf0) return false;
  const bytes = ((fourth & 3) << 11) | (fifth << 3) | (sixth >> 5);
  return bytes > 7 && (head.length < bytes + 2 || mayBeMpeg(head.subarray(bytes)));
}
