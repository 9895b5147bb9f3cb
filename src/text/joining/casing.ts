/** What tells a name from a word that is only the first of its phrase. */
export interface Evidence {
  /** The whole phrase as the service wrote it. */
  readonly phrase: string;
  /** The text around the place. */
  readonly nearby: string;
  readonly keyterms: readonly string[];
  /** Two letters; English where nobody said. */
  readonly language: string;
  /** Code and command lines spell names small; in them only signs of the word itself count. */
  readonly names: 'known' | 'by-their-form';
}

const FIRST_LETTER = /^[\p{P}\p{S}]*(?=\p{L})/u;
const WORD = /[\p{L}\p{M}\p{N}]+(?:['’.&-][\p{L}\p{N}]+)*/gu;
const FIRST_PERSON = /^I(?:['’](?:m|d|ll|ve|s))?$/;
/** API, SSHs, U.S., GitHub, iPhone, O'Brien, X-ray, IPv6. */
const OWN_FORM =
  /^\p{Lu}[.&-]?[\p{Lu}\p{N}]|\p{Ll}['’-]?\p{Lu}|^\p{Lu}['’]\p{Lu}|^\p{Lu}-|^\p{L}+\p{N}/u;
/** Letters that tell whether a word stands inside a sentence. */
const REACH = 20;
const SENTENCE_END = /[.!?…:。！？]["'”’»)\]*_`]*\s+$/u;

/** A path, an address, an identifier: no word of a sentence, and spelt as it is. */
const NO_WORD = /^[@#/~.$]|[/\\_@]|[\p{L}\p{N}][.:][\p{L}\p{N}]/u;
/** Spelt with a capital in English alone. */
const ENGLISH_NAMES = words(
  `monday tuesday wednesday thursday friday saturday sunday january february april june july august
  september october november december english german french spanish italian dutch portuguese russian
  chinese japanese korean american british european african asian canadian australian indian irish
  christmas easter`,
);
/** Frequent enough to be known without evidence, and no word of another meaning. */
const NAMES = words(
  `google microsoft facebook python javascript docker kubernetes linux ubuntu debian postgres redis
  figma jira firefox azure android london paris berlin madrid rome vienna tokyo europe africa asia
  america germany france spain italy england britain china japan india canada australia`,
);
/** Begin a phrase in the middle of a sentence so often that a name behind them proves nothing. */
const ENGLISH_WORDS = words(
  `a an the this that these those my your his her its our their some any no every each all both in on
  at by to of for from with without into onto over under about after before between through during
  against since until like as than and or but nor so yet if when while where because although though
  unless whether he she it we you they who what which how why there here is are was were am be been do
  does did has have had can could will would shall should may might must not ask tell call see meet
  let make use add get give take send show thank thanks dear hello hey hi yes please say said says
  then also only just even still maybe visit visiting asking calling called met saw told asked near
  using via per plus mr mrs ms dr`,
);
/** German spells every noun with a capital, so only what surely is none loses it. */
const GERMAN_WORDS = words(
  `der die das den dem des ein eine einen einem einer eines kein keine keinen mein meine meinen dein
  deine sein seine ihr ihre ihren unser unsere dieser diese dieses diesen jeder jede jedes ich du er
  sie es wir man mich dich sich uns euch mir dir ihm ihnen und oder aber denn sondern weil dass ob
  wenn als wie wo wer was warum wann damit obwohl bevor nachdem während in im an am auf aus bei beim
  mit nach von vom zu zum zur für gegen ohne um durch über unter vor hinter neben zwischen seit bis
  ist sind war waren bin bist hat haben hatte hatten wird werden wurde wurden kann können konnte
  muss müssen soll sollen will wollen darf dürfen nicht auch nur noch schon sehr so dann da hier
  dort jetzt heute morgen gestern immer nie vielleicht bitte danke ja nein doch mal etwas nichts
  alle alles viele viel mehr wenig gut schnell langsam neu alt groß klein`,
);

/** The phrase with its first letter as large as a sentence asks that begins with it. */
export function withCapital(phrase: string, keyterms: readonly string[] = []): string {
  const first = firstWord(phrase);
  if (first === undefined) return phrase;
  const keyterm = keytermAt(phrase.slice(first.at), keyterms);
  if (keyterm !== undefined) return spelt(phrase, first.at, keyterm);
  if (OWN_FORM.test(first.word)) return phrase;
  return recased(phrase, first.at, largeLetter);
}

/** The phrase with its first letter small, unless it is a name. */
export function withoutCapital(phrase: string, evidence: Evidence): string {
  const first = firstWord(phrase);
  if (first === undefined) return phrase;
  const keyterm = keytermAt(phrase.slice(first.at), evidence.keyterms);
  if (keyterm !== undefined) return spelt(phrase, first.at, keyterm);
  return isName(first.word, first.at, evidence) ? phrase : recased(phrase, first.at, smallLetter);
}

/** Whether a capital at the start of `text` may stand inside a sentence. */
export function beginsWithName(text: string, evidence: Evidence): boolean {
  const first = firstWord(text);
  if (first === undefined) return false;
  return (
    keytermAt(text.slice(first.at), evidence.keyterms) !== undefined ||
    isName(first.word, first.at, { ...evidence, phrase: text })
  );
}

function isName(word: string, at: number, evidence: Evidence): boolean {
  const { phrase, nearby, language, names } = evidence;
  if (FIRST_PERSON.test(word)) return language === 'en';
  if (OWN_FORM.test(word)) return true;
  if (names === 'by-their-form') return false;
  const known = word.replace(/['’]s?$/u, '').toLowerCase();
  if (NAMES.has(known) || (language === 'en' && ENGLISH_NAMES.has(known))) return true;
  if (language === 'de') return !GERMAN_WORDS.has(known);
  if (/^\p{Lu}$/u.test(word) && language === 'en') return word !== 'A' && word !== 'O';
  if (ENGLISH_WORDS.has(known)) return false;
  const after = phrase.slice(at + word.length);
  if (language === 'en' && /^ \p{Lu}[\p{Ll}'’]/u.test(after) && !/^ I['’]/u.test(after))
    return true;
  return standsInside(word, after) || standsInside(word, nearby);
}

/** With its capital, and not because a sentence begins there. */
function standsInside(word: string, text: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length)) {
    const before = text.slice(Math.max(0, at - REACH), at);
    const beside = `${before.slice(-1)}${text.slice(at + word.length).slice(0, 1)}`;
    const inside = /[\p{L}\p{N},;]["'“‘(]*\s+["'“‘(]*$/u.test(before);
    if (inside && !/[\p{L}\p{N}_]/u.test(beside) && !SENTENCE_END.test(before)) return true;
  }
  return false;
}

/** The keyterm `text` begins with, as it is spelt, if only the case differs. */
function keytermAt(text: string, keyterms: readonly string[]): string | undefined {
  const small = text.toLowerCase();
  return keyterms.find((term) => {
    if (!small.startsWith(term.toLowerCase()) || term === '') return false;
    return !/^[\p{L}\p{M}\p{N}_]/u.test(text.slice(term.length));
  });
}

function firstWord(phrase: string): { readonly word: string; readonly at: number } | undefined {
  const [token = ''] = phrase.split(/\s/u, 1);
  const at = FIRST_LETTER.exec(phrase)?.[0].length;
  if (at === undefined || NO_WORD.test(token)) return undefined;
  WORD.lastIndex = at;
  const word = WORD.exec(phrase)?.[0];
  return word === undefined ? undefined : { word, at };
}

function recased(phrase: string, at: number, letterOf: (letter: string) => string): string {
  const [letter = ''] = phrase.slice(at);
  return spelt(phrase, at, letterOf(letter));
}

function spelt(phrase: string, at: number, word: string): string {
  return `${phrase.slice(0, at)}${word}${phrase.slice(at + word.length)}`;
}

/**
 * The letter as a capital. One that has no capital of its own stays: "ß" would become two letters,
 * and the "µ" of "µs" another letter, whose small form is "μ". The "ı" of Turkish does have one.
 */
export function largeLetter(letter: string): string {
  const large = letter.toUpperCase();
  return letter === 'ı' || large.toLowerCase() === letter ? large : letter;
}

/** The letter small. One that has no small form of its own stays: "İ" would become two characters. */
export function smallLetter(letter: string): string {
  const small = letter.toLowerCase();
  return small.toUpperCase() === letter ? small : letter;
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/u));
}
