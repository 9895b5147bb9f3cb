import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { declaredNames } from '../../../src/text/keyterms/declarations.ts';
import { harvestKeyterms } from '../../../src/text/keyterms/harvest.ts';
import { isSecretFile } from '../../../src/text/keyterms/secrets.ts';

const namesIn = (path: string, text: string) =>
  declaredNames({ path, text }).map(({ name }) => name);

describe('declaredNames', () => {
  test.each<[path: string, text: string, names: readonly string[]]>([
    ['a.ts', 'export async function openFile<T>(x: T) {}', ['openFile']],
    ['a.ts', 'function* walkTree() {}', ['walkTree']],
    [
      'a.ts',
      'class A1B {\n  readonly frameBytes: number;\n  async sendFrame(at: number): Promise<void> {\n    if (x) {\n    }\n  }\n}',
      ['A1B', 'frameBytes', 'sendFrame'],
    ],
    [
      'a.ts',
      'interface WireTurn {\n  endOfTurn?: boolean;\n}\ntype Level = 1; enum Mode {}',
      ['WireTurn', 'endOfTurn', 'Level', 'Mode'],
    ],
    ['a.js', 'const one = callOther(two); three.four = 5;', ['one']],
    [
      'a.py',
      'class TapeDeck:\n    def play_tape(self):\n        """def not_this"""\n        # class NorThis\n',
      ['TapeDeck', 'play_tape'],
    ],
    ['a.go', 'func (d *Deck) PlayTape(x int) error {\n}\ntype Deck struct {', ['PlayTape', 'Deck']],
    ['a.rs', "pub fn play_tape<'a>(x: &'a str) {}\nstruct TapeDeck;", ['play_tape', 'TapeDeck']],
    [
      'a.java',
      'public class TapeDeck {\n  public static void playTape(int x) {\n  }\n}',
      ['TapeDeck', 'playTape'],
    ],
    ['a.c', 'static int play_tape(struct deck *d) {\n}', ['play_tape', 'deck']],
    ['a.rb', 'module Tapes\n  def play_tape\n', ['Tapes', 'play_tape']],
    [
      'a.sql',
      "create table tape_decks (name text); -- table not_this\nselect 'table nor_this'",
      ['tape_decks'],
    ],
    [
      'a.ts',
      'const a1c = "class Hidden {}"; // function hidden2() {}\n/* let hidden3 */ `const hidden4 = 1`',
      ['a1c'],
    ],
    ['a.ts', '/* never closed\nclass Hidden {}', []],
    ['a.ts', '`never closed\nclass Hidden {}', []],
    ['a.json', '{ "const": "class Hidden" }', []],
    ['.env', 'const TOKEN=class', []],
    ['a.yaml', 'class: Hidden', []],
    ['no-ending', 'class Hidden {}', []],
  ])('%s %j', (path, text, names) => {
    expect(namesIn(path, text)).toEqual(names);
  });

  test('goes by the language where a path does not tell it', () => {
    const untitled = { path: 'Untitled-1', text: 'class TapeDeck {}' };
    expect(declaredNames({ ...untitled, languageId: 'typescript' })).toEqual([
      { name: 'TapeDeck', uses: 1 },
    ]);
    expect(declaredNames({ ...untitled, languageId: 'plaintext' })).toEqual([]);
  });

  test('counts how often the code has them', () => {
    const text = 'function play() {}\nplay(); play(); "play"; // play\n';
    expect(declaredNames({ path: 'a.ts', text })).toEqual([{ name: 'play', uses: 3 }]);
  });

  test('takes a long file in its stride', () => {
    for (const part of ['/*', '`', '"', "'''", '{-', 'class ', 'a(', ' ', '\n\t', 'function\n(']) {
      for (const path of ['a.ts', 'a.py', 'a.hs']) {
        expect(declaredNames({ path, text: part.repeat(300_000) })).toBeDefined();
      }
    }
  });

  test('finds what this repository is about', () => {
    const files = execFileSync('git', ['ls-files', 'src'], { encoding: 'utf8' })
      .split('\n')
      .filter((path) => path !== '' && !isSecretFile(path))
      .map((path) => ({ path, text: readFileSync(path, 'utf8') }));
    const symbols = files.flatMap(declaredNames);
    expect(harvestKeyterms([], { symbols })).toEqual(
      expect.arrayContaining(['speech model', 'spoken command', 'local engine']),
    );
  });
});

describe('isSecretFile', () => {
  test.each([
    ...[
      '.env',
      '.env.local',
      'a/.env.production',
      'prod.env',
      'env',
      '.envrc',
      'id_rsa',
      'id_ed25519.pub',
    ],
    ...[
      '.npmrc',
      '.netrc',
      '_netrc',
      '.pgpass',
      '.git-credentials',
      '.aws/config',
      'home/.ssh/config',
    ],
    ...[
      'secrets.yaml',
      'secrets.ts',
      'secret.json',
      'credentials',
      'credentials.json',
      'app.secrets.json',
    ],
    ...['prod.tfvars', 'x.auto.tfvars', 'terraform.tfstate.backup', 'kubeconfig', '.kube/config'],
    ...['a.ppk', 'a.jks', 'a.pem', 'a.key', 'a.p12', 'a.pfx', 'a.kdbx', 'a.gpg', 'a.asc', 'A.PEM'],
    ...[
      'C:\\me\\.aws\\credentials',
      '.pypirc',
      '.htpasswd',
      '.docker/config.json',
      'token',
      'tokens.json',
    ],
    ...[
      'service-account.json',
      'secrets/a.ts',
      'my-credentials.json',
      'authorized_keys',
      'password.txt',
    ],
  ])('%s is not read', (path) => {
    expect(isSecretFile(path)).toBe(true);
  });

  test.each([
    'src/main.ts',
    'environment.ts',
    'identity.ts',
    'tokenizer.py',
    'keyboard.ts',
    'src/key.ts',
    'secretary.ts',
    'README.md',
    'envelope.go',
    'pemmican.rs',
  ])('%s is read', (path) => {
    expect(isSecretFile(path)).toBe(false);
  });
});
