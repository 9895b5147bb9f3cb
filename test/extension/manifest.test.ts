import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

interface Manifest {
  readonly engines: { readonly vscode: string };
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
  readonly contributes: {
    readonly colors: readonly {
      readonly id: string;
      readonly defaults: Readonly<Record<string, string>>;
    }[];
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly keybindings: readonly {
      readonly command: string;
      readonly key: string;
      readonly mac?: string;
      readonly when?: string;
    }[];
    readonly configuration: {
      readonly properties: Readonly<
        Record<string, { readonly scope: string; readonly markdownDescription: string }>
      >;
    };
  };
}

const manifest: Manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const { commands, keybindings, configuration } = manifest.contributes;

function sources(): string {
  const files = readdirSync('src/extension', { recursive: true, encoding: 'utf8' });
  return files
    .filter((path) => path.endsWith('.ts'))
    .map((path) => readFileSync(`src/extension/${path}`, 'utf8'))
    .join('\n');
}

describe('the manifest', () => {
  test('names in its own language all that people read', () => {
    const named: string[] = JSON.stringify(manifest).match(/%[\w.-]+%/g) ?? [];
    const texts = JSON.parse(readFileSync('package.nls.json', 'utf8'));
    expect(new Set(named.map((name) => name.slice(1, -1)))).toEqual(new Set(Object.keys(texts)));
  });

  test('has a handler for each command, and a key only for commands it has', () => {
    const handlers = readFileSync('src/extension/open-extension.ts', 'utf8');
    for (const { command } of commands) {
      expect(handlers).toContain(`${command.replace('lull.', '')}: (`);
    }
    const known = commands.map(({ command }) => command);
    expect(known).toEqual(expect.arrayContaining(keybindings.map(({ command }) => command)));
  });

  test('takes no key that VS Code itself dictates with, and none without a condition', () => {
    const keys = keybindings.flatMap(({ key, mac }) => [key, mac ?? key]);
    expect(keys.filter((key) => /^(ctrl|cmd)\+(alt\+v|i)$|^alt\+`$/.test(key))).toEqual([]);
    expect(keybindings.filter(({ when }) => when === undefined)).toEqual([]);
  });

  test('lets no workspace and no remote machine say where the voice goes, what records it or what is paid', () => {
    const own = [
      ...['recorder', 'device', 'endpoint', 'tokenUrl', 'engine', 'region', 'model'],
      ...['mode', 'submit', 'keytermsFromWorkspace', 'filterCommand', 'holdToTalk'],
      ...['monthlyBudgetUsd', 'soundCues', 'announcements'],
    ];
    const scopes = own.map((name) => configuration.properties[`lull.${name}`]?.scope);
    expect(new Set(scopes)).toEqual(new Set(['application']));
  });

  test('says of each model what it costs and which languages it knows', () => {
    const texts = JSON.parse(readFileSync('package.nls.json', 'utf8'));
    for (const name of Object.keys(texts).filter((each) => /^setting\.model\./.test(each))) {
      expect(texts[name]).toMatch(/^\$0\.\d\d an hour.*(languages|English)/s);
    }
  });

  test('has each setting that Lull reads, with a description, and reads each it has', () => {
    const read = new Set(
      [
        ...sources().matchAll(/\b(?:limit|free|own|said)\(\s*'(\w+)'/g),
        ...sources().matchAll(/getConfiguration\('lull'\)\s*\.get<unknown>\('(\w+)'\)/g),
      ].map(([, name]) => `lull.${name}`),
    );
    expect(new Set(Object.keys(configuration.properties))).toEqual(read);
    for (const [name, { markdownDescription }] of Object.entries(configuration.properties)) {
      expect(markdownDescription, name).toBe(`%setting.${name.replace('lull.', '')}%`);
    }
  });

  test('takes nothing at all from a folder in Restricted Mode', () => {
    const open = Object.entries(configuration.properties).filter(
      ([, { scope }]) => scope !== 'application',
    );
    const restricted = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations;
    expect(open.map(([name]) => name).filter((name) => !restricted.includes(name))).toEqual([]);
  });

  test('binds no key that switches the keyboard layout on Windows', () => {
    expect(keybindings.filter(({ key }) => /alt\+shift|shift\+alt/.test(key))).toEqual([]);
  });

  test('gives words on their way a colour in each kind of theme', () => {
    for (const { id, defaults } of manifest.contributes.colors) {
      expect(Object.keys(defaults), id).toEqual([
        ...['light', 'dark', 'highContrast', 'highContrastLight'],
      ]);
    }
    expect(manifest.contributes.colors).not.toEqual([]);
  });

  test('is made for the VS Code whose API it is written against', () => {
    expect(manifest.engines.vscode).toBe(`^${manifest.devDependencies['@types/vscode']}`);
  });
});

test('the bundle for translators has every sentence of the extension, and no other', () => {
  const said = [...sources().matchAll(/l10n\.t\(\s*(?:'((?:[^'\\]|\\.)*)'|"([^"\\]*)")/g)].map(
    ([, single, double]) => single?.replaceAll("\\'", "'") ?? double,
  );
  const bundle = JSON.parse(readFileSync('l10n/bundle.l10n.json', 'utf8'));
  expect(new Set(Object.keys(bundle))).toEqual(new Set(said));
});

test('activate() can be read at a glance', () => {
  const source = readFileSync('src/extension/extension.ts', 'utf8');
  const body = /export function activate[\s\S]*?\n}\n/.exec(source)?.[0] ?? '';
  expect(body.split('\n').length).toBeLessThan(60);
});
