import { describe, expect, test } from 'vitest';
import { findSpokenCommand } from '../../../src/core/text/spoken-commands.ts';

describe('findSpokenCommand', () => {
  test.each([
    ['New line.', { kind: 'break', text: '\n' }],
    ['newline', { kind: 'break', text: '\n' }],
    [' NEW  PARAGRAPH! ', { kind: 'break', text: '\n\n' }],
    ['Scratch that…', { kind: 'scratch' }],
    ['stop dictation', { kind: 'stop' }],
  ])('finds %j', (turn, command) => {
    expect(findSpokenCommand(turn)).toEqual(command);
  });

  test.each(['Begin a new line.', 'New line, then', 'scratch', '“Stop dictation.', '.', ''])(
    'leaves %j as it is',
    (turn) => {
      expect(findSpokenCommand(turn)).toBeUndefined();
    },
  );
});
