import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkOptions } from '../../../src/core/options.ts';
import { declaredNames } from '../../../src/text/keyterms/declarations.ts';
import { harvestKeyterms } from '../../../src/text/keyterms/harvest.ts';
import { projectWith, randomTokens, SECRETS, SPOTS } from './planted-secrets.ts';

function harvest(names: readonly string[], more: object = {}): readonly string[] {
  return harvestKeyterms([], { symbols: names.map((name) => ({ name, uses: 1 })), ...more });
}

describe('harvestKeyterms', () => {
  test('offers names as they are spoken, those that are used much first', () => {
    const symbols = [
      { name: 'openTranscript', uses: 1 },
      { name: 'TranscriptWriter', uses: 9 },
      { name: 'MAX_TRANSCRIPT', uses: 2 },
    ];
    expect(harvestKeyterms([], { symbols })).toEqual(['max transcript', 'open transcript']);
  });

  test('leaves plain words out', () => {
    expect(harvest(['userName', 'value', 'getIndex', 'fileList'])).toEqual([]);
  });

  test('takes names of packages and the branch', () => {
    const more = { packages: ['@acme/dictation-recorder'], branch: 'feature/dictation-countdown' };
    expect(harvest(['openRecorder', 'openCountdown'], more)).toEqual([
      'dictation countdown',
      'dictation recorder',
      'open countdown',
      'open recorder',
    ]);
  });

  test('does not repeat the own keyterms, and fills up to a hundred with them', () => {
    const parts = ['recorder', 'dictation', 'transcript', 'countdown', 'microphone', 'listener'];
    const names = parts.flatMap((one) =>
      parts.flatMap((other) => parts.slice(0, 4).map((third) => `${one}_${other}_${third}`)),
    );
    const own = ['Recorder dictation recorder', 'Lull'];
    const symbols = names.map((name) => ({ name, uses: 1 }));
    const harvested = harvestKeyterms(own, { symbols });
    expect(harvested).toHaveLength(98);
    expect(harvested).not.toContain('recorder dictation recorder');
    expect(harvestKeyterms(names.slice(0, 100), { symbols })).toEqual([]);
  });

  test('offers only what the service takes, whatever the names are', () => {
    const anyText = fc
      .array(fc.constantFrom(...'aAé_-/ 1漢\0\n\ud800😀'), { maxLength: 12 })
      .map((each) => each.join(''));
    fc.assert(
      fc.property(fc.array(anyText), fc.array(anyText), anyText, (names, packages, branch) => {
        const twice = [...names, ...names.map((name) => `x_${name}`)];
        const keyterms = harvest(twice, { packages, branch });
        expect(checkOptions({ keyterms }).settings.keyterms).toEqual(keyterms);
      }),
    );
  });

  test('weighs no more names than there is time for', () => {
    const names = Array.from({ length: 200_000 }, (_, index) => `dictation_${index.toString(36)}`);
    expect(harvest(names).length).toBeLessThanOrEqual(100);
  });
});

describe('secrets', () => {
  test(`of ${SECRETS.length} that are planted in code in ${SPOTS.length} ways, none gives anything away`, () => {
    expect(SECRETS.length).toBeGreaterThanOrEqual(67);
    for (const secret of SECRETS) {
      for (const spot of SPOTS) {
        expect([spot(secret), fragmentsOf(secret, offered(spot(secret)))]).toEqual([
          spot(secret),
          [],
        ]);
      }
    }
  });

  test('of 1,000 random tokens of any kind, as names of the code themselves, at most one does', () => {
    for (const [kind, tokens] of Object.entries(randomTokens(2_000))) {
      const given = tokens.filter(
        (token) => fragmentsOf(token, offered(`const ${token} = 1;`)).length > 0,
      );
      expect([kind, given.length <= 2 ? [] : given]).toEqual([kind, []]);
    }
  });

  test('of a name that says it guards something, only what is known otherwise is offered', () => {
    expect(harvest(['password_transcript', 'tokenRecorder'])).toEqual([]);
    expect(harvest(['tokenRecorder', 'openRecorder'])).toEqual(['token recorder', 'open recorder']);
  });
});

/** What is offered of a project in which `line` stands among other code. */
function offered(line: string): readonly string[] {
  const symbols = projectWith(line).flatMap(declaredNames);
  return harvestKeyterms([], { symbols });
}

/** Words that are offered and stand in the secret. */
function fragmentsOf(secret: string, terms: readonly string[]): readonly string[] {
  const small = secret.toLowerCase();
  const ordinary = new Set(offered('').flatMap((term) => term.split(' ')));
  return terms
    .flatMap((term) => [term.replaceAll(' ', ''), ...term.split(' ')])
    .filter((word) => word.length > 3 && !ordinary.has(word) && small.includes(word.toLowerCase()));
}
