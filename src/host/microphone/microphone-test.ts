import { DictationError } from '../../core/index.ts';
import { levelOf, SILENT_DB } from '../../sound/index.ts';
import { openRecorder, type RecorderOptions } from './recorder.ts';

export interface MicrophoneTestRequest extends RecorderOptions {
  /** Counted from the first sample. */
  readonly durationMs: number;
  /** In dB relative to full scale, for every piece as it comes. */
  onLevel?(levelDb: number): void;
}

export interface MicrophoneTest {
  readonly device: string;
  /** Absent where none came. */
  readonly firstSampleMs?: number;
  /** Of the loudest piece. */
  readonly levelDb?: number;
  /** What the recorder said on the way. */
  readonly warnings: readonly string[];
  /** Why a dictation would not hear anything. */
  readonly error?: DictationError;
}

/** A headset that wakes up late may begin with zeros. */
const LONGEST_ZEROS_MS = 3_000;

/** Records for a moment as a dictation would. Never rejects. */
export function testMicrophone(request: MicrophoneTestRequest): Promise<MicrophoneTest> {
  const { clock, durationMs } = request;
  const startedMs = clock.now();
  const source = openRecorder(request);
  const warnings: string[] = [];
  let firstSampleMs: number | undefined;
  let levelDb = SILENT_DB;
  return new Promise((resolve) => {
    const running = source.start({
      onAudio(pcm) {
        const nowMs = clock.now() - startedMs;
        firstSampleMs ??= nowMs;
        const level = levelOf(pcm);
        levelDb = Math.max(levelDb, level);
        request.onLevel?.(level);
        const heardMs = nowMs - firstSampleMs;
        const limitMs = levelDb > SILENT_DB ? durationMs : Math.max(durationMs, LONGEST_ZEROS_MS);
        if (heardMs >= limitMs) running.abort();
      },
      onWarning: (_code, message) => warnings.push(message),
      onEnd(ending) {
        const result = { device: source.name, warnings };
        if (ending.kind === 'failed') return resolve({ ...result, error: ending.error });
        const heard = { ...result, levelDb, firstSampleMs: Math.round(firstSampleMs ?? 0) };
        if (levelDb > SILENT_DB) return resolve(heard);
        const sentence = `The microphone gives only digital silence; ${source.silenceAdvice}`;
        resolve({ ...heard, error: new DictationError('no-samples', sentence) });
      },
    });
  });
}
