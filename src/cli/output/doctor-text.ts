import { cleanText } from '../../core/index.ts';
import type { Check, MicrophoneTest, RungCheck } from '../../host/index.ts';

const NAME_WIDTH = 16;
const STATE_WIDTH = 16;
const BAR_WIDTH = 20;
/** What a bar shows: the faintest room, and a voice close by. */
const FAINTEST_DB = -70;
const LOUDEST_DB = -10;

const STATES: Readonly<Record<RungCheck['state'], string>> = {
  works: 'works',
  missing: 'not there',
  'no-sound-server': 'no sound server',
  'no-device': 'no device',
  permission: 'not allowed',
  busy: 'in use',
  zeros: 'only zeros',
  'no-samples': 'gives nothing',
  failed: 'fails',
};

export function formatCheck({ name, state, message }: Check): string {
  if (state === 'not-tried') return row(name, 'not tried', `${message}; --try-key tries it`);
  return row(name, state, message);
}

export function formatRung({
  name,
  state,
  firstSampleMs,
  levelDb,
  detail = '',
}: RungCheck): string {
  const heard =
    firstSampleMs === undefined || levelDb === undefined
      ? detail
      : `first sample after ${firstSampleMs} ms, ${Math.round(levelDb)} dB`;
  return row(name, STATES[state], heard);
}

export function formatMicrophone({
  device,
  levelDb,
  firstSampleMs,
  error,
}: MicrophoneTest): string {
  if (levelDb === undefined) return row('microphone', 'failed', error?.message ?? '');
  const heard = `${levelBar(levelDb)} ${Math.round(levelDb)} dB after ${firstSampleMs} ms, ${device}`;
  return row('microphone', error ? 'only zeros' : 'ok', heard);
}

/** What `--type` would use, the first that works. */
export function formatTyping(
  found: readonly { readonly name: string; readonly path: string }[],
): string {
  const [first] = found;
  if (first === undefined) return row('typing', 'not there', '--type would use the clipboard');
  return row('typing', 'ok', found.map(({ path }) => path).join(', '));
}

/** A bar of the level, as wide for every level. */
export function levelBar(levelDb: number): string {
  const share = (levelDb - FAINTEST_DB) / (LOUDEST_DB - FAINTEST_DB);
  const length = Math.round(Math.min(1, Math.max(0, share)) * BAR_WIDTH);
  return `[${'#'.repeat(length)}${'-'.repeat(BAR_WIDTH - length)}]`;
}

function row(name: string, state: string, message: string): string {
  const columns = [name.padEnd(NAME_WIDTH), state.padEnd(STATE_WIDTH), cleanText(message)];
  return columns.join('').trimEnd();
}
