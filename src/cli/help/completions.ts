import type { Command } from 'commander';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** A command as a shell has to know it. */
interface Offer {
  readonly name: string;
  readonly description: string;
  readonly options: readonly {
    readonly flags: readonly string[];
    readonly description: string;
    /** What may follow: nothing, one of these words, or anything, of which files are offered. */
    readonly value: 'none' | 'any' | readonly string[];
  }[];
  /** Words that may follow the command itself. */
  readonly words: readonly string[];
}

const DEFAULT = 'dictate';

/** What a shell reads to complete `lull`, written from the commands themselves. */
export function completionsFor(shell: Shell, commands: Readonly<Record<string, Command>>): string {
  const offers = Object.entries(commands).map(([name, command]) => offerOf(name, command));
  switch (shell) {
    case 'bash':
      return bash(offers);
    case 'zsh':
      return zsh(offers);
    case 'fish':
      return fish(offers);
    default:
      return shell satisfies never;
  }
}

function offerOf(name: string, command: Command): Offer {
  const options = command.options.map(({ short, long, description, required, argChoices }) => ({
    flags: [short, long].filter((flag) => flag !== undefined),
    description,
    value: argChoices ?? (required ? ('any' as const) : ('none' as const)),
  }));
  const words = command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []);
  return { name, description: command.description(), options, words };
}

function bash(offers: readonly Offer[]): string {
  const values = offers.flatMap(({ options }) =>
    options.flatMap(({ flags, value }) =>
      value === 'none' ? [] : [{ pattern: flags.join('|'), value }],
    ),
  );
  const unique = new Map(values.map((one) => [one.pattern, one.value]));
  const valueCases = [...unique].map(([pattern, value]) =>
    value === 'any' ? `    ${pattern}) return ;;` : `    ${pattern}) words='${value.join(' ')}' ;;`,
  );
  const commandCases = offers.map(({ name, options, words }) => {
    const all = [...words, ...options.flatMap(({ flags }) => flags), '--help'];
    const more = name === DEFAULT ? offers.map((offer) => offer.name) : [];
    return `      ${name}) words='${[...more, ...all].join(' ')}' ;;`;
  });
  return `# Of lull completions bash. Where nothing is offered, bash offers files.
_lull() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command=${DEFAULT} words=
  COMPREPLY=()
  [ "$COMP_CWORD" -gt 1 ] && case \${COMP_WORDS[1]} in
    ${offers.map(({ name }) => name).join('|')}) command=\${COMP_WORDS[1]} ;;
  esac
  case $previous in
${valueCases.join('\n')}
    *) case $command in
${commandCases.join('\n')}
    esac ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o bashdefault -o default -F _lull lull
`;
}

function zsh(offers: readonly Offer[]): string {
  const plain = (text: string) => text.replace(/['[\]:\\]/g, ' ');
  const specs = ({ options, words }: Offer) => [
    ...options.map(({ flags, description, value }) => {
      const names = flags.length > 1 ? `{${flags.join(',')}}` : (flags[0] ?? '');
      const after =
        value === 'none' ? '' : value === 'any' ? ': :_files' : `: :(${value.join(' ')})`;
      return `${names}'[${plain(description)}]${after}'`;
    }),
    words.length > 0 ? `'*: :(${words.join(' ')})'` : "'*: :_files'",
  ];
  const cases = offers.map(
    (offer) => `    ${offer.name}) _arguments ${specs(offer).join(' \\\n      ')} ;;`,
  );
  const commands = offers.map(({ name, description }) => `    '${name}:${plain(description)}'`);
  return `#compdef lull
# Of lull completions zsh.
_lull() {
  local -a commands=(
${commands.join('\n')}
  )
  local command=${DEFAULT}
  if (( CURRENT > 2 )) && [[ -n "\${commands[(r)\${words[2]}:*]}" ]]; then
    command=\${words[2]}
    shift words
    (( CURRENT-- ))
  elif (( CURRENT == 2 )) && [[ "\${words[2]}" != -* ]]; then
    _describe command commands
  fi
  case $command in
${cases.join('\n')}
  esac
}
if [[ "\${funcstack[1]}" = _lull ]]; then _lull "$@"; else compdef _lull lull; fi
`;
}

function fish(offers: readonly Offer[]): string {
  const quoted = (text: string) => `'${text.replace(/[\\']/g, '\\$&')}'`;
  const names = offers.map(({ name }) => name).filter((name) => name !== DEFAULT);
  const lines = offers.flatMap(({ name, description, options, words }) => {
    const isHere =
      name === DEFAULT
        ? `not __fish_seen_subcommand_from ${names.join(' ')}`
        : `__fish_seen_subcommand_from ${name}`;
    const line = `complete -c lull -n ${quoted(isHere)}`;
    return [
      `complete -c lull -n __fish_use_subcommand -a ${name} -d ${quoted(description)}`,
      ...words.map((word) => `${line} -a ${word}`),
      ...options.map(({ flags, description: text, value }) => {
        const parts = flags.map((flag) =>
          flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`,
        );
        const after =
          value === 'none' ? '' : value === 'any' ? ' -r' : ` -x -a ${quoted(value.join(' '))}`;
        return `${line} ${parts.join(' ')} -d ${quoted(text)}${after}`;
      }),
    ];
  });
  return `# Of lull completions fish.\n${lines.join('\n')}\n`;
}
