import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Setting {
  readonly type: string;
  readonly default: unknown;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly markdownDescription: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly scope: string;
}
interface Keybinding {
  readonly command: string;
  readonly key: string;
  readonly mac?: string;
}

/** What kind of value it is, in words. */
const KINDS: Readonly<Record<string, string>> = {
  ...{
    number: 'A number',
    string: 'A text',
    boolean: 'On or off',
    array: 'A list',
    object: 'Pairs',
  },
};

const { contributes } = JSON.parse(readFileSync('package.json', 'utf8'));
const texts: Readonly<Record<string, string>> = JSON.parse(
  readFileSync('package.nls.json', 'utf8'),
);
const settings: Readonly<Record<string, Setting>> = contributes.configuration.properties;
const keybindings: readonly Keybinding[] = contributes.keybindings;
const commands: readonly { readonly command: string; readonly title: string }[] =
  contributes.commands;

/** `npx vitest run -u` of this file writes the page anew. */
test('docs/settings.md has every setting and command of package.json, as they are', async () => {
  const page = `# Settings and commands in the editor

This page is made from \`package.json\`, as the editor itself is. What they are for is told on [the extension's page](extension.md).

## Commands

In the Command Palette each begins with \`Lull:\`. The title bars of editors and of the terminal have a button that starts and stops.

${table(
  ['Command', 'Id', 'Key', 'On a Mac'],
  commands
    // Its button stands in the terminal's title; the palette has the same under the first name.
    .filter(({ command }) => command !== 'lull.startInTerminal')
    .map(({ command, title }) => [read(title), code(command), ...keysOf(command)]),
)}

## Settings

${Object.entries(settings).map(describeSetting).join('\n\n')}
`;
  await expect(page).toMatchFileSnapshot('../../docs/settings.md');
});

function describeSetting([name, setting]: readonly [string, Setting]): string {
  const choices = (setting.enum ?? []).map((value, index) => {
    const text = setting.enumDescriptions?.[index];
    return text ? `- ${code(value)}: ${read(text)}` : `- ${code(value)}`;
  });
  return [
    `### ${name}`,
    `${read(setting.markdownDescription)} ${factsOf(setting)}`,
    ...(choices.length > 0 ? [choices.join('\n')] : []),
  ].join('\n\n');
}

function factsOf({ type, default: usual, minimum, maximum, maxItems, scope }: Setting): string {
  const range =
    maximum === undefined
      ? minimum === undefined
        ? ''
        : `, at least ${minimum}`
      : `, from ${minimum} to ${maximum}`;
  const size = maxItems === undefined ? '' : `, at most ${maxItems}`;
  const preset = usual === '' ? 'empty' : code(JSON.stringify(usual));
  const whose = scope === 'application' ? 'yours alone' : 'also of a workspace you trust';
  return `_${KINDS[type] ?? type}${range}${size}; ${preset} at first; ${whose}._`;
}

function keysOf(command: string): readonly string[] {
  const bound = keybindings.filter((binding) => binding.command === command);
  const keys = new Set(bound.map(({ key }) => key));
  const onMac = new Set(bound.map(({ key, mac }) => mac ?? key));
  return [keys, onMac].map((names) => [...names].map(keyName).join(', '));
}

function keyName(keys: string): string {
  const named = keys.replace(/[a-z]+/g, (part) => (part[0] ?? '').toUpperCase() + part.slice(1));
  return code(named);
}

/** A text of the manifest; its links run commands, which a page cannot. */
function read(named: string): string {
  const text = texts[named.slice(1, -1)] ?? '';
  return text.replace(/\[([^\]]+)\]\(command:[^)]+\)/g, '$1');
}

function code(text: string): string {
  return `\`${text}\``;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const lines = all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)));
  const rule = widths.map((width) => '-'.repeat(width));
  return lines
    .toSpliced(1, 0, rule)
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
}
