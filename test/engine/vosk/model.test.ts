import { expect, test } from 'vitest';
import { withSettings } from '../../../src/engine/vosk/model.ts';

test('our settings stand in for those of the same name, and the others stay', () => {
  const config = '--beam=10.0\n\n--frame-subsampling-factor=3\n';
  const settings = new Map([
    ['--beam', '13.0'],
    ['--max-active', '7000'],
  ]);

  expect(withSettings(config, settings)).toBe(
    '--frame-subsampling-factor=3\n--beam=13.0\n--max-active=7000\n',
  );
});
