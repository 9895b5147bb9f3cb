import { describe, expect, test } from 'vitest';
import { DictationError } from '../../../src/core/errors.ts';
import { errorMessage, finalTurn, partialTurn } from '../../../src/testing/wire-messages.ts';
import { type DictationStory, settled, startStory } from '../../support/dictation-story.ts';

const FIRST = { order: 0, text: 'First words.', startMs: 100, endMs: 1_000 };
const DROP = { kind: 'closed', code: 1006, reason: '' } as const;
const IDLE = 'Session terminated due to inactivity: No messages received for 15 seconds';

/** One final, and a service that answers pings. */
async function startTalking(options: Parameters<typeof startStory>[0] = {}) {
  const story = await startStory(options);
  story.begin();
  story.hear(1_000, 'voice');
  story.receive(finalTurn(FIRST));
  return story;
}

async function beginAgain(story: DictationStory, id: string): Promise<void> {
  await settled();
  story.begin('universal-3-6-pro', id);
}

describe('a link that stops answering', () => {
  test('is no silence: words may be stuck in it', async () => {
    const story = await startTalking({ silenceSeconds: 5 });
    story.socket.pongs = 'missing';
    story.hear(3_000, 'voice');
    story.hear(4_000);
    expect(story.eventsOf('stopping')).toEqual([]);
  });

  test('gives the words a moment to come when it heals, and then counts again', async () => {
    const story = await startTalking({ silenceSeconds: 5 });
    story.socket.pongs = 'missing';
    story.hear(6_000);
    story.socket.pongs = 'answered';
    story.hear(1_500);
    expect(story.eventsOf('stopping')).toEqual([]);
    story.hear(2_500);
    expect(story.eventsOf('stopping')).toEqual([{ type: 'stopping', reason: 'silence' }]);
  });

  test('with the last words in it is replaced, and they are heard again', async () => {
    const story = await startTalking({ silenceSeconds: 0 });
    story.hear(1_000, 'quiet');
    story.socket.pongs = 'missing';
    story.hear(1_000, 'voice');
    story.dictation.stop('user');
    story.clock.advance(5_000);
    await beginAgain(story, 'session-2');
    story.clock.advance(4_500);
    expect(story.sentTypes).toEqual(['Terminate']);
    story.receive(finalTurn({ ...FIRST, text: 'Last words.' }));
    story.terminated({ audio: 1, session: 1 });
    await story.dictation.ended;
    expect(story.texts).toEqual(['First words.', 'Last words.']);
  });

  test('is hung up on when all was heard before', async () => {
    const story = await startTalking({ silenceSeconds: 0 });
    story.hear(1_000, 'quiet');
    story.socket.pongs = 'missing';
    story.dictation.stop('user');
    story.clock.advance(5_600);
    await settled();
    expect(await story.dictation.ended).toMatchObject({ reason: 'user', finals: 1 });
    expect(story.network.sockets.length).toBe(1);
  });

  test('at every Terminate is asked twice and no more while a person waits', async () => {
    const story = await startTalking({ silenceSeconds: 0 });
    story.hear(8_000, 'voice');
    story.dictation.stop('user');
    for (let session = 2; story.eventsOf('end').length === 0 && session < 9; session += 1) {
      story.socket.end(DROP);
      story.clock.advance(2_500);
      if (story.eventsOf('end').length > 0) break;
      await beginAgain(story, `session-${session}`);
      story.clock.advance(1_000);
    }
    expect((await story.dictation.ended).error?.code).toBe('connection-lost');
    expect(story.network.sockets.length).toBe(2);
  });

  test('makes the service hang up for want of audio, which is no end of the dictation', async () => {
    const story = await startTalking({ silenceSeconds: 0 });
    story.hear(9_000, 'voice');
    story.receive(errorMessage(3006, IDLE));
    story.socket.end({ kind: 'closed', code: 3006, reason: '' });
    story.clock.advance(0);
    await settled();
    expect(story.eventsOf('end')).toEqual([]);
    expect(story.network.sockets.length).toBe(2);
  });
});

describe('a service that answers pings but not Terminate', () => {
  test('is not waited for, and the words it owes are said to be lost', async () => {
    const story = await startTalking({ silenceSeconds: 0 });
    story.hear(2_000, 'voice');
    story.dictation.stop('user');
    story.clock.advance(6_000);
    expect(await story.dictation.ended).toMatchObject({ reason: 'user', finals: 1 });
    const warnings = story.eventsOf('warning');
    expect(warnings.map(({ code }) => code)).toEqual(['audio-dropped']);
    expect(warnings[0]?.message).toMatch(/^1\.8 s of speech did not become text and are lost/);
  });

  test('owes nothing when nothing was said since the last words', async () => {
    const story = await startTalking({ silenceSeconds: 0 });
    story.hear(2_000, 'quiet');
    story.dictation.stop('user');
    story.clock.advance(6_000);
    expect(await story.dictation.ended).toMatchObject({ reason: 'user', finals: 1 });
    expect(story.eventsOf('warning')).toEqual([]);
  });

  test('owes nothing when it ends the session: what it heard was not speech', async () => {
    const story = await startTalking({ silenceSeconds: 0 });
    story.hear(2_000, 'voice');
    story.dictation.stop('user');
    story.clock.advance(1_000);
    story.terminated({ audio: 4, session: 4 });
    await story.dictation.ended;
    expect(story.eventsOf('warning')).toEqual([]);
  });
});

describe('a broken off dictation', () => {
  test('says how much speech is lost with it, once', async () => {
    const story = await startTalking({ silenceSeconds: 0 });
    story.hear(2_000, 'voice');
    story.socket.end(DROP);
    story.clock.advance(0);
    await settled();
    story.dictation.stop('user');
    story.clock.advance(5_600);
    await story.dictation.ended;
    const seconds = story.eventsOf('warning').map(({ message }) => Number.parseFloat(message));
    expect(seconds).toEqual([expect.closeTo(2, 0)]);
  });
});

describe('access that fails while reconnecting', () => {
  async function loseWithAccess(error: DictationError) {
    let asked = 0;
    const story = await startTalking({
      silenceSeconds: 0,
      access: async () => {
        asked += 1;
        if (asked === 2) throw error;
        return { endpoint: 'ws://127.0.0.1:1/v3/ws', headers: {} };
      },
    });
    story.hear(6_000, 'voice');
    story.socket.end(DROP);
    story.clock.advance(0);
    await settled();
    story.clock.advance(2_000);
    await settled();
    return story;
  }

  test('counts as an attempt when the token server is down', async () => {
    const story = await loseWithAccess(new DictationError('unreachable', 'No token'));
    expect(story.eventsOf('reconnecting').map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect(story.network.sockets.length).toBe(2);
  });

  test('counts as an attempt when nobody answers', async () => {
    const story = await startStory({ access: () => new Promise(() => {}) });
    story.hear(10_000);
    await settled();
    expect(story.eventsOf('reconnecting').map(({ attempt }) => attempt)).toEqual([2]);
  });

  test('ends the dictation when it would fail again', async () => {
    const story = await loseWithAccess(new DictationError('no-key', 'No key'));
    expect((await story.dictation.ended).error?.code).toBe('no-key');
  });
});

describe('a file', () => {
  test('is held back during an outage before anything kept has to go', async () => {
    const story = await startTalking({ silenceSeconds: 0, sourceKind: 'stored' });
    story.hear(19_500, 'voice');
    expect(story.source.paused).toBe('running');
    story.socket.end(DROP);
    story.hear(1_000, 'voice');
    expect(story.source.paused).toBe('paused');
  });

  test('of a quiet room that no service would hear is not taken for heard', async () => {
    const story = await startStory({ sourceKind: 'stored' });
    story.hear(1_000, 'quiet');
    story.source.end();
    story.socket.end({ kind: 'refused', status: 302 });
    expect((await story.dictation.ended).error?.code).toBe('handshake-refused');
  });

  test('that ended during an outage waits for a session, until a person does not', async () => {
    const story = await startTalking({ silenceSeconds: 0, sourceKind: 'stored' });
    story.hear(6_000, 'voice');
    story.socket.end(DROP);
    story.source.end();
    story.clock.advance(0);
    await settled();
    story.clock.advance(8_000);
    expect(story.eventsOf('end')).toEqual([]);
    story.dictation.stop('user');
    story.clock.advance(5_600);
    expect((await story.dictation.ended).reason).toBe('audio-ended');
  });
});

test('when the last words of an expiring session are lost, both sessions are heard again', async () => {
  const story = await startStory({ silenceSeconds: 0, noSpeechSeconds: 0 });
  story.socket.open();
  const expires_at = story.clock.unixMs() / 1_000 + 120;
  story.receive({ type: 'Begin', id: 'session-1', expires_at });
  story.hear(89_000);
  story.hear(1_200, 'voice');
  await settled();
  const [old, next] = story.network.sockets;
  old?.receive(partialTurn({ order: 0, text: 'old words', startMs: 89_000, endMs: 90_000 }));
  next?.open();
  next?.receive({ type: 'Begin', id: 'session-2' });
  story.hear(25_500, 'voice');
  expect(old?.messages).toContainEqual({ type: 'Terminate' });
  next?.receive(finalTurn({ ...FIRST, text: 'New words.' }));
  old?.end(DROP);
  story.clock.advance(2_000);
  await beginAgain(story, 'session-3');
  story.hear(1_000);
  story.receive(finalTurn({ ...FIRST, text: 'Old words. New words.' }));
  expect(story.texts).toEqual(['Old words. New words.']);
  expect(next?.closedWith).toBe(1000);
});
