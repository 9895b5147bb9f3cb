import { describe, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { settleLimit, settleSwitch } from '../../src/extension/settings/precedence.ts';
import {
  declaredNames,
  harvestKeyterms,
  isSecretFile,
  parseKeyterms,
} from '../../src/text/index.ts';

/** What is offered of a file to the recogniser, and so to its service. */
function offered(text: string): string {
  const symbols = declaredNames({ path: 'src/service.ts', text });
  return harvestKeyterms([], { symbols }).join('\n').replaceAll(' ', '').toLowerCase();
}

describe('a folder that somebody else made, opened in the editor', () => {
  test.each([
    ['lets a session wait for ten minutes of silence', 5, 600],
    ['switches the limit off', 5, 0],
    ['takes a number that is none', 5, Number.NaN],
    ['takes less than nothing', 5, -1],
    ['takes a text', 5, '600'],
  ])('%s', (_, own, theirs) => {
    expect(settleLimit(own, theirs).value).toBe(own);
  });

  test('switches the harvest of names on', () => {
    expect(settleSwitch(false, true).value).toBe(false);
  });

  test.each([
    ...['endpoint', 'tokenUrl', 'recorder', 'device', 'filterCommand', 'engine', 'region'],
    ...['model', 'monthlyBudgetUsd', 'keytermsFromWorkspace'],
  ])('says for itself what lull.%s is', (name) => {
    const settings = manifest.contributes.configuration.properties as Readonly<
      Record<string, { readonly scope?: string } | undefined>
    >;
    const setting = settings[`lull.${name}`];
    if (setting === undefined) return;
    const restricted = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations;
    expect([setting.scope, restricted.includes(`lull.${name}`)]).not.toEqual([undefined, false]);
    if (['endpoint', 'tokenUrl', 'recorder', 'filterCommand'].includes(name)) {
      expect(setting.scope).toMatch(/^(application|machine)$/);
    }
  });

  test.each([
    ['a literal', "const dictationRecorder = 'hunterTwoSalamander';", 'huntertwosalamander'],
    [
      'the user of an address',
      "connectDictation('https://walrusKeeper:penguinFeather@db.example');",
      'penguin',
    ],
    ['a name that says password', 'const password = pelicanHarbour;', 'pelicanharbour'],
    ['a name that says token', 'const accessToken = marmosetGlacier;', 'marmosetglacier'],
    [
      'a private key',
      '`-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQ\n-----END PRIVATE KEY-----`',
      'miievq',
    ],
    [
      'a signed token',
      'const t = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N";',
      'eyjhbgci',
    ],
    ['a comment', '// the passphrase is: ostrichMeadow', 'ostrich'],
  ])('has a secret in %s, which would be sent as a word to expect', (_, line, secret) => {
    const around = 'export class TapeRecorder {}\nexport function openRecorder() {}\n';
    const all = offered(`${around}${line}\n${around}`);
    expect(all).toContain('openrecorder');
    expect(all).not.toContain(secret);
  });

  test.each([
    ...['.env', '.env.local', 'prod.env', 'id_rsa', '.npmrc', '.netrc', '.pgpass'],
    ...['.git-credentials', '.aws/credentials', 'secrets.yaml', 'prod.tfvars', 'kubeconfig'],
    ...['putty.ppk', 'store.jks', 'server.pem', 'C:\\Users\\me\\.ssh\\config'],
  ])('has a file of secrets open: %s', (path) => {
    expect(isSecretFile(path)).toBe(true);
  });

  test('has two hundred thousand names, to hold up the start', () => {
    const text = Array.from({ length: 200_000 }, (_, index) => `const dictation_${index} = 1;`);
    const before = process.cpuUsage();
    offered(text.join('\n'));
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(4_000);
  });

  test('has a list of keyterms that steers the terminal which shows it', () => {
    const { keyterms, problems } = parseKeyterms('\u001b]0;root\u0007Lull\n');
    expect(keyterms).toEqual([]);
    expect(JSON.stringify(problems)).not.toMatch(/\p{Cc}/u);
  });
});
