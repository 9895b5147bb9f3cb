import type { Environment } from '../config-folder.ts';

/** What one run of a program is given. Words go in on standard input, where nobody else sees them. */
export interface ProgramRun {
  readonly args: readonly string[];
  readonly input: string | Uint8Array;
}

/** A program that types into the window that has the focus. */
export interface TypingProgram {
  readonly name: string;
  /** Whether it could reach this desktop at all. */
  isFor(env: Environment): boolean;
  words(text: string): ProgramRun;
  readonly enter: ProgramRun;
}

/** A program that puts text on the clipboard. */
export interface ClipboardProgram {
  readonly name: string;
  readonly args: readonly string[];
  isFor(env: Environment, platform: string): boolean;
}

const has = (variable: string) => (env: Environment) => Boolean(env[variable]);

/** In the order they are tried: the first two speak to the desktop or the kernel, whatever window it is. */
export const TYPING_PROGRAMS: readonly TypingProgram[] = [
  {
    name: 'wtype',
    isFor: has('WAYLAND_DISPLAY'),
    words: (text) => ({ args: ['-'], input: text }),
    enter: { args: ['-k', 'Return'], input: '' },
  },
  {
    name: 'dotool',
    isFor: () => true,
    words: (text) => ({ args: [], input: `type ${text}\n` }),
    enter: { args: [], input: 'key enter\n' },
  },
  {
    name: 'ydotool',
    isFor: () => true,
    words: (text) => ({ args: ['type', '--file', '-'], input: text }),
    // The names of keys differ from version to version, a line break does not.
    enter: { args: ['type', '--file', '-'], input: '\n' },
  },
  {
    name: 'xdotool',
    // On Wayland it would reach only some windows, and say nothing of the others.
    isFor: (env) => Boolean(env['DISPLAY']) && !env['WAYLAND_DISPLAY'],
    words: (text) => ({ args: ['type', '--clearmodifiers', '--file', '-'], input: text }),
    enter: { args: ['key', '--clearmodifiers', 'Return'], input: '' },
  },
];

export const CLIPBOARD_PROGRAMS: readonly ClipboardProgram[] = [
  { name: 'pbcopy', args: [], isFor: (_env, platform) => platform === 'darwin' },
  { name: 'clip', args: [], isFor: (_env, platform) => platform === 'win32' },
  { name: 'wl-copy', args: [], isFor: has('WAYLAND_DISPLAY') },
  { name: 'xclip', args: ['-selection', 'clipboard'], isFor: has('DISPLAY') },
  { name: 'xsel', args: ['--clipboard', '--input'], isFor: has('DISPLAY') },
  { name: 'clip.exe', args: [], isFor: has('WSL_DISTRO_NAME') },
  // tmux hands it on to the terminal around it, also over SSH.
  { name: 'tmux', args: ['load-buffer', '-w', '-'], isFor: has('TMUX') },
];
