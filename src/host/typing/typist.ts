import { findProgram, type ProgramSearch } from '../programs/find-program.ts';
import { runProgram } from './run-program.ts';
import {
  CLIPBOARD_PROGRAMS,
  type ProgramRun,
  TYPING_PROGRAMS,
  type TypingProgram,
} from './typing-programs.ts';

/** Writes where the person looks. Each call resolves to whether it was done. */
export interface Typist {
  /** For people: what does it. */
  readonly name: string;
  /** Who reads the words, as far as it can be told: a shell takes commands and no sentences. */
  readonly reader: 'shell' | 'anybody';
  type(text: string): Promise<boolean>;
  pressEnter(): Promise<boolean>;
}

const SHELL = /^-?(?:(?:ba|z|fi|da|k|mk|tc|c|x?on|nu)?sh|nu|pwsh|elvish)$/u;

/** One that is installed. */
interface FoundProgram {
  readonly program: TypingProgram;
  readonly path: string;
}

/** The programs of this desktop that can type, in the order they would be tried. */
export async function findTypingPrograms(search: ProgramSearch): Promise<readonly FoundProgram[]> {
  if (search.platform !== 'linux') return [];
  const fit = TYPING_PROGRAMS.filter((program) => program.isFor(search.env));
  const paths = await Promise.all(fit.map(({ name }) => findProgram(name, anywhere(search))));
  return fit.flatMap((program, index) => {
    const path = paths[index];
    return path === undefined ? [] : [{ program, path }];
  });
}

/**
 * Types into the focused window with the first program that manages to; `undefined` where there is
 * none. One that fails (a compositor that does not let it, a daemon that is not there) is left out
 * from then on, and what it was given goes to the next.
 */
export async function openTypist(search: ProgramSearch): Promise<Typist | undefined> {
  const left = [...(await findTypingPrograms(search))];
  const run = async (choose: (program: TypingProgram) => ProgramRun): Promise<boolean> => {
    for (let first = left[0]; first !== undefined; first = left[0]) {
      if ((await runProgram(first.path, choose(first.program), search.env)).ok) return true;
      left.shift();
    }
    return false;
  };
  if (left.length === 0) return undefined;
  return {
    get name() {
      return left[0]?.program.name ?? 'no program';
    },
    reader: 'anybody',
    type: (text) => run((program) => program.words(text)),
    pressEnter: () => run((program) => program.enter),
  };
}

/** Puts the text on the clipboard; gives the program that did it. */
export async function copyText(text: string, search: ProgramSearch): Promise<string | undefined> {
  const { env, platform } = search;
  for (const { name, args, isFor } of CLIPBOARD_PROGRAMS) {
    const path = isFor(env, platform) ? await findProgram(name, anywhere(search)) : undefined;
    if (path === undefined) continue;
    // Windows takes what has no mark for text of an old code page.
    const input = /^clip/.test(name) ? Buffer.from(`\ufeff${text}`, 'utf16le') : text;
    if ((await runProgram(path, { args, input }, env)).ok) return name;
  }
  return undefined;
}

/** Pastes into a pane of tmux; `undefined` where there is no such pane, or no tmux. */
export async function openTmuxPane(
  pane: string,
  search: ProgramSearch,
): Promise<Typist | undefined> {
  const path = await findProgram('tmux', anywhere(search));
  if (path === undefined) return undefined;
  const tmux = (args: readonly string[], input = '') =>
    runProgram(path, { args, input }, search.env);
  // Its number stays the same when windows are moved about; a name would find another pane.
  const facts = '#{pane_id} #{pane_current_command}';
  const found = await tmux(['display-message', '-p', '-t', pane, facts]);
  const [id = '', command = ''] = found.output.trim().split(' ');
  if (!found.ok || id === '') return undefined;
  const buffer = `lull-${process.pid}`;
  return {
    name: `tmux pane ${id}`,
    reader: SHELL.test(command) ? 'shell' : 'anybody',
    async type(text) {
      const loaded = await tmux(['load-buffer', '-b', buffer, '-'], text);
      if (!loaded.ok) return false;
      // -p: a program that asked for it is told what is pasted, and runs none of it.
      return (await tmux(['paste-buffer', '-p', '-d', '-b', buffer, '-t', id])).ok;
    },
    async pressEnter() {
      return (await tmux(['send-keys', '-t', id, 'Enter'])).ok;
    },
  };
}

/** The narrowing is for recorders. */
function anywhere({ env, platform }: ProgramSearch): ProgramSearch {
  const { LULL_RECORDER_PATH: _, ...rest } = env;
  return { env: rest, platform };
}
