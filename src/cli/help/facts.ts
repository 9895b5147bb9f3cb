/** What is true of the command line besides its options: `--help`, the man page and the reference say it. */

type Fact = readonly [name: string, text: string];

export const USES: readonly Fact[] = [
  ['lull [dictate] [options]', 'dictate until you stop talking'],
  ['lull talk.wav [options]', 'a recording: lull --audio talk.wav'],
  ['lull devices [--json]', 'list the microphones'],
  ['lull doctor [options]', 'what works, what does not, and why'],
  ['lull toggle [options]', 'end the running dictation, or begin one'],
  ['lull stop | lull cancel', 'end it; cancel drops what is not written yet'],
  ['lull status [--json]', 'what it is doing, for a status bar'],
  ['lull config [--json]', 'the options in effect, and where each comes from'],
  ['lull serve [options]', 'the local engine as a server on 127.0.0.1'],
  ['lull engine [action]', 'the offline recogniser: list, install, remove'],
  ['lull login | lull logout', 'keep or forget your AssemblyAI key'],
  ['lull completions <shell>', 'the completion script for bash, zsh or fish'],
  ['lull help <command>', 'the options of one command'],
];

export const KEYS: readonly Fact[] = [
  ['Enter or q', 'finish'],
  ['space', 'keep listening'],
  ['Ctrl-C', 'finish; twice: end at once'],
  ['Ctrl-Z', 'give the shell back; fg goes on'],
];

export const EXAMPLES: readonly Fact[] = [
  ['lull', 'dictate from the microphone'],
  ['lull > notes.txt', 'keep the words, see the preview'],
  ['lull talk.wav --output talk.srt', 'a recording, as subtitles'],
  ['lull --type', 'into the focused window'],
  ['arecord -f S16_LE -r 16000 | lull --audio - --json', ''],
];

export const EXIT_MEANINGS: readonly Fact[] = [
  ['0', 'it ended as it should: silence, a limit, the end of the audio, Ctrl-C'],
  ['2', 'the command line is wrong'],
  ['3', 'the key or account was refused'],
  ['4', 'the network or the service'],
  ['5', 'no microphone or recorder'],
  ['6', 'the audio cannot be read'],
  ['70', 'the output or lull itself failed'],
  ['130', 'a second Ctrl-C'],
];

export const USAGE = USES.map(([call, text], index) => {
  // The parser puts the first behind `Usage: lull`.
  const shown = index === 0 ? call.replace('lull ', '') : `       ${call}`;
  return `${shown.padEnd(index === 0 ? 24 : 36)}${text}`;
}).join('\n');

export const AFTER_HELP = `
While it listens, on a terminal:
${KEYS.map(([key, text]) => `  ${key.padEnd(12)}${text}`).join('\n')}

Examples:
${EXAMPLES.map(([line, text]) => `  ${line.padEnd(38)}${text}`.trimEnd()).join('\n')}

The key comes from ASSEMBLYAI_API_KEY or lull login, never from an argument.
LULL_RECORDER sets your own command for recording.

Exit codes:
${EXIT_MEANINGS.map(([code, text]) => `  ${code.padEnd(5)}${text}`).join('\n')}`;
