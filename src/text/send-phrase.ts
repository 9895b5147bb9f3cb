const SEND = /(?:^|[\s,;–—-]+)send it[.!]?$/iu;

/**
 * The phrase without the words that ask to send it; `undefined` where they are not its last.
 * Punctuation that ended what came before them stays.
 */
export function withoutSendPhrase(phrase: string): string | undefined {
  const text = phrase.trimEnd();
  const found = SEND.exec(text);
  return found === null ? undefined : text.slice(0, found.index).trimEnd();
}
