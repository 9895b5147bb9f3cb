/** What a phrase can ask for instead of being typed. */
export type SpokenCommand =
  | { readonly kind: 'break'; readonly text: string }
  | { readonly kind: 'scratch' }
  | { readonly kind: 'stop' };

const COMMANDS: ReadonlyMap<string, SpokenCommand> = new Map([
  ['new line', { kind: 'break', text: '\n' }],
  // Recognisers write it as one word as often as not.
  ['newline', { kind: 'break', text: '\n' }],
  ['new paragraph', { kind: 'break', text: '\n\n' }],
  ['scratch that', { kind: 'scratch' }],
  ['stop dictation', { kind: 'stop' }],
]);

/**
 * The command a finished turn is, if it is nothing else. Inside a sentence the words stay words.
 * English only.
 */
export function findSpokenCommand(turn: string): SpokenCommand | undefined {
  const words = turn.replace(/[\p{P}\s]+$/u, '').trim();
  return COMMANDS.get(words.replaceAll(/\s+/gu, ' ').toLowerCase());
}
