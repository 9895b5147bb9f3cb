import { describe, expect, test } from 'vitest';
import type { DictationEnd } from '../../../src/core/dictation/dictation.ts';
import {
  errorMessage,
  finalTurn,
  partialTurn,
  unformattedTurn,
} from '../../../src/testing/wire-messages.ts';
import { type DictationStory, settled, startStory } from '../../support/dictation-story.ts';

const FIRST = { order: 0, text: 'First words.', startMs: 100, endMs: 900 };
const SECOND = { order: 1, text: 'second words', startMs: 7_300, endMs: 8_000 };
const DROP = { kind: 'closed', code: 1006, reason: '' } as const;

/** A dictation in its first session: one final, then a pause, then a turn being spoken. */
async function startMidSpeech(): Promise<DictationStory> {
  const story = await startStory({ silenceSeconds: 20 });
  story.begin();
  story.hear(1_000, 'voice');
  story.receive(finalTurn(FIRST));
  story.hear(6_000, 'quiet');
  story.hear(1_000, 'voice');
  story.receive(partialTurn(SECOND));
  return story;
}

/** For so long no connection can be made, while somebody speaks; ends with a socket being opened. */
async function sufferOutage(story: DictationStory, ms: number): Promise<void> {
  const untilMs = story.clock.now() + ms;
  for (let sockets = story.network.sockets.length; ; ) {
    story.hear(500, 'voice');
    await settled();
    if (story.network.sockets.length === sockets) continue;
    if (story.clock.now() >= untilMs) return;
    sockets = story.network.sockets.length;
    story.socket.end({ kind: 'unreachable', errno: 'ENETUNREACH' });
  }
}

/** No connection can be made any more. */
async function giveUp(story: DictationStory): Promise<DictationEnd> {
  for (let attempt = 0; attempt < 60 && story.eventsOf('end').length === 0; attempt += 1) {
    story.clock.advance(10_000);
    await settled();
    story.socket.end({ kind: 'unreachable', errno: 'ENETUNREACH' });
  }
  return await story.dictation.ended;
}

function droppedOf(story: DictationStory) {
  return story.eventsOf('warning').filter(({ code }) => code === 'audio-dropped');
}

/** The next session opens and begins. */
async function beginAgain(story: DictationStory, id = 'session-2'): Promise<void> {
  await settled();
  story.begin('universal-3-6-pro', id);
}

describe('a drop in mid-speech', () => {
  test('opens a new session and replays what followed the last committed word', async () => {
    const story = await startMidSpeech();
    const [first] = story.network.sockets;
    story.socket.end(DROP);
    story.clock.advance(0);
    await beginAgain(story);
    story.hear(10_000);

    expect(story.eventsOf('reconnecting')).toEqual([
      { type: 'reconnecting', attempt: 1, delayMs: 0, code: 1006 },
    ]);
    // Between the end of the first words and the start of the second, both as told.
    const cutMs = findStart(first?.audio, story.socket.audio);
    expect(cutMs).toBeGreaterThan(900 - 240 - 50);
    expect(cutMs).toBeLessThanOrEqual(7_300);
    expect(story.network.sockets.length).toBe(2);
  });

  test('numbers and times the turns of all sessions as one dictation', async () => {
    const story = await startMidSpeech();
    const [first] = story.network.sockets;
    story.socket.end(DROP);
    story.clock.advance(0);
    await beginAgain(story);
    const originMs = findStart(first?.audio, story.socket.audio);
    story.hear(3_000);
    story.receive(finalTurn({ ...FIRST, text: 'Second words.' }));

    const [one, two] = story.eventsOf('final');
    expect([one?.turn, two?.turn]).toEqual([0, 1]);
    expect([one?.sessionId, two?.sessionId]).toEqual(['session-1', 'session-2']);
    expect(two?.startMs).toBe(originMs + 100);
  });

  test('commits a held final before the replay point is chosen', async () => {
    const story = await startStory({ model: 'universal-streaming-english', silenceSeconds: 20 });
    story.begin('universal-streaming-english');
    story.hear(1_000, 'voice');
    story.hear(5_000);
    story.receive(unformattedTurn(FIRST));
    const [first] = story.network.sockets;
    story.socket.end(DROP);
    expect(story.texts).toEqual(['First words.']);
    story.clock.advance(0);
    await settled();
    story.begin('universal-streaming-english');
    expect(findStart(first?.audio, story.socket.audio)).toBeGreaterThan(600);
  });

  test('reports the partial text as unsaved only when no later session hears it again', async () => {
    const story = await startMidSpeech();
    story.socket.end(DROP);
    story.clock.advance(0);
    await beginAgain(story);
    story.hear(2_000);
    story.receive(finalTurn({ ...FIRST, text: 'Second words.' }));
    story.dictation.stop('user');
    story.clock.advance(5_000);
    story.terminated({ audio: 1, session: 1 });
    expect((await story.dictation.ended).unsavedText).toBeUndefined();
  });

  test('keeps the text, and says what was heard but not finished, when it gives up', async () => {
    const story = await startMidSpeech();
    story.socket.end(DROP);
    const end = await giveUp(story);
    expect(end).toMatchObject({ reason: 'error', finals: 1, unsavedText: 'second words' });
    expect(end.error?.code).toBe('unreachable');
    expect(story.clock.pending).toBe(0);
  });

  test('keeps the words of a lost session when the next one is lost before it heard them all', async () => {
    const story = await startMidSpeech();
    story.socket.end(DROP);
    story.clock.advance(0);
    await beginAgain(story);
    story.hear(500, 'quiet');
    story.receive(partialTurn({ order: 0, text: 'second', startMs: 100, endMs: 400 }));
    story.socket.end(DROP);
    expect(await giveUp(story)).toMatchObject({ finals: 1, unsavedText: 'second words' });
    // What is told as text is not told as lost sound as well.
    expect(droppedOf(story)).toEqual([]);
  });

  test('says that a short word after those is lost, when no session will hear it', async () => {
    const story = await startMidSpeech();
    story.hear(200, 'voice');
    story.socket.end(DROP);
    expect(await giveUp(story)).toMatchObject({ finals: 1, unsavedText: 'second words' });
    expect(droppedOf(story).map(({ message }) => message)).toEqual([
      expect.stringMatching(/^0\.2 s of speech did not become text/),
    ]);
  });

  test('says so of words that were said on and on, which look like noise after a while', async () => {
    const story = await startMidSpeech();
    story.hear(2_500, 'voice');
    story.receive(partialTurn({ ...SECOND, text: 'second words and more', endMs: 10_200 }));
    story.socket.end(DROP);
    await giveUp(story);
    expect(droppedOf(story).map(({ message }) => message)).toEqual([
      expect.stringMatching(/^0\.3 s of speech did not become text/),
    ]);
  });

  test('says what was lost after a final that holds less than was shown before', async () => {
    const story = await startMidSpeech();
    story.hear(1_000, 'voice');
    story.receive(partialTurn({ ...SECOND, text: 'second words and more', endMs: 9_000 }));
    story.socket.end(DROP);
    story.clock.advance(0);
    await beginAgain(story);
    story.hear(1_000, 'quiet');
    story.receive(finalTurn({ order: 0, text: 'Second words.', startMs: 100, endMs: 400 }));
    story.socket.end(DROP);
    expect(await giveUp(story)).toMatchObject({ finals: 2 });
    expect(droppedOf(story)).toHaveLength(1);
  });

  test('does not count the time without a session as silence', async () => {
    const story = await startStory({ silenceSeconds: 5 });
    story.begin();
    story.hear(1_000, 'voice');
    story.receive(finalTurn(FIRST));
    story.socket.end(DROP);
    await sufferOutage(story, 20_000);
    expect(story.eventsOf('stopping')).toEqual([]);
  });

  test('says how much was lost when more was spoken than is kept', async () => {
    const story = await startStory({ silenceSeconds: 0 });
    story.begin();
    story.hear(6_000, 'voice');
    story.receive(finalTurn({ ...FIRST, endMs: 5_900 }));
    story.socket.end(DROP);
    await sufferOutage(story, 40_000);
    await beginAgain(story);
    story.hear(1_000);
    const [warning] = story.eventsOf('warning');
    expect(warning?.code).toBe('audio-dropped');
    expect(Number.parseFloat(warning?.message ?? '')).toBeGreaterThan(8);
  });

  test('while the last words are awaited replays them into a session of their own', async () => {
    const story = await startMidSpeech();
    story.dictation.stop('user');
    expect(story.sentTypes).toEqual(['ForceEndpoint', 'Terminate']);
    story.socket.end(DROP);
    story.clock.advance(2_000);
    await beginAgain(story);
    story.clock.advance(4_000);
    expect(story.sentTypes).toEqual(['Terminate']);
    story.receive(finalTurn({ ...FIRST, text: 'Second words.' }));
    story.terminated({ audio: 1, session: 1 });
    expect(await story.dictation.ended).toMatchObject({ reason: 'user', finals: 2 });
    expect(story.texts).toEqual(['First words.', 'Second words.']);
  });
});

describe('a file that ends before there is a session', () => {
  test('waits for a slow one', async () => {
    const story = await startStory({ sourceKind: 'stored' });
    story.hear(1_000, 'voice');
    story.source.end();
    story.clock.advance(8_000);
    story.begin();
    story.clock.advance(1_000);
    expect(story.sentTypes).toEqual(['Terminate']);
    expect(story.socket.audio.length).toBe(32_000);
  });

  test('fails with the error when none can be had: its words are lost', async () => {
    const story = await startStory({ sourceKind: 'stored' });
    story.hear(1_000, 'voice');
    story.source.end();
    for (let attempt = 0; attempt < 3; attempt += 1) {
      story.socket.end({ kind: 'unreachable', errno: 'ECONNREFUSED' });
      story.clock.advance(10_000);
      await settled();
    }
    const end = await story.dictation.ended;
    expect([end.reason, end.error?.code]).toEqual(['error', 'unreachable']);
  });
});

test('a drop after the last word is committed does not hold up a stop', async () => {
  const story = await startStory();
  story.begin();
  story.hear(900, 'voice');
  story.receive(finalTurn(FIRST));
  story.hear(2_000);
  story.dictation.stop('user');
  story.socket.end(DROP);
  expect((await story.dictation.ended).reason).toBe('user');
  expect(story.network.sockets.length).toBe(1);
});

describe('a link that is as good as dead', () => {
  test('is found within ten seconds when pings stay unanswered', async () => {
    const story = await startStory({ silenceSeconds: 0, noSpeechSeconds: 0 });
    story.begin();
    story.hear(4_000, 'voice');
    story.socket.pongs = 'missing';
    story.hear(10_100, 'voice');
    await settled();
    expect(story.network.sockets.length).toBe(2);
  });

  test('is found within about ten seconds when it takes no more data', async () => {
    const story = await startStory({ silenceSeconds: 0, noSpeechSeconds: 0 });
    story.begin();
    story.hear(4_000, 'voice');
    story.socket.bufferedAmount = 1_000_000;
    story.hear(10_200, 'voice');
    await settled();
    expect(story.network.sockets.length).toBe(2);
  });

  test('is not suspected of a peer that never answers pings', async () => {
    const story = await startStory({ silenceSeconds: 0, noSpeechSeconds: 0 });
    story.socket.pongs = 'missing';
    story.begin();
    story.hear(60_000);
    expect(story.network.sockets.length).toBe(1);
  });

  test('is cut when it floods', async () => {
    const story = await startStory();
    story.begin();
    for (let count = 0; count < 5_000; count += 1) story.receive('{"type":"Heartbeat"}');
    story.clock.advance(600);
    await settled();
    story.clock.advance(600);
    expect((await story.dictation.ended).error?.code).toBe('service-failed');
  });
});

describe('a session about to expire', () => {
  const LIFE_SECONDS = 120;

  async function startExpiring() {
    const story = await startStory({ silenceSeconds: 0, noSpeechSeconds: 0 });
    story.socket.open();
    const expires_at = story.clock.unixMs() / 1_000 + LIFE_SECONDS;
    story.receive({ type: 'Begin', id: 'session-1', expires_at });
    story.hear(1_000, 'voice');
    story.receive(finalTurn(FIRST));
    story.hear(89_100);
    await settled();
    const [old, next] = story.network.sockets;
    return { story, old, next };
  }

  test('is followed by a new one at a pause, without a gap and without a repetition', async () => {
    const { story, old, next } = await startExpiring();
    expect(old?.messages).toEqual([]);
    next?.open();
    next?.receive({
      type: 'Begin',
      id: 'session-2',
      expires_at: story.clock.unixMs() / 1_000 + 10_800,
    });
    story.hear(2_000);
    expect(old?.messages).toEqual([{ type: 'Terminate' }]);
    expect((next?.audio.length ?? 0) / 32).toBeGreaterThan(1_000);
    expect(findStart(old?.audio, next?.audio)).toBe((old?.audio.length ?? 0) / 32);
  });

  test('tells its last words before those of the new one', async () => {
    const { story, old, next } = await startExpiring();
    next?.open();
    next?.receive({ type: 'Begin', id: 'session-2' });
    story.hear(500);
    next?.receive(finalTurn({ ...FIRST, text: 'New.' }));
    old?.receive(finalTurn({ ...SECOND, text: 'Old.' }));
    old?.receive({ type: 'Termination', audio_duration_seconds: 91, session_duration_seconds: 92 });
    old?.end({ kind: 'closed', code: 1000, reason: '' });
    expect(story.texts).toEqual(['First words.', 'Old.', 'New.']);
  });

  test('waits for the end of the turn, but not beyond five seconds before the expiry', async () => {
    const { story, old, next } = await startExpiring();
    old?.receive(partialTurn(SECOND));
    next?.open();
    next?.receive({ type: 'Begin', id: 'session-2' });
    story.hear(24_000, 'voice');
    expect(old?.messages).toEqual([]);
    story.hear(1_500, 'voice');
    expect(old?.messages).toEqual([{ type: 'ForceEndpoint' }, { type: 'Terminate' }]);
  });

  test('is kept when no successor can be had', async () => {
    const { story, old, next } = await startExpiring();
    next?.end({ kind: 'unreachable', errno: 'ECONNREFUSED' });
    story.hear(5_000, 'voice');
    expect(old?.messages).toEqual([]);
    expect(story.eventsOf('end')).toEqual([]);
  });
});

describe('what a server should not do', () => {
  test('is passed over: a second Begin, a Turn before Begin, an order that goes back', async () => {
    const story = await startStory();
    story.socket.open();
    story.receive(finalTurn(SECOND));
    story.begin();
    story.begin('universal-3-6-pro', 'session-x');
    story.hear(1_000, 'voice');
    story.receive(finalTurn({ ...FIRST, order: 4 }), finalTurn({ ...FIRST, order: 2 }));
    expect(story.eventsOf('begin').length).toBe(1);
    expect(story.texts).toEqual(['First words.']);
  });

  test('is a drop like any other: a Termination without a Terminate', async () => {
    const story = await startMidSpeech();
    story.terminated({ audio: 8, session: 9 });
    story.clock.advance(2_000);
    await beginAgain(story);
    expect(story.network.sockets.length).toBe(2);
    expect(story.eventsOf('end')).toEqual([]);
  });

  test('is tried three times when sessions die young', async () => {
    const story = await startStory();
    for (let session = 0; session < 3; session += 1) {
      story.begin();
      story.socket.end(DROP);
      story.clock.advance(10_000);
      await settled();
    }
    expect((await story.dictation.ended).error?.code).toBe('connection-lost');
    expect(story.network.sockets.length).toBe(3);
  });

  test('ends at once on an error that would come again', async () => {
    const story = await startMidSpeech();
    story.receive(errorMessage(3006, 'User Input Validation Error: no such thing'));
    story.socket.end({ kind: 'closed', code: 3006, reason: '' });
    expect((await story.dictation.ended).error?.code).toBe('request-refused');
    expect(story.network.sockets.length).toBe(1);
  });
});

test('words are not dropped for want of a try, however long the waits have become', async () => {
  const story = await startStory({ chance: 1 });
  story.begin();
  story.hear(7_000, 'voice');
  story.socket.end(DROP);
  // With the longest waits there would be a try after 21 s and the next after 31; 30 s are kept.
  await sufferOutage(story, 20_000);
  await beginAgain(story);
  story.hear(20_000, 'voice');
  expect(droppedOf(story)).toEqual([]);
  // The voice of these tests begins softly and is loud from 200 ms on.
  expect(findStart(story.network.sockets[0]?.audio, story.socket.audio)).toBeLessThan(200);
});

test('a wake from sleep ends the session instead of flooding it', async () => {
  const story = await startMidSpeech();
  story.clock.unixAtStartMs += 3_600_000;
  story.hear(1_100);
  expect(story.eventsOf('stopping')).toEqual([{ type: 'stopping', reason: 'suspended' }]);
});

/** Where `later` begins within what was captured, in milliseconds; no sound is made twice. */
function findStart(earlier: Uint8Array | undefined, later: Uint8Array | undefined): number {
  const whole = Buffer.from(earlier ?? []);
  const piece = Buffer.from((later ?? new Uint8Array()).subarray(0, 1_600));
  const offset = whole.indexOf(piece);
  return (offset === -1 ? whole.length : offset) / 32;
}
