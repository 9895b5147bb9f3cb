import { describe, expect, test } from 'vitest';
import { dictate } from '../../../src/core/index.ts';
import { FakeClock } from '../../../src/testing/fake-clock.ts';
import { createFakeNetwork, type FakeSocket } from '../../../src/testing/fake-socket.ts';
import { FakeSource } from '../../../src/testing/fake-source.ts';
import { settled, startStory } from '../../support/dictation-story.ts';

function expectedBy({ request }: FakeSocket): unknown {
  return JSON.parse(new URL(request.url).searchParams.get('keyterms_prompt') ?? '[]');
}

const UPDATE = { type: 'UpdateConfiguration', keyterms_prompt: ['Dvořák', 'user service'] };

describe('words to expect that change on the way', () => {
  test('are told to the session that runs', async () => {
    const story = await startStory({ keyterms: ['Janáček'] });
    story.begin();
    story.dictation.expect(['Dvořák', 'user service']);
    expect(expectedBy(story.socket)).toEqual(['Janáček']);
    expect(story.socket.messages).toEqual([UPDATE]);
  });

  test('wait for a session that has not begun, and only the last count', async () => {
    const story = await startStory();
    story.dictation.expect(['Smetana']);
    story.dictation.expect(['Dvořák', 'user service']);
    expect(story.socket.messages).toEqual([]);
    story.begin();
    expect(story.socket.messages).toEqual([UPDATE]);
  });

  test('are asked for by the next session after a drop', async () => {
    const story = await startStory();
    story.begin();
    story.hear(500, 'voice');
    story.dictation.expect(['Dvořák']);
    story.socket.end({ kind: 'closed', code: 1011, reason: '' });
    story.hear(5_000);
    await settled();
    expect(story.network.sockets).toHaveLength(2);
    expect(expectedBy(story.socket)).toEqual(['Dvořák']);
    story.begin();
    expect(story.socket.messages).toEqual([]);
  });

  test('count in the price of a model that charges for them', async () => {
    const story = await startStory({ model: 'universal-streaming-english' });
    story.begin('universal-streaming-english');
    story.dictation.expect(['Dvořák']);
    story.hear(1_000);
    story.dictation.stop('user');
    story.terminated({ audio: 3_600, session: 3_600 });
    expect((await story.dictation.ended).costUsd).toBe(0.19);
  });

  test('change nothing after the end', async () => {
    const story = await startStory();
    story.begin();
    story.dictation.stop('user');
    story.terminated({ audio: 1, session: 1 });
    await story.dictation.ended;
    expect(() => story.dictation.expect(['Dvořák'])).not.toThrow();
  });

  test('are checked first: a list the service would hang up for is refused', () => {
    const dictation = dictate({
      audio: new FakeSource('live'),
      endpoint: 'ws://127.0.0.1:1/v3/ws',
      nameOf: () => '--keyterm',
      ports: { clock: new FakeClock(), openSocket: createFakeNetwork().openSocket },
    });
    const many = Array.from({ length: 10_000 }, (_, index) => `term ${index}`);
    expect(() => dictation.update({ keyterms: many })).toThrow(
      '--keyterm: 10000 are more than the service takes; keep the best 100',
    );
    expect(() => dictation.update({ keyterms: ['x'.repeat(51)] })).toThrow(/more than 50 char/);
    dictation.abort();
  });
});
