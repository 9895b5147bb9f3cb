import type { DictationEvent, DictationTrace } from './events.ts';

/**
 * `one-line` makes a space of tabs and breaks; `kept` leaves tabs and line feeds, and makes a line
 * feed of every other break.
 */
export type Breaks = 'one-line' | 'kept';

/** Most of what is said, where nothing has to go. */
const PLAIN = /^[\x20-\x7e]*$/;
const LONE_SURROGATES = /\p{Cs}/gu;
/** Colours and cursor moves; titles and other strings for a terminal; the short ones. */
const ESCAPES = new RegExp(
  [
    '(?:\\u001b\\[|\\u009b)[0-?]*[ -/]*[@-~]',
    // What begins a string cannot stand in one, or a long row of beginnings would be read again and again.
    '(?:\\u001b[\\]PX^_]|[\\u0090\\u0098\\u009d-\\u009f])[^\\u0007\\u001b\\u0090\\u0098\\u009c-\\u009f]*(?:\\u0007|\\u001b\\\\|\\u009c)',
    '\\u001b[()#%*+][0-~]',
  ].join('|'),
  'gu',
);
const BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/gu;
const RARE_BREAKS = /\r\n|[\v\f\r\u0085\u2028\u2029]/gu;
const CONTROLS = /\p{Cc}/gu;
const CONTROLS_BUT_BREAKS = /[^\P{Cc}\t\n]/gu;

/** Scripts that spell words with joiners, such as Persian, Hindi and Sinhala. */
const JOINING = scripts(
  'Arabic Syriac Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu Kannada Malayalam Sinhala',
);
/** Scripts that mark words with a space of no width. */
const SEPARATING = scripts('Khmer Lao Myanmar Thai');
const RIGHT_TO_LEFT = scripts('Arabic Hebrew Syriac Thaana');
const PICTURE = '\\p{Extended_Pictographic}';

/**
 * Signs of no width that mean something where they stand. Each is told by its neighbours, which are
 * never such signs themselves, save the variation sign that makes a picture of a heart: so taking
 * the others out changes nothing for those that stay.
 */
const MEANT = new RegExp(
  [
    `(?<=(?:${PICTURE}|\\p{Emoji_Modifier})\\ufe0f?)\\u200d(?=${PICTURE})`,
    `(?<=${PICTURE})[\\ufe0e\\ufe0f]`,
    '(?<=[#*0-9])\\ufe0f(?=\\u20e3)',
    `(?<=${JOINING})[\\u200c\\u200d](?!\\p{DI})`,
    `(?<=${SEPARATING})\\u200b(?=${SEPARATING})`,
    '(?<=\\p{Script=Han})[\\ufe00-\\ufe02\\u{e0100}-\\u{e01ef}]',
    '(?<=[\\u1820-\\u18aa])[\\u180b-\\u180f](?!\\p{DI})',
    `(?<=${RIGHT_TO_LEFT})[\\u200e\\u200f](?!\\p{DI})`,
    // The flags of England, Scotland and Wales are spelt with tags, and nothing else is.
    ...['gbeng', 'gbsct', 'gbwls'].map((flag) => `(?<=\\u{1f3f4})${tags(flag)}\\u{e007f}`),
  ].join('|'),
  'uy',
);
const INVISIBLE = /[\p{DI}\ufff9-\ufffb]+/gu;

/**
 * Text from outside made fit to be shown or typed: no escapes, no controls, nothing that is not
 * seen or that turns the reading direction (CVE-2021-42574). What people write stays: joiners
 * inside pictures and in scripts that are spelt with them. Cleaning twice changes nothing.
 */
export function cleanText(text: string, breaks: Breaks = 'one-line'): string {
  if (PLAIN.test(text)) return text;
  const whole = text.replace(LONE_SURROGATES, '').replace(ESCAPES, '');
  const plain =
    breaks === 'one-line'
      ? whole.replace(BREAKS, ' ').replace(CONTROLS, '')
      : whole.replace(RARE_BREAKS, '\n').replace(CONTROLS_BUT_BREAKS, '');
  return plain.replace(INVISIBLE, (run, at: number) => meantIn(run, plain, at));
}

/** The event with every text in it cleaned, so that no later step has to remember to. */
export function cleanEvent<Told extends DictationEvent | DictationTrace>(event: Told): Told {
  return cleanDeep(event) as Told;
}

function meantIn(run: string, text: string, at: number): string {
  let kept = '';
  for (let index = at; index < at + run.length; ) {
    MEANT.lastIndex = index;
    const [meant = ''] = MEANT.exec(text) ?? [];
    kept += meant;
    index += meant.length || String.fromCodePoint(text.codePointAt(index) ?? 0).length;
  }
  return kept;
}

/** Gives back the value itself where nothing had to go, as with nearly everything that is said. */
function cleanDeep(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) {
    const cleaned = value.map(cleanDeep);
    return cleaned.some((part, index) => part !== value[index]) ? cleaned : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  const cleaned: Record<string, unknown> = { ...value };
  let hasChanged = false;
  for (const name in cleaned) {
    const part = cleanDeep(cleaned[name]);
    hasChanged ||= part !== cleaned[name];
    cleaned[name] = part;
  }
  return hasChanged ? cleaned : value;
}

function scripts(names: string): string {
  const classes = names.split(' ').map((name) => `\\p{Script=${name}}`);
  return `(?!\\p{DI})[${classes.join('')}]`;
}

function tags(letters: string): string {
  return [...letters]
    .map((letter) => `\\u{${(0xe0000 + letter.charCodeAt(0)).toString(16)}}`)
    .join('');
}
