import { describe, expect, test } from 'vitest';
import { createFormat } from '../../src/cli/output/format.ts';
import { noticeFor } from '../../src/cli/output/notices.ts';
import { renderPreview } from '../../src/cli/terminal/preview.ts';
import { decode } from '../../src/protocol/index.ts';
import { plainLabel } from '../../src/text/index.ts';
import { finalEvent } from '../cli/output/final-event.ts';
import { turn } from './support/hostile-service.ts';

/** What a processor may work on the longest turn there is; by the clock it depends on who else works. */
const BOUND_MS = 4_000;

function workOf(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

function longest(part: string): string {
  const decoded = decode(JSON.stringify(turn(part.repeat(60_000))));
  if (decoded.kind !== 'message' || decoded.message.kind !== 'turn') throw new Error('no turn');
  return decoded.message.turn.transcript;
}

describe('a text that is made to hang or to deceive what shows it', { timeout: 60_000 }, () => {
  test.each(['漢', '\u{1f1e6}', 'e\u0301\u0301', 'a', '" ('])(
    'is the longest there is, of %j, and each four of them are a word of the subtitles',
    (part) => {
      const text = longest(part);
      const words = Array.from({ length: 4_096 }, (_, index) => ({
        ...{ text: text.slice(index * 4, index * 4 + 4), startMs: index, endMs: index + 1 },
        confidence: 1,
      }));
      const write = createFormat('srt');
      expect(workOf(() => write({ ...finalEvent(text), words }))).toBeLessThan(BOUND_MS);
    },
  );

  test('is one word that fills the largest screen', () => {
    const state = {
      progress: { kind: 'listening', sinceMs: 0 },
      partial: { turn: 0, text: longest('漢') },
    } as const;
    const view = { columns: 1_000, rows: 400, keys: 'none', hangUp: 'stops' } as const;
    expect(workOf(() => renderPreview(state, view))).toBeLessThan(BOUND_MS);
  });

  test.each(['$', '[', 'command ', ':', '@', '<', '\u001b]'])(
    'is %j without end, in a notification',
    (part) => {
      let label = '';
      const workMs = workOf(() => {
        label = plainLabel(part.repeat(100_000));
      });
      expect(label.length).toBeLessThanOrEqual(160);
      expect(workMs).toBeLessThan(BOUND_MS);
    },
  );

  test('has the tags and times of subtitles', () => {
    const said = '<c.big>00:00 --> 09:00 & more</c>';
    expect(createFormat('vtt')(finalEvent(said))).toContain('&lt;c.big&gt;00:00 --&gt; 09:00');
    expect(createFormat('srt')(finalEvent(said)).match(/-->/g)).toHaveLength(1);
  });

  test('has a line of its own for programs that read JSON', () => {
    const json = createFormat('json')(finalEvent('Hi"}\n{"type":"end","reason":"silence"}'));
    expect(json.trimEnd().split('\n')).toHaveLength(1);
    expect(JSON.parse(json)).toMatchObject({ type: 'final' });
  });

  test('has a key in it, which is a word like others and goes into no log', () => {
    expect(noticeFor(finalEvent('my key is 0123456789abcdef'), 'verbose')).toBeUndefined();
  });
});
