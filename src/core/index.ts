export { decodePcm16, encodePcm16 } from './audio/pcm.ts';
export { Resampler, type ResamplerOptions } from './audio/resampler.ts';
export { type CountdownReason, type DictationEvent, type EndReason, type EngineName, type Word } from './events.ts';
export { DictationError, type ErrorArea, type ErrorCode } from './errors.ts';
export { checkKey } from './key.ts';
export {
  type CheckedOptions,
  checkOptions,
  type DictationOptions,
  type DictationSettings,
  type Note,
} from './options.ts';
export {
  type AudioEnding,
  type AudioListener,
  type AudioSource,
  type Clock,
  type OpenSocket,
  type RunningAudio,
  SAMPLE_RATE_HZ,
  type Socket,
  type SocketEnding,
  type SocketListener,
  type SocketRequest,
} from './ports.ts';
export { diagnose, type Diagnosis } from './recorder/diagnosis.ts';
export { type LadderRequest, ladderFor, type Rung, recorderAdvice } from './recorder/ladder.ts';
