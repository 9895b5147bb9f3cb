// What users of the library see. Rooms of this house take models and sound from their own doors.
export {
  DEFAULT_MODEL,
  findModel,
  listPriceUsd,
  MODELS,
  type ModelFamily,
} from '../protocol/index.ts';
export { decodePcm16, encodePcm16, levelOf, Resampler, SILENT_DB } from '../sound/index.ts';
export { isCertificateFault } from './assemblyai/close-codes.ts';
export {
  type ConnectionParameters,
  checkEndpoint,
  endpointFor,
  isAssemblyAi,
  isLoopback,
  type Region,
} from './assemblyai/request.ts';
export { VoiceDetector } from './audio/voice.ts';
export { cleanEvent, cleanText } from './clean.ts';
export {
  type DictateOptions,
  type Dictation,
  type DictationPorts,
  dictate,
} from './dictation/dictate.ts';
export type { DictationEnd } from './dictation/dictation.ts';
export { type Progress, progressAfter } from './dictation/progress.ts';
export { asDictationError, DictationError, type ErrorArea, type ErrorCode } from './errors.ts';
export type {
  CountdownReason,
  DictationEvent,
  DictationTrace,
  EndReason,
  EngineName,
  Word,
} from './events.ts';
export {
  checkKey,
  checkOptions,
  type DictationOptions,
  type DictationSettings,
  LONGEST_KEYTERM,
  MODES,
  MOST_KEYTERMS,
  type Mode,
  type Note,
  type OptionsFrame,
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
export type { SessionAccess } from './request.ts';
export {
  chosenEndpoint,
  type KnownKey,
  noKey,
  planService,
  type ServiceChoice,
  type ServicePlan,
} from './service-plan.ts';
