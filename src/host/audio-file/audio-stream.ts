import type { Readable } from 'node:stream';
import {
  type AudioSource,
  DictationError,
  decodePcm16,
  encodePcm16,
  Resampler,
  SAMPLE_RATE_HZ,
} from '../../core/index.ts';

/** A rate below it is a slip, such as kilohertz for hertz. */
const SLOWEST_RATE_HZ = 1_000;
const FASTEST_RATE_HZ = 384_000;

export interface RawPcmOptions {
  readonly sampleRateHz: number;
}

/**
 * PCM signed 16-bit little-endian mono from a stream, as fast as it comes: a pipe from a recorder
 * has its own pace already.
 * @throws DictationError `invalid-option`
 */
export function openRawPcm(stream: Readable, { sampleRateHz }: RawPcmOptions): AudioSource {
  const isWithin = sampleRateHz >= SLOWEST_RATE_HZ && sampleRateHz <= FASTEST_RATE_HZ;
  if (!Number.isInteger(sampleRateHz) || !isWithin) {
    const message = `rate takes whole Hz from ${SLOWEST_RATE_HZ} to ${FASTEST_RATE_HZ}`;
    throw new DictationError('invalid-option', message);
  }
  return {
    kind: 'stored',
    name: 'standard input',
    start(listener) {
      const converter = createConverter(sampleRateHz);
      let receivedBytes = 0;
      let ended = false;

      const deliver = (pcm: Uint8Array) => {
        if (pcm.length > 0) listener.onAudio(pcm);
      };
      const end = (failure?: DictationError) => {
        if (ended) return;
        ended = true;
        stream.off('data', onData);
        stream.off('end', onStreamEnd);
        // A destroyed stream lets the program end although the pipe is still open; an error that
        // comes with it has no listener that would want it.
        stream.on('error', () => {});
        stream.destroy();
        queueMicrotask(() =>
          listener.onEnd(failure ? { kind: 'failed', error: failure } : { kind: 'ended' }),
        );
      };
      const onData = (chunk: Uint8Array) => {
        if (receivedBytes === 0 && beginsLikeWav(chunk)) {
          listener.onWarning(
            'wav-as-raw-pcm',
            'Standard input begins like a WAV file but is read as raw PCM; name the file instead',
          );
        }
        receivedBytes += chunk.length;
        deliver(converter.push(chunk));
      };
      const onStreamEnd = () => {
        if (receivedBytes < 2) {
          const message = 'No audio came on standard input; check the program that writes to it';
          return end(new DictationError('audio-unreadable', message));
        }
        deliver(converter.flush());
        end();
      };
      const onStreamError = (cause: unknown) => {
        const message = 'Standard input broke off; check the program that writes to it';
        end(new DictationError('audio-unreadable', message, { cause }));
      };

      stream.once('end', onStreamEnd);
      stream.once('error', onStreamError);
      try {
        stream.on('data', onData);
      } catch (cause) {
        // Where standard input is a folder, Bun throws here instead of reporting an error.
        onStreamError(cause);
      }
      return {
        stop: () => end(),
        abort: () => end(),
        setPaused(state) {
          if (ended) return;
          if (state === 'paused') stream.pause();
          else stream.resume();
        },
      };
    },
  };
}

interface Converter {
  push(pcm: Uint8Array): Uint8Array;
  flush(): Uint8Array;
}

function createConverter(fromRateHz: number): Converter {
  if (fromRateHz === SAMPLE_RATE_HZ) {
    return { push: (pcm) => pcm, flush: () => new Uint8Array(0) };
  }
  const resampler = new Resampler({ fromRateHz, toRateHz: SAMPLE_RATE_HZ });
  let odd = new Uint8Array(0);
  return {
    push(pcm) {
      const joined = new Uint8Array(odd.length + pcm.length);
      joined.set(odd);
      joined.set(pcm, odd.length);
      const whole = joined.length & ~1;
      odd = joined.slice(whole);
      return encodePcm16(resampler.push(decodePcm16(joined.subarray(0, whole))));
    },
    flush: () => encodePcm16(resampler.flush()),
  };
}

function beginsLikeWav(chunk: Uint8Array): boolean {
  return (
    chunk.length >= 12 && /^RIFF.{4}WAVE$/s.test(String.fromCharCode(...chunk.subarray(0, 12)))
  );
}
