import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkOptions } from '../../../src/core/options.ts';
import { harvestKeyterms } from '../../../src/core/text/keyterms.ts';

function harvest(...texts: readonly string[]): readonly string[] {
  return harvestKeyterms([], { texts, names: [] });
}

describe('harvestKeyterms', () => {
  test('ranks names by how often they occur, over all texts', () => {
    expect(harvest('openFile(); saveFile();', 'saveFile(); close_all();')).toEqual([
      'saveFile',
      'close_all',
      'openFile',
    ]);
  });

  test('splits no name and leaves plain words out', () => {
    const code = 'const parser = new HTTPServer(MAX_RETRIES, __init__); // The parser, useEffect2';
    expect(harvest(code)).toEqual(['HTTPServer', 'MAX_RETRIES', 'useEffect2']);
  });

  test('takes names of packages whole', () => {
    const names = ['@vscode/test-electron', 'vitest', 'ws'];
    expect(harvestKeyterms([], { texts: [], names })).toEqual(['@vscode/test-electron', 'vitest']);
  });

  test('does not repeat the own keyterms, and fills up to a hundred with them', () => {
    const names = Array.from({ length: 26 * 26 }, (_, index) => {
      return `name${String.fromCharCode(97 + (index % 26), 97 + Math.floor(index / 26))}`;
    });
    const own = ['nameaa', 'Lull'];
    const harvested = harvestKeyterms(own, { texts: [], names });
    expect(harvested).toHaveLength(98);
    expect(harvested).not.toContain('nameaa');
    expect(harvestKeyterms(names.slice(0, 100), { texts: [], names })).toEqual([]);
  });

  test.each([
    'AKIAIOSFODNN7EXAMPLE',
    'wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY',
    'ghp_16C7e42F292c6912E7710c838347Ae178B4a',
    'sk_live_4eC39HqLyjWDarjtT1zdp7dc',
    'token_qwjdkfhgqpwoeirutyalskdj',
    'key_9f86d081884c7d659a2feaa0c55ad015',
    '550e8400-e29b-41d4-a716-446655440000',
    'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9',
    'order_20260914',
    'a_b',
    `long_${'name_'.repeat(10)}`,
  ])('leaves out %s', (secret) => {
    expect(harvest(`const value = "${secret}"`)).toEqual([]);
  });

  test('offers only what the service takes, whatever stands in the texts', () => {
    const anyText = fc.string({ unit: 'binary', maxLength: 200 });
    fc.assert(
      fc.property(fc.array(anyText), fc.array(anyText), (texts, names) => {
        const keyterms = harvestKeyterms([], { texts, names });
        expect(checkOptions({ keyterms }).settings.keyterms).toEqual(keyterms);
      }),
    );
  });
});
