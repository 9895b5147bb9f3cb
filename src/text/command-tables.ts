import type { Mark } from './joining/marks.ts';
import type { WordStyle } from './written-names.ts';

/** What a phrase can ask for instead of being typed. */
export type SpokenCommand =
  | { readonly kind: 'break'; readonly text: '\n' | '\n\n' }
  | { readonly kind: 'mark'; readonly mark: Mark }
  /** Words for `joinPhrase` that are to be left as they are. */
  | { readonly kind: 'write'; readonly text: string }
  /** How the next phrase begins. */
  | { readonly kind: 'first'; readonly first: 'large' | 'small' }
  | { readonly kind: 'scratch' }
  | { readonly kind: 'keep-listening' }
  | { readonly kind: 'stop' };

/** A command as it is, or a way to write the words that follow it in the same phrase. */
export type Does =
  | Exclude<SpokenCommand, { kind: 'write' }>
  | { readonly kind: 'format'; readonly style: WordStyle };

export interface Row {
  /** Small and without hyphens; each phrase once in a language. */
  readonly say: readonly string[];
  readonly does: Does;
}

const LINE: Does = { kind: 'break', text: '\n' };
const PARAGRAPH: Does = { kind: 'break', text: '\n\n' };
const LARGE: Does = { kind: 'first', first: 'large' };
const SMALL: Does = { kind: 'first', first: 'small' };

/** Programmers say these in English everywhere. */
const CASES: readonly Row[] = [
  row('camel case, camelcase', format('camel')),
  row('pascal case, pascalcase', format('pascal')),
  row('snake case, snakecase', format('snake')),
  row('kebab case, kebabcase', format('kebab')),
  row('constant case, constantcase', format('constant')),
];

const ENGLISH: readonly Row[] = [
  // Recognisers write it as one word as often as not.
  row('new line, newline, next line', LINE),
  row('new paragraph', PARAGRAPH),
  row('tab, tab key', mark('\t', 'exact')),
  row('scratch that', { kind: 'scratch' }),
  row('stop dictation, stop listening', { kind: 'stop' }),
  row('keep listening', { kind: 'keep-listening' }),
  row('cap, capital', LARGE),
  row('no cap', SMALL),
  row('all caps', format('all-caps')),
  row('no caps', format('no-caps')),
  ...CASES,
  row('literal', format('literal')),
  row('open quote, open quotes, begin quote', mark('"', 'opening')),
  row('close quote, close quotes, end quote, unquote', mark('"', 'closing')),
  row('open paren, open parenthesis, left paren', mark('(', 'opening')),
  row('close paren, close parenthesis, right paren', mark(')', 'closing')),
  row('open bracket, open square bracket, left bracket', mark('[', 'opening')),
  row('close bracket, close square bracket, right bracket', mark(']', 'closing')),
  row('open brace, open curly brace, left brace', mark('{', 'opening')),
  row('close brace, close curly brace, right brace', mark('}', 'closing')),
  row('period, full stop', mark('.', 'closing')),
  row('comma', mark(',', 'closing')),
  row('colon', mark(':', 'closing')),
  row('semicolon, semi colon', mark(';', 'closing')),
  row('question mark', mark('?', 'closing')),
  row('exclamation mark, exclamation point', mark('!', 'closing')),
  row('ellipsis, dot dot dot', mark('…', 'closing')),
  row('percent sign', mark('%', 'closing')),
  row('dash', mark('–', 'free')),
  row('equals sign, equal sign', mark('=', 'free')),
  row('plus sign', mark('+', 'free')),
  row('ampersand', mark('&', 'free')),
  row('hyphen', mark('-', 'joint')),
  row('slash, forward slash', mark('/', 'joint')),
  row('backslash, back slash', mark('\\', 'joint')),
  row('underscore', mark('_', 'joint')),
  row('apostrophe', mark("'", 'joint')),
  row('dot', mark('.', 'joint')),
  row('at sign', mark('@', 'opening')),
  row('hash sign, pound sign', mark('#', 'opening')),
  row('dollar sign', mark('$', 'opening')),
];

const GERMAN: readonly Row[] = [
  row('neue zeile, nächste zeile, zeilenumbruch', LINE),
  row('neuer absatz, nächster absatz', PARAGRAPH),
  row('tabulator', mark('\t', 'exact')),
  row('streich das, streiche das, lösch das, lösche das', { kind: 'scratch' }),
  row('diktat beenden, diktat stoppen, diktieren beenden', { kind: 'stop' }),
  row('weiter zuhören, hör weiter zu, höre weiter zu', { kind: 'keep-listening' }),
  row('groß, großschreiben', LARGE),
  row('klein, kleinschreiben', SMALL),
  row('alles groß', format('all-caps')),
  row('alles klein', format('no-caps')),
  ...CASES,
  row('wörtlich', format('literal')),
  row('anführungszeichen auf, anführungszeichen unten', mark('"', 'opening')),
  row('anführungszeichen zu, anführungszeichen oben', mark('"', 'closing')),
  row('klammer auf, runde klammer auf', mark('(', 'opening')),
  row('klammer zu, runde klammer zu', mark(')', 'closing')),
  row('eckige klammer auf', mark('[', 'opening')),
  row('eckige klammer zu', mark(']', 'closing')),
  row('geschweifte klammer auf', mark('{', 'opening')),
  row('geschweifte klammer zu', mark('}', 'closing')),
  row('punkt', mark('.', 'closing')),
  row('komma, beistrich', mark(',', 'closing')),
  row('doppelpunkt', mark(':', 'closing')),
  row('semikolon, strichpunkt', mark(';', 'closing')),
  row('fragezeichen', mark('?', 'closing')),
  row('ausrufezeichen, rufzeichen', mark('!', 'closing')),
  row('auslassungspunkte, punkt punkt punkt', mark('…', 'closing')),
  row('gedankenstrich', mark('–', 'free')),
  row('bindestrich', mark('-', 'joint')),
  row('schrägstrich', mark('/', 'joint')),
  row('unterstrich', mark('_', 'joint')),
];

const FRENCH: readonly Row[] = [
  row('nouvelle ligne, à la ligne', LINE),
  row('nouveau paragraphe', PARAGRAPH),
  row('tabulation', mark('\t', 'exact')),
  row('efface ça, effacer ça, efface cela', { kind: 'scratch' }),
  row('arrête la dictée, arrêter la dictée, fin de la dictée', { kind: 'stop' }),
  row("continue d'écouter, continuer d'écouter, continuez d'écouter", { kind: 'keep-listening' }),
  row('majuscule', LARGE),
  row('minuscule', SMALL),
  row('tout en majuscules', format('all-caps')),
  row('tout en minuscules', format('no-caps')),
  ...CASES,
  row('littéral, littéralement', format('literal')),
  row('ouvrir les guillemets, ouvrez les guillemets', mark('"', 'opening')),
  row('fermer les guillemets, fermez les guillemets', mark('"', 'closing')),
  row('parenthèse ouvrante, ouvrir la parenthèse, ouvrez la parenthèse', mark('(', 'opening')),
  row('parenthèse fermante, fermer la parenthèse, fermez la parenthèse', mark(')', 'closing')),
  row('crochet ouvrant', mark('[', 'opening')),
  row('crochet fermant', mark(']', 'closing')),
  row('accolade ouvrante', mark('{', 'opening')),
  row('accolade fermante', mark('}', 'closing')),
  row('point', mark('.', 'closing')),
  row('virgule', mark(',', 'closing')),
  // French parts these signs from their word.
  row('deux points', mark(':', 'free')),
  row('point virgule', mark(';', 'free')),
  row("point d'interrogation", mark('?', 'free')),
  row("point d'exclamation", mark('!', 'free')),
  row('points de suspension', mark('…', 'closing')),
  row('tiret', mark('–', 'free')),
  row("trait d'union", mark('-', 'joint')),
  row('barre oblique', mark('/', 'joint')),
  row('tiret bas, souligné', mark('_', 'joint')),
  row('apostrophe', mark("'", 'joint')),
];

const SPANISH: readonly Row[] = [
  row('nueva línea, siguiente línea', LINE),
  row('nuevo párrafo, punto y aparte', PARAGRAPH),
  row('tabulador', mark('\t', 'exact')),
  row('borra eso, borrar eso, elimina eso', { kind: 'scratch' }),
  row('detener dictado, parar dictado, terminar dictado', { kind: 'stop' }),
  row('sigue escuchando, seguir escuchando', { kind: 'keep-listening' }),
  row('mayúscula', LARGE),
  row('minúscula', SMALL),
  row('todo en mayúsculas', format('all-caps')),
  row('todo en minúsculas', format('no-caps')),
  ...CASES,
  row('literal, literalmente', format('literal')),
  row('abrir comillas, abre comillas', mark('"', 'opening')),
  row('cerrar comillas, cierra comillas', mark('"', 'closing')),
  row('abrir paréntesis, abre paréntesis', mark('(', 'opening')),
  row('cerrar paréntesis, cierra paréntesis', mark(')', 'closing')),
  row('abrir corchete, abre corchete', mark('[', 'opening')),
  row('cerrar corchete, cierra corchete', mark(']', 'closing')),
  row('abrir llave, abre llave', mark('{', 'opening')),
  row('cerrar llave, cierra llave', mark('}', 'closing')),
  row('punto', mark('.', 'closing')),
  row('coma', mark(',', 'closing')),
  row('dos puntos', mark(':', 'closing')),
  row('punto y coma', mark(';', 'closing')),
  row('abrir interrogación, abre interrogación', mark('¿', 'opening')),
  row('signo de interrogación, cerrar interrogación, cierra interrogación', mark('?', 'closing')),
  row('abrir exclamación, abre exclamación', mark('¡', 'opening')),
  row('signo de exclamación, cerrar exclamación, cierra exclamación', mark('!', 'closing')),
  row('puntos suspensivos', mark('…', 'closing')),
  row('raya', mark('–', 'free')),
  row('guion, guión', mark('-', 'joint')),
  row('barra', mark('/', 'joint')),
  row('guion bajo, guión bajo', mark('_', 'joint')),
];

/** One table for each language, by its two letters. */
export const COMMAND_TABLES: Readonly<Record<string, readonly Row[]>> = {
  en: ENGLISH,
  de: GERMAN,
  fr: FRENCH,
  es: SPANISH,
};

function row(say: string, does: Does): Row {
  return { say: say.split(', '), does };
}

function mark(text: string, side: Mark['side']): Does {
  return { kind: 'mark', mark: { text, side } };
}

function format(style: WordStyle): Does {
  return { kind: 'format', style };
}
