import type { Told } from '../../../src/core/dictation/event-queue.ts';
import type { ChaosRecord } from './chaos-dictation.ts';
import { FRAME_MS, type SpokenWord } from './spoken-audio.ts';

/** A word that began so shortly before a stop is cut by it. */
const WORD_MS = 600;
/** The most audio that is kept, and what a recorder gives at a time. */
const MOST_KEPT_MS = 30_000 + 200;
/** A frame, and another where a timer was late. */
const MOST_AHEAD_MS = 2 * FRAME_MS;

/** The default limit, and what a voice-like noise, late timers and frames may add. */
const NO_SPEECH_MS = 10_000;
const HANG_UP_SLACK_MS = 3_000;
/** From the loss of a session to the Begin of the next one. */
const RETURN_MS = 4_000;
const MOST_FLAPS = 4;
/** What may follow a stop in all, where somebody waits for it, and beyond the audio of a file. */
const PERSON_WAITS_MS = 10_000;
const FILE_WAITS_MS = 30_000;

/** What a dictation promised and did not keep; nothing, when all is well. Pure. */
export function judgeChaos(record: ChaosRecord): readonly string[] {
  return [
    ...judgeEnd(record),
    ...judgeWords(record),
    ...judgeAudio(record),
    ...judgeSessions(record),
    ...judgeHangUp(record),
  ];
}

function judgeEnd({ events, ended, left }: ChaosRecord): readonly string[] {
  const broken: string[] = [];
  const ends = events.filter(({ event }) => event.type === 'end').length;
  if (ended === 'never') broken.push('it never ended');
  if (ends !== 1) broken.push(`${ends} ends were told`);
  if (events.at(-1)?.event.type !== 'end') broken.push('something was told after the end');
  if (left.sockets > 0) broken.push(`${left.sockets} sockets were left open`);
  if (left.timers > 0) broken.push(`${left.timers} timers were left`);
  return broken;
}

function judgeWords(record: ChaosRecord): readonly string[] {
  const broken: string[] = [];
  const { words } = record.plan.talk;
  const told = finalsOf(record).flatMap(({ text }) => text.split(' '));
  const numbers = told.map((text) => words.findIndex((word) => word.text === text));
  for (const [index, number] of numbers.entries()) {
    const before = numbers[index - 1] ?? -1;
    if (number === before) broken.push(`${told[index]} was told twice`);
    else if (number < before) broken.push(`${told[index]} was told after ${told[index - 1]}`);
  }
  const turns = finalsOf(record).map(({ turn }) => turn);
  if (turns.some((turn, index) => turn !== index)) broken.push('the turns are misnumbered');

  return [...broken, ...judgeMissing(record, told)];
}

/** Words that are not told must be named as unfinished, or be in so many seconds told as dropped. */
function judgeMissing(record: ChaosRecord, told: readonly string[]): readonly string[] {
  const [end] = eventsOf(record, 'end');
  if (end?.reason === 'error') return [];
  const known = [...told, ...(end?.unsavedText?.split(' ') ?? [])];
  const missing = spokenWords(record)
    .filter(({ text }) => !known.includes(text))
    .filter((word) => droppedMs(record) === 0 || !isCut(word, record));
  const missingMs = missing.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  // What was dropped is counted from the end of the last word told, and that is told too late.
  const hiddenMs = droppedMs(record) > 0 ? record.plan.listener.endPaddingMs : 0;
  if (missingMs <= droppedMs(record) + hiddenMs) return [];
  return [`${missing.map(({ text }) => text).join(' ')} was never told`];
}

/** Half a word is none: where a frame is dropped, the word around it is not understood. */
function isCut({ startMs, endMs }: SpokenWord, { sessions }: ChaosRecord): boolean {
  const [first, last] = [Math.floor(startMs / FRAME_MS), Math.floor(endMs / FRAME_MS)];
  const heard = sessions
    .map(({ frames }) => frames.filter((number) => number >= first && number <= last))
    .findLast((frames) => frames.length > 0);
  return heard !== undefined && heard.length <= last - first;
}

function spokenWords({ plan, spokenMs }: ChaosRecord): readonly SpokenWord[] {
  return plan.talk.words.filter(({ endMs }) => endMs <= spokenMs - WORD_MS);
}

function droppedMs(record: ChaosRecord): number {
  const warnings = eventsOf(record, 'warning').filter(({ code }) => code === 'audio-dropped');
  return warnings.reduce((sum, { message }) => sum + toldMs(message), 0);
}

/** A warning tells tenths of a second, which may be half of one too few. */
function toldMs(message: string): number {
  return Number.parseFloat(message) * 1_000 + 50;
}

function judgeAudio(record: ChaosRecord): readonly string[] {
  const { sessions, mostAheadMs, longestKeptMs } = record;
  const broken = sessions.flatMap(({ offences }) => offences);
  if (mostAheadMs > MOST_AHEAD_MS) broken.push(`audio was sent ${mostAheadMs} ms too early`);
  if (longestKeptMs > MOST_KEPT_MS) broken.push(`audio was kept for ${longestKeptMs} ms`);
  if (eventsOf(record, 'end')[0]?.reason === 'error' || droppedMs(record) > 0) return broken;

  const heard = new Set(sessions.flatMap(({ frames }) => frames));
  // When a session is lost with nothing left to say, the quiet after the last word needs no other.
  const lastWordMs = spokenWords(record).at(-1)?.endMs ?? 0;
  const count = Math.floor(lastWordMs / FRAME_MS);
  const holes = Array.from({ length: count }, (_, number) => number).filter((at) => !heard.has(at));
  if (holes.length > 0) {
    broken.push(`${holes.length} frames were heard by nobody, the first is ${holes[0]}`);
  }
  // The last frame of a recording may be too short to carry its number.
  const gaps = sessions.flatMap(({ frames }) =>
    frames.slice(1, -1).filter((number, index) => number !== (frames[index] ?? 0) + 1),
  );
  if (gaps.length > 0) broken.push(`a session was sent a gap at frame ${gaps[0]}`);
  return broken;
}

function judgeSessions({ mostSockets, plan }: ChaosRecord): readonly string[] {
  // Two while one session takes over from another that is about to expire.
  const most = plan.listener.lifeSeconds === undefined ? 1 : 2;
  return mostSockets > most ? [`${mostSockets} sockets were open at a time`] : [];
}

/** A service that never gets anywhere must not hold a dictation open, nor be called again and again. */
function judgeHangUp(record: ChaosRecord): readonly string[] {
  const { habit } = record.plan.listener;
  if (habit?.kind === 'flaps') return judgeFlaps(record);
  return habit?.kind === 'stalls' ? judgeStalls(record) : [];
}

function judgeFlaps(record: ChaosRecord): readonly string[] {
  const broken: string[] = [];
  const begins = timesOf(record, 'begin');
  const tookMs = (timesOf(record, 'stopping', 'end')[0] ?? 0) - (begins[0] ?? 0);
  // Between two sessions nothing is heard, so the limit stands still.
  const mostMs = NO_SPEECH_MS + HANG_UP_SLACK_MS + begins.length * RETURN_MS;
  if (tookMs > mostMs) broken.push(`with nobody speaking it hung up only after ${tookMs} ms`);
  if (begins.length > MOST_FLAPS) broken.push(`${begins.length} sessions heard nobody speak`);
  return broken;
}

function judgeStalls(record: ChaosRecord): readonly string[] {
  const broken: string[] = [];
  const [stoppedAtMs = 0] = timesOf(record, 'stopping', 'end');
  const tookMs = (timesOf(record, 'end')[0] ?? 0) - stoppedAtMs;
  const isAwaited = record.plan.stop.kind === 'user';
  const mostMs = isAwaited ? PERSON_WAITS_MS : FILE_WAITS_MS + record.spokenMs;
  if (tookMs > mostMs + HANG_UP_SLACK_MS) broken.push(`its end took ${tookMs} ms`);
  const calls = timesOf(record, 'connecting').filter((atMs) => atMs > stoppedAtMs).length;
  if (isAwaited && calls > 1) broken.push(`it called ${calls} times after it was stopped`);
  return broken;
}

/** When the events of these kinds were told. */
function timesOf({ events }: ChaosRecord, ...kinds: readonly Told['type'][]) {
  return events.filter(({ event }) => kinds.includes(event.type)).map(({ atMs }) => atMs);
}

function finalsOf(record: ChaosRecord) {
  return eventsOf(record, 'final');
}

function eventsOf<Kind extends Told['type']>({ events }: ChaosRecord, kind: Kind) {
  return events
    .map(({ event }) => event)
    .filter((event): event is Extract<Told, { type: Kind }> => event.type === kind);
}
