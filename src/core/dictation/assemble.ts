import { FRAME_MS } from '../audio/backlog.ts';
import { Capture } from '../audio/capture.ts';
import { Feed } from '../audio/feed.ts';
import type { DictationEvent, EndReason } from '../events.ts';
import type { DictationRequest } from '../request.ts';
import type { LostSession } from '../sessions/reconnect.ts';
import type { SessionSummary } from '../sessions/session-ports.ts';
import { Link } from '../sessions/sessions.ts';
import { Countdown } from '../silence/countdown.ts';
import type { DictationInput } from './dictation-state.ts';
import { DroppedAudio } from './dropped-audio.ts';
import type { Outcome } from './outcome.ts';

/** What the parts tell the dictation they belong to. */
export interface Hooks {
  take(input: DictationInput): void;
  stop(reason: Exclude<EndReason, 'error'>): void;
  /** Whether silence means something: audio flows into a session, and nobody stopped. */
  isListening(): boolean;
  emit(event: DictationEvent): void;
}

export interface Parts {
  readonly capture: Capture;
  readonly feed: Feed;
  readonly countdown: Countdown;
  readonly link: Link;
  readonly dropped: DroppedAudio;
}

/** Sound this long after the last committed word may be a word that was not. */
export const UNSAID_MS = 300;

const NEVER_OPENED = { reached: 'nothing', livedMs: 0 } as const;

/** Builds the parts of a dictation and connects them: recorder, backlog, countdown, sessions. */
export function assemble(request: DictationRequest, outcome: Outcome, hooks: Hooks): Parts {
  const { clock, settings, engine, source } = request;
  const { take, stop, isListening, emit } = hooks;
  let hasSamples = false;
  const samplesCame = () => {
    if (hasSamples) return;
    hasSamples = true;
    if (isListening()) countdown.sessionOpened();
  };

  const dropped = new DroppedAudio(emit);
  const capture: Capture = new Capture(source, clock, {
    onFrame: () => feed.supplied(),
    onSamples: () => {
      emit({ type: 'listening', engine, device: source.name });
      samplesCame();
    },
    onZeros: samplesCame,
    onEnd: (ending) =>
      take(
        ending.kind === 'ended'
          ? { kind: 'audio-ended' }
          : { kind: 'audio-failed', error: ending.error },
      ),
    onWarning: (code, message) => emit({ type: 'warning', code, message }),
  });
  const feed: Feed = new Feed({
    clock,
    backlog: capture.backlog,
    onWaiting: (frames) => capture.balance(frames),
    onSkipped: (frames) => {
      link.skipped(frames);
      dropped.add(frames * FRAME_MS);
    },
    onEmpty: () => take({ kind: 'all-sent' }),
    onStalled: () => link.stalled(),
  });
  const sessionEnded = (summary: SessionSummary | undefined) => {
    if (!summary?.fault) {
      const lastWords = summary?.ending === 'terminated' ? 'told' : 'unknown';
      take({ kind: 'session-ended', lastWords });
      return;
    }
    const { fault, reached, livedMs } = summary;
    sessionLost({ fault, reached, livedMs });
  };
  const sessionLost = (lost: Omit<LostSession, 'unsaid'>) =>
    take({
      kind: 'session-lost',
      lost: {
        ...lost,
        unsaid: capture.lastVoiceMs - link.committedMs > UNSAID_MS ? 'sound' : 'nothing',
      },
      moment: {
        nowMs: clock.now(),
        chance: request.chance(),
        sinceTerminateMs: link.sinceTerminateMs,
      },
    });
  const link: Link = new Link({
    request,
    outcome,
    feed,
    backlog: capture.backlog,
    onWords: (endMs) => countdown.heardWords(endMs),
    onRefined: (endMs) => countdown.refineEnd(endMs),
    emit,
    onBegan: () => {
      take({ kind: 'session-began' });
      dropped.tell();
      if (hasSamples && isListening()) countdown.sessionOpened();
    },
    onEnded: sessionEnded,
    onFailed: (error) => sessionLost({ fault: { kind: 'no-access', error }, ...NEVER_OPENED }),
  });
  const countdown: Countdown = new Countdown({
    clock,
    limits: settings,
    // Over a link that answers late, words may be stuck: silence is what surely arrived as such.
    audioMs: () => (link.isAnswering ? feed.sentMs : Math.min(feed.sentMs, link.settledMs)),
    sinceVoiceMs: () => capture.voice.sinceVoiceMs(clock.now()),
    onCountdown: (remainingMs, reason) =>
      emit({ type: 'countdown', remainingMs: Math.round(remainingMs), reason }),
    onCleared: () => emit({ type: 'countdown-cleared' }),
    onDue: stop,
  });
  return { capture, feed, countdown, link, dropped };
}
