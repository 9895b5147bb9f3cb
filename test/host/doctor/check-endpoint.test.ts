import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createMonotonicClock } from '../../../src/host/clock.ts';
import { checkService } from '../../../src/host/doctor/check-endpoint.ts';
import { FakeClock } from '../../../src/testing/fake-clock.ts';
import { answerHttp, answerRaw, listen } from '../../support/loopback-servers.ts';
import { until } from '../../support/sound/recorder-fixtures.ts';
import { lacks } from '../../support/system-packages.ts';

const clock = createMonotonicClock();

describe('checkService', () => {
  test('finds a service that answers, whatever it answers', async () => {
    const [endpoint, time] = await checkService(await answerHttp(426), clock);
    expect(endpoint).toMatchObject({
      state: 'ok',
      message: expect.stringMatching(/^127\.0\.0\.1:\d+ answered after \d+ ms$/),
    });
    expect(time).toMatchObject({ name: 'clock', state: 'ok' });
  });

  test('tells how far the clocks are apart', async () => {
    const date = 'Mon, 01 Jan 2035 00:00:00 GMT';
    const [, time] = await checkService(await answerHttp(200, { Date: date }), clock);
    expect(time).toMatchObject({
      state: 'warning',
      message: expect.stringMatching(/clock is \d+ s behind the service's/),
    });
  });

  test('names what keeps it from the service', async () => {
    const [endpoint, ...others] = await checkService('ws://127.0.0.1:9/v3/ws', clock);
    expect(others).toEqual([]);
    expect(endpoint).toMatchObject({
      state: 'failed',
      message:
        '127.0.0.1:9 cannot be reached (ECONNREFUSED): check the network, a proxy and the address',
      error: { code: 'unreachable' },
    });
  });

  test('gives up on a service that says nothing', async () => {
    const fake = new FakeClock();
    const found = checkService(await answerRaw(() => {}), fake);
    await until(() => fake.pending === 1);
    fake.advance(5_000);
    expect(await found).toMatchObject([
      { state: 'failed', message: expect.stringContaining('(ETIMEDOUT)') },
    ]);
  });

  test.skipIf(lacks('openssl', 'openssl'))('says that a certificate is not trusted', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lull-doctor-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    const files = ['-keyout', keyFile, '-out', certFile, '-subj', '/CN=127.0.0.1'];
    execFileSync('openssl', ['req', '-x509', ...key, ...files], { stdio: 'ignore' });
    const server = createServer({ key: readFileSync(keyFile), cert: readFileSync(certFile) });
    const [endpoint] = await checkService(`wss://127.0.0.1:${await listen(server)}/`, clock);
    expect(endpoint).toMatchObject({
      state: 'failed',
      message: expect.stringMatching(
        /^The certificate of 127\.0\.0\.1:\d+ is not trusted \(\w+\): .*NODE_EXTRA_CA_CERTS at its certificate file$/,
      ),
    });
  });
});
