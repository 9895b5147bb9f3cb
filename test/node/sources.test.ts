import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { dictate } from '../../src/node/lull.ts';
import { microphone, wavFile } from '../../src/node/sources.ts';
import { startScriptedServer } from '../../src/testing/scripted-server.ts';
import { CollectedAudio } from '../support/sound/collected-audio.ts';
import { buildWav } from '../support/sound/wav.ts';

test('a microphone is recorded by a command of your own', async () => {
  const audio = new CollectedAudio();
  const script = `process.stdout.write(Buffer.alloc(3200, 7)); setInterval(() => {}, 1000)`;
  const source = microphone({ recorder: `${process.execPath} -e '${script}'` });
  expect(source).toMatchObject({ kind: 'live', name: 'default microphone' });
  const running = source.start(audio);
  onTestFinished(() => running.abort());
  await audio.received(3_200);
  expect(audio.pcm[0]).toBe(7);
});

test('a file that is not there is refused before anything is opened', async () => {
  await expect(wavFile('/nonexistent/talk.wav')).rejects.toMatchObject({ code: 'audio-missing' });
});

test('a recording is dictated with the headers and the refusals of the service', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lull-node-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'talk.wav');
  writeFileSync(path, buildWav({ samples: new Float32Array(8_000).fill(0.1) }));
  const server = await startScriptedServer({}, { refuse: { status: 401 } });
  onTestFinished(() => server.close());

  const options = { key: 'k'.repeat(32), endpoint: server.url } as const;
  const audio = () => wavFile(path, { pace: 'as-taken' });
  const { reason } = await dictate({ audio: await audio(), ...options }).ended;
  expect(reason).toBe('audio-ended');
  expect(server.connections[0]?.headers.authorization).toBe(options.key);

  const { error } = await dictate({ audio: await audio(), ...options }).ended;
  expect(error).toMatchObject({ code: 'key-refused' });
});
