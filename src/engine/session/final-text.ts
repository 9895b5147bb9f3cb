/**
 * Casing and a closing mark, as far as they can be had without a model of punctuation: a capital at
 * the start, the pronoun "I", a full stop at the end, or a question mark where no statement begins
 * with those words. Names stay lower-case and commas are missing: inventing them would be guessing.
 */
export function formatWords(words: readonly string[], mark: 'open' | 'closed'): readonly string[] {
  const closing = mark === 'open' ? '' : isQuestion(words) ? '?' : '.';
  return words.map((word, index) => {
    const cased = index === 0 || PRONOUN.test(word) ? capitalize(word) : word;
    return index === words.length - 1 ? cased + closing : cased;
  });
}

const PRONOUN = /^i('(m|d|ve|ll))?$/;

/** Two opening words that make a sentence a question; "what a day" and "when i came" do not. */
const QUESTION =
  /^((what|who|where|when|why|how) (is|are|was|were|do|does|did|can|could|should|would|will)|(do|does|did|are|can|could|would|should|will) (i|you|he|she|it|we|they)|(is|was|does|did) (there|this|that|it|he|she)|how (many|much|long|often)) /;

function isQuestion(words: readonly string[]): boolean {
  return QUESTION.test(`${words.slice(0, 2).join(' ')} `) && words.length > 2;
}

function capitalize(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
