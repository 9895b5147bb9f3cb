import { DictationError } from '../../core/index.ts';

const ENTER = /[\r\n]/;
const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const ERASERS = new Set(['\u0008', '\u007f']);

/**
 * Asks on a terminal for a line that is not shown while it is typed.
 * @throws DictationError `no-key` when the person leaves without an answer
 */
export function readHidden({
  stdin,
  stderr,
  question,
}: {
  readonly stdin: NodeJS.ReadStream;
  readonly stderr: NodeJS.WriteStream;
  readonly question: string;
}): Promise<string> {
  return new Promise((resolve, reject) => {
    let typed = '';
    const leave = () => {
      stdin.off('data', onData);
      stdin.setRawMode(false);
      stdin.pause();
      stderr.write('\n');
    };
    const onData = (chunk: Buffer) => {
      for (const character of String(chunk)) {
        if (ENTER.test(character) && typed !== '') {
          leave();
          return resolve(typed);
        }
        if (ENTER.test(character) || character === CTRL_C || character === CTRL_D) {
          leave();
          return reject(new DictationError('no-key', 'No key was given; nothing was changed'));
        }
        if (ERASERS.has(character)) typed = typed.slice(0, -1);
        else typed += character;
      }
    };
    // The question comes last: an answer typed before it could still be shown.
    stdin.setRawMode(true);
    stdin.on('data', onData);
    stdin.resume();
    stderr.write(question);
  });
}
