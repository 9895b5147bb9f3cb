/** What `lull --help` says around the list of options; commander puts `lull` before the first line. */
export const USAGE = `[dictate] [options]     dictate until you stop talking
       lull devices [--json]        the microphones there are
       lull doctor [options]        what works, what does not, and why
       lull serve [options]         the local engine as a server on 127.0.0.1
       lull engine [action]         the offline recogniser: list, install, remove
       lull login | lull logout     keep or forget your AssemblyAI key`;

export const AFTER_HELP = `
Examples:
  lull                                  dictate from the microphone
  lull > notes.txt                      keep the words, see the preview
  lull --audio talk.wav --format srt --output talk.srt
  arecord -f S16_LE -r 16000 | lull --audio - --json

The key comes from ASSEMBLYAI_API_KEY or lull login, never from an argument.
For another server: LULL_KEY or lull login --endpoint URL.
LULL_RECORDER is a command line of your own to record with.

Exit codes:
  0    it ended as it should: silence, a limit, the end of the audio, Ctrl-C
  2    the command line is wrong        5    no microphone or recorder
  3    the key or account was refused   6    the audio cannot be read
  4    the network or the service       70   the output or lull itself failed
  130  a second Ctrl-C`;
