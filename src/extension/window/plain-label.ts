/** What a label, a tooltip or a notification can hold before the editor itself cuts it. */
const MOST_CHARACTERS = 160;

/**
 * Makes text from outside (a service, a recorder, a device, what was said) fit to stand in a
 * notification, tooltip, list or Markdown of VS Code: one line, bounded, and nothing in it that could
 * be read as a link, a command or an icon.
 */
export function plainLabel(text: string): string {
  const line = text
    .replaceAll(/\p{Cs}/gu, '')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replaceAll('[', '(')
    .replaceAll(']', ')')
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
    .replaceAll('`', "'")
    .replaceAll(/\$+(?=\()/g, '')
    .replaceAll(/(command)[\s:]*:\s*/gi, '$1 ')
    .replaceAll('://', ': //')
    .trim();
  const letters = [...line];
  if (letters.length <= MOST_CHARACTERS) return line;
  return `${letters.slice(0, MOST_CHARACTERS - 1).join('')}…`;
}
