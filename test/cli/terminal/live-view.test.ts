import { describe, expect, test } from 'vitest';
import { createLiveView } from '../../../src/cli/terminal/live-view.ts';
import { INITIAL_PREVIEW, type PreviewState } from '../../../src/cli/terminal/preview-state.ts';
import { Screen } from './screen.ts';

function setup(columns = 40) {
  const screen = new Screen(columns);
  const paint = ({ text }: { readonly text: string }) => text;
  const view = createLiveView({ stream: screen, keys: 'keep-listening', paint });
  return { screen, view };
}

function speaking(text: string): PreviewState {
  return { phase: 'listening', partial: { turn: 0, text } };
}

describe('createLiveView', () => {
  test('replaces a partial by the next one', () => {
    const { screen, view } = setup();
    view.update(speaking('so we went to the river and then over the bridge'));
    view.update(speaking('Sue went'));
    expect(screen.text).toBe('Sue went\nlistening …');
  });

  test('prints a final above and leaves nothing of its preview', () => {
    const { screen, view } = setup(12);
    view.update(speaking('日本語の長い文章がここにあります'));
    view.update({ phase: 'listening' }, () => screen.write('日本語。\n'));
    expect(screen.text).toBe('日本語。\nlistening …');
  });

  test.each([7, 20, 60])('leaves no stale line when the terminal becomes %i wide', (columns) => {
    const { screen, view } = setup(30);
    screen.write('Earlier words stay.\n');
    view.update(speaking('a preview of several words that wraps over more than one line'));
    screen.columns = columns;
    view.redraw();
    view.close();
    expect(screen.text).toBe('Earlier words stay.\n');
  });

  test('draws nothing after it was closed', () => {
    const { screen, view } = setup();
    view.update(speaking('half a'));
    view.close();
    view.update(speaking('half a sentence'));
    expect(screen.text).toBe('');
  });

  test('writes nothing when there is nothing new to see', () => {
    const { screen, view } = setup();
    view.update(INITIAL_PREVIEW);
    expect(screen.text).toBe('');
  });
});
