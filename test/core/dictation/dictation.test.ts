import { describe, expect, test } from 'vitest';
import { DictationError } from '../../../src/core/errors.ts';
import {
  emptyFinal,
  errorMessage,
  finalTurn,
  partialTurn,
  speechStarted,
} from '../../../src/testing/wire-messages.ts';
import { settled, startStory } from '../../support/dictation-story.ts';

const HELLO = { order: 0, text: 'Hello world.', startMs: 200, endMs: 1_000 };
const AGAIN = { order: 1, text: 'Once more.', startMs: 2_000, endMs: 2_900 };

describe('starting', () => {
  test('records before the session begins and sends the first sample first', async () => {
    const story = await startStory();
    story.hear(1_300, 'voice');
    story.begin();
    story.hear(7_000);

    const captured = story.clock.now() / 50;
    expect(story.socket.audio.length / 1_600).toBeCloseTo(captured, -0.5);
    expect([...story.socket.audio.subarray(0, 8)]).not.toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });

  test('catches up at no more than 1.25 times real time', async () => {
    const story = await startStory();
    story.hear(3_000, 'voice');
    story.begin();
    const begun = story.clock.now();
    for (let step = 0; step < 60; step += 1) {
      story.hear(50);
      const sentMs = story.socket.audio.length / 32;
      expect(sentMs).toBeLessThanOrEqual(1.25 * (story.clock.now() - begun) + 50);
    }
  });

  test('is listening when the microphone gives more than zeros', async () => {
    const story = await startStory();
    story.begin();
    story.hear(1_000, 'zeros');
    expect(story.eventsOf('listening')).toEqual([]);

    story.hear(50);
    expect(story.eventsOf('listening')).toEqual([
      { type: 'listening', engine: 'assemblyai', device: 'test microphone' },
    ]);
  });

  test('says once that a microphone gives digital silence', async () => {
    const story = await startStory();
    story.begin();
    story.hear(6_000, 'zeros');
    expect(story.eventsOf('warning').map(({ code }) => code)).toEqual(['digital-silence']);
  });

  test('ends at the limit, and as a fault, when a microphone never gave anything else', async () => {
    const story = await startStory({ noSpeechSeconds: 30 });
    story.begin();
    story.hear(29_000, 'zeros');
    expect(story.source.state).toBe('running');

    story.hear(4_000, 'zeros');
    story.terminated({ audio: 32, session: 32 });
    expect((await story.dictation.ended).error?.code).toBe('no-samples');
  });

  test('stays when a microphone wakes up after a while', async () => {
    const story = await startStory({ noSpeechSeconds: 60 });
    story.begin();
    story.hear(7_000, 'zeros');
    story.hear(5_000);
    story.hear(9_000, 'zeros');
    expect(story.source.state).toBe('running');
  });

  test('warns once when the service chose another model, however many sessions there are', async () => {
    const story = await startStory();
    story.begin('universal-streaming-english');
    story.hear(6_000, 'voice');
    story.socket.end({ kind: 'closed', code: 1006, reason: '' });
    await story.clock.advanceAsync(1_000);
    story.begin('universal-streaming-english', 'session-2');
    expect(story.eventsOf('begin')).toHaveLength(2);
    expect(story.eventsOf('warning').map(({ code }) => code)).toEqual(['model-differs']);
  });

  test('ends when no session can be asked for', async () => {
    const refusal = new DictationError('no-key', 'There is no key');
    const story = await startStory({ access: () => Promise.reject(refusal) });
    const end = await story.dictation.ended;
    expect(end).toMatchObject({ reason: 'error', error: refusal });
    expect(story.source.state).toBe('aborted');
  });

  test('gives up after three tries when no Begin comes within ten seconds', async () => {
    const story = await startStory();
    for (let attempt = 0; attempt < 3; attempt += 1) {
      story.socket.open();
      story.hear(12_000);
      await settled();
    }
    expect((await story.dictation.ended).error?.code).toBe('connect-timeout');
    expect(story.network.sockets.length).toBe(3);
  });
});

describe('the silence', () => {
  test('ends the session five seconds after the last word, without any message', async () => {
    const story = await startStory();
    story.begin();
    story.hear(1_400, 'voice');
    story.receive(finalTurn(HELLO));
    story.hear(4_500);
    expect(story.sentTypes).toEqual([]);

    story.hear(200);
    expect(story.sentTypes).toEqual(['Terminate']);
    const sentMs = story.socket.audio.length / 32;
    expect(sentMs).toBeGreaterThanOrEqual(6_000);
    expect(sentMs).toBeLessThanOrEqual(6_100);
  });

  test('counts down aloud from the warning on, each second once', async () => {
    const story = await startStory();
    story.begin();
    story.hear(1_400, 'voice');
    story.receive(finalTurn(HELLO));
    story.hear(5_000);
    const countdown = story.eventsOf('countdown').map(({ remainingMs, reason }) => {
      return [Math.round(remainingMs / 100) / 10, reason];
    });
    expect(countdown).toEqual([
      [2.5, 'silence'],
      [2, 'silence'],
      [1, 'silence'],
    ]);
  });

  test('is put off by new words and not by their repetition', async () => {
    const story = await startStory();
    story.begin();
    story.hear(1_400, 'voice');
    story.receive(partialTurn(HELLO));
    for (let second = 0; second < 4; second += 1) {
      story.hear(1_000);
      story.receive(partialTurn(HELLO), finalTurn(HELLO), emptyFinal(9));
    }
    story.hear(800);
    expect(story.sentTypes).toEqual(['Terminate']);
  });

  test('is put off by SpeechStarted', async () => {
    const story = await startStory();
    story.begin();
    story.hear(1_400, 'voice');
    story.receive(finalTurn(HELLO));
    story.hear(4_000);
    story.receive(speechStarted(5_000));
    story.hear(4_900);
    expect(story.sentTypes).toEqual([]);
  });

  test('has a longer limit before the first word', async () => {
    const story = await startStory();
    story.hear(2_000);
    story.begin();
    story.hear(9_900);
    expect(story.sentTypes).toEqual([]);

    story.hear(200);
    expect(story.sentTypes).toEqual(['Terminate']);
    expect(story.eventsOf('stopping')).toEqual([{ type: 'stopping', reason: 'no-speech' }]);
  });

  test('is not mistaken for a backlog that is being caught up', async () => {
    const story = await startStory({ silenceSeconds: 2 });
    story.hear(1_000, 'voice');
    story.hear(7_000);
    story.begin();
    story.clock.advance(1_000);
    story.receive(finalTurn(HELLO));
    story.hear(1_000);
    expect(story.sentTypes).toEqual([]);
  });

  test('starts over when the person asks to keep listening', async () => {
    const story = await startStory();
    story.begin();
    story.hear(1_400, 'voice');
    story.receive(finalTurn(HELLO));
    story.hear(4_000);
    story.dictation.keepListening();
    story.hear(4_900);
    expect(story.sentTypes).toEqual([]);
    expect(story.eventsOf('countdown-cleared').length).toBeGreaterThan(0);

    story.hear(200);
    expect(story.sentTypes).toEqual(['Terminate']);
  });

  test('waits up to two seconds for the words of a voice that speaks at the deadline', async () => {
    const story = await startStory();
    story.begin();
    story.hear(1_400, 'voice');
    story.receive(finalTurn(HELLO));
    story.hear(4_300);
    story.hear(2_000, 'voice');
    expect(story.sentTypes).toEqual([]);

    story.hear(400, 'voice');
    expect(story.sentTypes).toEqual(['Terminate']);
  });

  test('still counts when the microphone stops giving samples', async () => {
    const story = await startStory();
    story.begin();
    story.hear(1_400, 'voice');
    story.receive(finalTurn(HELLO));
    story.clock.advance(5_000);
    expect(story.sentTypes).toEqual(['Terminate']);
  });

  test('can be switched off, and the longest duration still holds', async () => {
    const story = await startStory({ silenceSeconds: 0, noSpeechSeconds: 0, maxSeconds: 60 });
    story.begin();
    story.hear(59_900);
    expect(story.sentTypes).toEqual([]);

    story.hear(200);
    expect(story.eventsOf('stopping')).toEqual([{ type: 'stopping', reason: 'max-duration' }]);
  });
});

describe('the stop', () => {
  test('sends the tail padded, ends the open turn, terminates, and then sends nothing', async () => {
    const story = await startStory();
    story.begin();
    story.hear(1_000, 'voice');
    story.receive(partialTurn(HELLO));
    story.source.held = new Uint8Array(700).fill(7);
    story.dictation.stop('user');
    story.clock.advance(200);
    story.source.give(500, 'voice');

    const [tail, ...texts] = story.socket.sent.slice(-3);
    expect((tail as Uint8Array).length).toBe(1_600);
    expect([...(tail as Uint8Array).subarray(698, 702)]).toEqual([7, 7, 0, 0]);
    expect(texts).toEqual(['{"type":"ForceEndpoint"}', '{"type":"Terminate"}']);
  });

  test('delivers the turn that arrives between Terminate and Termination', async () => {
    const story = await startStory();
    story.begin();
    story.hear(1_000, 'voice');
    story.dictation.stop('user');
    story.receive(finalTurn(HELLO), finalTurn(AGAIN));
    story.terminated({ audio: 1, session: 3 });

    const end = await story.dictation.ended;
    expect(story.texts).toEqual(['Hello world.', 'Once more.']);
    expect(end).toMatchObject({
      reason: 'user',
      finals: 2,
      billedSeconds: 3,
      billedIsEstimate: false,
    });
    expect(story.clock.pending).toBe(0);
  });

  test('is over within six seconds when the server never answers', async () => {
    const story = await startStory();
    story.begin();
    story.hear(1_000, 'voice');
    story.receive(partialTurn(HELLO));
    story.dictation.stop('user');
    story.clock.advance(5_000);
    await Promise.resolve();
    story.clock.advance(600);

    const end = await story.dictation.ended;
    expect(end).toMatchObject({
      reason: 'user',
      billedIsEstimate: true,
      unsavedText: 'Hello world.',
    });
    expect(story.clock.pending).toBe(0);
  });

  test('tells the words of a turn that the service passed over', async () => {
    const story = await startStory();
    story.begin();
    story.hear(1_000, 'voice');
    story.receive(partialTurn(HELLO));
    story.dictation.stop('user');
    story.receive(emptyFinal(1));
    story.terminated({ audio: 1, session: 2 });

    const end = await story.dictation.ended;
    expect(end).toMatchObject({ finals: 0, unsavedText: 'Hello world.' });
  });

  test('keeps its first reason', async () => {
    const story = await startStory();
    story.begin();
    story.hear(1_000, 'voice');
    story.dictation.stop('budget');
    story.dictation.stop('user');
    story.terminated({ audio: 1, session: 1 });
    expect((await story.dictation.ended).reason).toBe('budget');
  });

  test('waits for the session when words were said before it began', async () => {
    const story = await startStory();
    story.hear(1_000, 'voice');
    story.dictation.stop('user');
    story.begin();
    story.clock.advance(2_000);
    expect(story.socket.audio.length).toBe(32_000);
    expect(story.sentTypes).toEqual(['Terminate']);
  });

  test('ends at once when nothing was said before the session began', async () => {
    const story = await startStory();
    story.hear(1_000);
    story.dictation.stop('user');
    expect((await story.dictation.ended).reason).toBe('user');
    expect(story.socket.closedWith).toBe('aborted');
  });

  test('says what it could not send when no session begins after a stop', async () => {
    const story = await startStory();
    story.hear(1_000, 'voice');
    story.dictation.stop('user');
    story.clock.advance(5_000);
    expect((await story.dictation.ended).reason).toBe('user');
    expect(story.eventsOf('warning').map(({ code }) => code)).toEqual(['audio-dropped']);
  });

  test('comes with the end of a file, after its last frame', async () => {
    const story = await startStory({ sourceKind: 'stored' });
    story.begin();
    story.hear(1_000, 'voice');
    story.source.give(20, 'voice');
    story.source.end();
    story.clock.advance(200);
    expect(story.socket.audio.length).toBe(33_600);
    expect(story.eventsOf('stopping')).toEqual([{ type: 'stopping', reason: 'audio-ended' }]);
    expect(story.sentTypes).toEqual(['Terminate']);
  });

  test('ends at once when it is asked to abort, and the service is still told', async () => {
    const story = await startStory();
    story.begin();
    story.hear(1_000, 'voice');
    story.dictation.abort();
    await Promise.resolve();
    story.clock.advance(500);
    expect(story.sentTypes).toEqual(['Terminate']);
    expect((await story.dictation.ended).reason).toBe('user');
  });
});

describe('trouble', () => {
  test('keeps what was heard when the recorder fails, and terminates', async () => {
    const story = await startStory();
    story.begin();
    story.hear(1_000, 'voice');
    story.source.fail(new DictationError('recorder-failed', 'The recorder ended'));
    story.receive(finalTurn(HELLO));
    story.terminated({ audio: 1, session: 1 });
    expect(story.sentTypes).toEqual(['Terminate']);
    expect(story.texts).toEqual(['Hello world.']);
    expect((await story.dictation.ended).error?.code).toBe('recorder-failed');
  });

  test('ends at once when the recorder fails before anything was heard and a session began', async () => {
    const story = await startStory();
    story.source.fail(new DictationError('recorder-failed', 'The recorder ended'));
    const { error, billedSeconds } = await story.dictation.ended;
    expect([error?.code, billedSeconds]).toEqual(['recorder-failed', 0]);
    expect(story.socket.closedWith).toBe('aborted');
  });

  test('ends with a sentence when the key is refused', async () => {
    const story = await startStory();
    story.socket.open();
    story.receive(errorMessage(1008, 'Unauthorized Connection: Invalid API key'));
    story.socket.end({ kind: 'closed', code: 1008, reason: 'See Error message for details' });
    const { error } = await story.dictation.ended;
    expect(error?.code).toBe('key-refused');
    expect(story.network.sockets.length).toBe(1);
    expect(story.eventsOf('error').length).toBe(1);
  });

  test('takes the hang-up of a service that received nothing for silence', async () => {
    const story = await startStory();
    story.begin();
    story.receive(
      errorMessage(
        3006,
        'Session terminated due to inactivity: No messages received for 10 seconds',
      ),
    );
    story.socket.end({ kind: 'closed', code: 3006, reason: 'See Error message for details' });
    expect((await story.dictation.ended).reason).toBe('silence');
  });

  test('terminates before it ends when the place the words go to refuses them', async () => {
    const story = await startStory({
      onEvent: (event) => {
        if (event.type === 'final') throw new Error('full');
      },
    });
    story.begin();
    story.hear(1_000, 'voice');
    story.receive(finalTurn(HELLO));
    expect(story.sentTypes).toEqual(['Terminate']);
    story.terminated({ audio: 1, session: 1 });
    expect((await story.dictation.ended).reason).toBe('error');
  });
});

describe('a recording', () => {
  test('is told in whole seconds as it is sent, and not again what is sent again', async () => {
    const story = await startStory({ sourceKind: 'stored' });
    story.begin();
    story.hear(2_500, 'voice');
    story.socket.end({ kind: 'closed', code: 1011, reason: '' });
    story.clock.advance(1_000);
    await settled();
    story.begin();
    story.hear(3_000, 'voice');
    const heard = story.eventsOf('heard');
    expect(heard.map(({ audioMs }) => audioMs)).toEqual([1_000, 2_000, 3_000]);
  });

  test('on this machine is told as the engine listens to it, not as it is sent', async () => {
    const limits = { silenceSeconds: 0, noSpeechSeconds: 0, maxSeconds: 0 };
    const story = await startStory({ sourceKind: 'stored', engine: 'local', ...limits });
    story.begin();
    story.source.give(10_000, 'voice');
    expect(story.eventsOf('heard')).toEqual([]);
    story.clock.advance(900);
    story.receive({
      type: 'Heartbeat',
      total_audio_received_ms: 10_000,
      total_duration_ms: 3_400,
      realtime_factor: 1,
      max_speech_probability: 1,
    });
    expect(story.eventsOf('heard')).toEqual([{ type: 'heard', audioMs: 3_000, tookMs: 900 }]);
  });
});
