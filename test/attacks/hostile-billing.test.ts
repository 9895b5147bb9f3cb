import { describe, expect, test } from 'vitest';
import { finalTurn, partialTurn } from '../../src/testing/wire-messages.ts';
import { settled, startStory } from '../support/dictation-story.ts';

const HELLO = { order: 0, text: 'hello there', startMs: 100, endMs: 900 };
const DROP = { kind: 'closed', code: 1006, reason: '' } as const;

/** Time passes, and each time the attacker does the same. */
function each(ms: number, times: number, act: (time: number) => void): void {
  for (let time = 0; time < times; time += 1) act(time * ms);
}

describe('a service, or whoever holds the link, that wants the session to be billed on', () => {
  test('says the same preview again and again', async () => {
    const story = await startStory({ silenceSeconds: 5 });
    story.begin();
    each(250, 40, () => {
      story.receive(partialTurn(HELLO));
      story.hear(250);
    });
    expect(story.eventsOf('stopping')).toMatchObject([{ reason: 'silence' }]);
  });

  test('says old words again, in another spelling', async () => {
    const story = await startStory({ silenceSeconds: 5 });
    story.begin();
    story.receive(finalTurn(HELLO));
    each(250, 40, (time) => {
      story.receive(finalTurn({ ...HELLO, text: time % 500 === 0 ? 'Hello, there' : 'HELLO.' }));
      story.hear(250);
    });
    expect(story.eventsOf('stopping')).toMatchObject([{ reason: 'silence' }]);
  });

  test('sends heartbeats and turns without a word', async () => {
    const story = await startStory({ noSpeechSeconds: 10 });
    story.begin();
    each(250, 60, (time) => {
      const empty = { order: time, text: '', startMs: time, endMs: time };
      story.receive(partialTurn(empty), '{"type":"Heartbeat","total_duration_ms":1}');
      story.hear(250);
    });
    expect(story.eventsOf('stopping')).toMatchObject([{ reason: 'no-speech' }]);
  });

  test('hangs up each six seconds, so that each time a session is begun', async () => {
    const story = await startStory({ noSpeechSeconds: 10 });
    for (let time = 0; time < 30 && story.eventsOf('end').length === 0; time += 1) {
      story.begin('universal-3-6-pro', `session-${time}`);
      story.hear(6_000);
      story.socket.end(DROP);
      story.hear(3_000);
      await settled();
    }
    expect(story.eventsOf('end')).toMatchObject([{ reason: 'no-speech' }]);
    expect(story.eventsOf('begin').length).toBeLessThan(4);
  });

  test('hangs up as soon as a session has begun', async () => {
    const story = await startStory();
    for (let time = 0; time < 30 && story.eventsOf('end').length === 0; time += 1) {
      story.begin('universal-3-6-pro', `session-${time}`);
      story.socket.end(DROP);
      story.hear(15_000);
      await settled();
    }
    expect(story.eventsOf('end')).toMatchObject([{ reason: 'error' }]);
    expect(story.eventsOf('begin')).toHaveLength(3);
  });

  test('never answers the goodbye', async () => {
    const story = await startStory();
    story.begin();
    story.dictation.stop('user');
    story.hear(6_000);
    await settled();
    expect(story.eventsOf('end')).toHaveLength(1);
  });

  test('says words without end, past the longest dictation that was wanted', async () => {
    const story = await startStory({ maxSeconds: 20 });
    story.begin();
    each(250, 100, (time) => {
      const startMs = time;
      const word = { order: 0, text: `word ${time}`, startMs, endMs: startMs + 200 };
      story.receive(partialTurn(word));
      story.hear(250);
    });
    expect(story.eventsOf('stopping')).toMatchObject([{ reason: 'max-duration' }]);
  });
});
