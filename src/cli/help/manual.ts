import type { Command, Option } from 'commander';
import { COMMANDS } from '../command-line.ts';
import { VARIABLES } from '../layers.ts';
import { EXAMPLES, EXIT_MEANINGS, KEYS, USES } from './facts.ts';

/** A part of the manual, whatever it is written in. */
export interface Section {
  readonly title: string;
  readonly blocks: readonly Block[];
}

export type Block =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'code'; readonly lines: readonly string[] }
  /** What can be typed or found, and what each means. */
  | { readonly kind: 'terms'; readonly what: string; readonly terms: readonly Term[] };

export type Term = readonly [name: string, text: string];

/** Everything there is to know about the command line, made from the tables it is read with. */
export function manual(): readonly Section[] {
  const { dictate, ...others } = COMMANDS;
  const dictation = dictate('');
  return [
    { title: 'Name', blocks: [text('lull - dictation that hangs up when you stop talking')] },
    { title: 'Synopsis', blocks: [code(USES.map(([call]) => call))] },
    { title: 'Description', blocks: DESCRIPTION.map(text) },
    { title: 'Options of a dictation', blocks: [optionsOf(dictation)] },
    { title: 'Commands', blocks: Object.values(others).flatMap((make) => aboutCommand(make())) },
    {
      title: 'Keys',
      blocks: [
        text('While it listens, on a terminal. No other key does anything.'),
        terms('Key', KEYS),
      ],
    },
    { title: 'Defaults of your own', blocks: CONFIGURATION },
    { title: 'Environment', blocks: [terms('Variable', ENVIRONMENT)] },
    { title: 'Files', blocks: [text(FOLDERS), terms('File', FILES)] },
    { title: 'Exit status', blocks: [terms('Code', EXIT_MEANINGS)] },
    {
      title: 'Examples',
      blocks: [
        terms(
          'Command',
          EXAMPLES.filter(([, does]) => does !== ''),
        ),
        code(EXAMPLES.filter(([, does]) => does === '').map(([line]) => line)),
      ],
    },
  ];
}

const DESCRIPTION = [
  'lull writes down what you say and ends by itself a few seconds after your last word, so that a service which bills by the open session is never left running.',
  'Standard output has the words and nothing else: a line for each finished phrase, as it comes. With --json it is one object a line, told apart by its type: listening, begin, partial, final, countdown, countdown-cleared, reconnecting, warning, error, end. All else goes to standard error: the preview and the countdown, which are drawn on a terminal only, notes, errors, and what it cost.',
  'Without a key the engine on this machine listens, once lull engine install has fetched its model. A recording is heard to its end unless a limit is asked for.',
] as const;

const CONFIGURATION: readonly Block[] = [
  text(
    'config.toml in your config folder holds a default for any option of a dictation, by its long name. Arguments win over the environment, and the environment over the file. A key has no place there. lull config shows what holds, and from where.',
  ),
  code(['silence = 8', 'language = ["en", "de"]', 'join = true']),
];

const ENVIRONMENT: readonly Term[] = [
  ['ASSEMBLYAI_API_KEY', "the key for AssemblyAI's own hosts; goes before that of lull login"],
  ['LULL_KEY', 'the key for the server of --endpoint, and for no other'],
  ...Object.entries(VARIABLES).map(([name, flag]): Term => [name, `a default for ${flag}`]),
  [
    'LULL_RECORDER',
    'a recorder of your own: a command line that writes raw 16-bit mono sound of 16 kHz',
  ],
  ['LULL_RECORDER_PATH', 'the only folders in which recorders are looked for, written as PATH is'],
  ['LULL_MODELS_URL', 'a mirror for lull engine install, as --from names one'],
  ['LULL_CONFIG_DIR', 'the config folder, instead of the usual one'],
  ['LULL_DATA_DIR', 'the folder of the models, instead of the usual one'],
  ['NO_COLOR', 'any value but the empty one: no colours'],
];

const FOLDERS =
  'Your config folder is $XDG_CONFIG_HOME/lull or ~/.config/lull, on a Mac ~/Library/Application Support/lull, on Windows %APPDATA%\\lull. Models are in $XDG_DATA_HOME/lull or ~/.local/share/lull, on a Mac in the same folder, on Windows in %LOCALAPPDATA%\\lull.';

const FILES: readonly Term[] = [
  ['config.toml', 'your defaults'],
  ['key, key-<host>', 'what lull login kept, for you alone to read'],
  ['serve/secret', 'the key that other programs give to lull serve'],
];

function aboutCommand(command: Command): readonly Block[] {
  const isToggle = command.name() === 'lull toggle';
  const { options } = command;
  return [
    { kind: 'heading', text: usageOf(command) },
    text(command.description()),
    ...(isToggle ? [text('It takes the options of a dictation.')] : []),
    ...(isToggle || options.length === 0 ? [] : [optionsOf(command)]),
  ];
}

/** "lull engine [list | install [NAME] | remove NAME] [options]". */
function usageOf(command: Command): string {
  const usage = command.usage().replace(/^\[options\] ?/, '');
  const hasOptions = command.options.length > 0 && !usage.includes('[options]');
  return [command.name(), usage, ...(hasOptions ? ['[options]'] : [])].filter(Boolean).join(' ');
}

function optionsOf({ options }: Command): Block {
  return terms(
    'Option',
    options.map((option) => [option.flags, meaningOf(option)]),
  );
}

function meaningOf({ description, argChoices }: Option): string {
  if (argChoices === undefined) return description;
  // `(default …)` stays last, as it does where there is no choice.
  const [, does, standard = ''] = /^(.*?)( \(default .*\))?$/.exec(description) ?? [];
  return `${does}: ${argChoices.join(', ')}${standard}`;
}

function text(words: string): Block {
  return { kind: 'text', text: words };
}

function code(lines: readonly string[]): Block {
  return { kind: 'code', lines };
}

function terms(what: string, list: readonly Term[]): Block {
  return { kind: 'terms', what, terms: list };
}
