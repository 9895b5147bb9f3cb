import type { SourceFile } from '../../../src/text/keyterms/declarations.ts';
import { SeededRandom } from '../../support/seeded-random.ts';

/** None is real. Put together here, so that no scanner takes this file for a leak. */
const HEX = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b';
const LETTERS = 'qwjdkfhgqpwoeirutyalskdjzmxncbv';
const MIXED = 'wJalrXUtnFEMIKbPxRfiCYzQvTsKdLmN';
const PREFIXES = [
  ...[
    'AKIA',
    'ASIA',
    'ghp_',
    'gho_',
    'ghs_',
    'github_pat_',
    'glpat-',
    'xoxb-',
    'xoxp-',
    'sk_live_',
  ],
  ...['sk_test_', 'rk_live_', 'pk_live_', 'whsec_', 'sk-proj-', 'sk-ant-', 'AIza', 'ya29.', 'npm_'],
  ...[
    'pypi-',
    'dop_v1_',
    'shpat_',
    'SG.',
    'key-',
    'hf_',
    'r8_',
    'xai-',
    'gsk_',
    'lin_api_',
    'ntn_',
  ],
];
export const SECRETS: readonly string[] = [
  ...PREFIXES.flatMap((prefix) => [`${prefix}${LETTERS}`, `${prefix}${MIXED}`]),
  ...[HEX, HEX.toUpperCase(), LETTERS, LETTERS.toUpperCase(), MIXED, `${MIXED}/${MIXED}+a==`],
  ...['550e8400-e29b-41d4-a716-446655440000', 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'],
  `eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJ${MIXED}.${MIXED}`,
  `${'MIIEpAIBAAKCAQEA'}${MIXED}${MIXED}`,
  ...['hunter2', 'Tr0ub4dor&3', 'correcthorsebatterystaple', 'swordfishtrombone', 'P@ssw0rdOfMine'],
  ...['mondayAfternoonUmbrella', 'letMeInWaterfall', 'zitronenfalter', 'summertimeBlues'],
];

/** Where people leave them. */
export const SPOTS: readonly ((secret: string) => string)[] = [
  (secret) => `const apiKey = "${secret}";`,
  (secret) => `const apiKey = '${secret}';`,
  (secret) => `const apiKey = \`${secret}\`;`,
  (secret) => `const url = "https://me:${secret}@example.com/";`,
  (secret) => `const url = \`https://$\{user}:${secret}@example.com/\`;`,
  (secret) => `// the password is ${secret}`,
  (secret) => `/* const old = ${secret}\n * class ${secret}\n */`,
  (secret) => `/** function ${secret}() {} */`,
  (secret) => `const opts = { password: "${secret}", token: '${secret}' };`,
  (secret) => `login("root", "class ${secret} {}");`,
  (secret) => `const pem = \`-----BEGIN KEY-----\n${secret}\n-----END KEY-----\`;`,
  (secret) => `const never = "closed ${secret}`,
  (secret) => `headers.set("Authorization", "Bearer ${secret}");`,
  (secret) => `password = secret || ${secret.replaceAll(/\W/g, '_')};`,
];

/** A small project whose own names repeat, as those of every project do. */
export function projectWith(line: string): readonly SourceFile[] {
  return [
    {
      path: 'src/recorder.ts',
      text: 'export class TapeRecorder {\n  openRecorder(): void {\n  }\n}\n',
    },
    { path: 'src/main.ts', text: `${line}\nfunction tapeLength() {}\n` },
    { path: 'notes.md', text: line },
    { path: 'config.yaml', text: line },
    { path: 'settings.json', text: line },
    { path: 'run.env', text: line },
  ];
}

const ALPHABETS = {
  hex: '0123456789abcdef',
  digits: '0123456789',
  small: 'abcdefghijklmnopqrstuvwxyz',
  large: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  letters: 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ',
  base32: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567',
  base64url: 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_',
  base64: 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/',
  underscored: 'abcdefghijklmnopqrstuvwxyz____',
} as const;

/** The same ones every time; 8 to 40 signs long. */
export function randomTokens(count: number): Readonly<Record<string, readonly string[]>> {
  const random = new SeededRandom(13);
  const kinds = Object.entries(ALPHABETS).map(([kind, signs]) => {
    const tokens = Array.from({ length: count }, () => {
      const length = 8 + Math.floor(random.next() * 33);
      return Array.from({ length }, () => signs[Math.floor(random.next() * signs.length)]).join('');
    });
    return [kind, tokens] as const;
  });
  return Object.fromEntries(kinds);
}
