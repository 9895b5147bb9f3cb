import { LONGEST_KEYTERM, MOST_KEYTERMS } from '../../core/index.ts';

/** What is wrong with a file, and where. */
export interface LineProblem {
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

export interface KeytermsFile {
  readonly keyterms: readonly string[];
  readonly problems: readonly LineProblem[];
}

/** More problems than anybody reads at once. */
const MOST_PROBLEMS = 10;

/** Reads a file of keyterms: one a line, `#` before a remark. What cannot be sent is left out and named by its line. */
export function parseKeyterms(text: string): KeytermsFile {
  const keyterms = new Set<string>();
  const problems: LineProblem[] = [];
  const lines = text.replace(/^\ufeff/u, '').split(/\r\n|[\n\r]/u);
  let left = 0;
  for (const [index, raw] of lines.entries()) {
    const term = raw.trim().replaceAll(/[ \t]+/gu, ' ');
    if (term === '' || term.startsWith('#')) continue;
    const message = problemWith(term);
    if (message !== undefined) problems.push({ line: index + 1, message });
    else if (keyterms.size < MOST_KEYTERMS) keyterms.add(term);
    else if (!keyterms.has(term)) {
      left += 1;
      if (left === 1) {
        const message = `The service takes ${MOST_KEYTERMS} keyterms; those from this line on are left out`;
        problems.push({ line: index + 1, message });
      }
    }
  }
  return { keyterms: [...keyterms], problems: problems.slice(0, MOST_PROBLEMS) };
}

function problemWith(term: string): string | undefined {
  if (/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(term)) {
    return 'A keyterm holds a control character; write it as it is spoken';
  }
  if (term.length > LONGEST_KEYTERM && [...term].length > LONGEST_KEYTERM) {
    return `A keyterm has more than ${LONGEST_KEYTERM} characters; shorten it`;
  }
  if (!/[\p{L}\p{N}]/u.test(term)) return 'A keyterm has no letters; write it as it is spoken';
  return undefined;
}
