import { cleanText } from '../core/index.ts';

/** A longer one hides what stands beside it. */
const LONGEST_LABEL = 160;

/**
 * Text from outside for a notification, tooltip, list or Markdown of VS Code, which all read links,
 * commands or icons out of a text: one line without any of them, at most 160 characters long.
 */
export function plainLabel(text: string): string {
  const plain = cleanText(text)
    .replaceAll('[', '(')
    .replaceAll(']', ')')
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
    .replaceAll('`', "'")
    // An icon is written "$(name)".
    .replaceAll(/\$+\(?/g, (run) => (run.endsWith('(') ? '(' : run))
    .replaceAll(/(command)[\s:]*:\s*/gi, '$1 ')
    // Bare addresses become links in Markdown.
    .replaceAll('://', ': //')
    .replaceAll(/(www)\./gi, '$1 .')
    .replaceAll(/(?<=[\w.+-])@(?=\w)/g, ' at ')
    .trim();
  return plain.length <= LONGEST_LABEL ? plain : `${cut(plain)}…`;
}

function cut(text: string): string {
  return cleanText(text.slice(0, LONGEST_LABEL - 1)).trimEnd();
}
