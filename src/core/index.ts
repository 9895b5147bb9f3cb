export { Insertion, type UndoRefusal } from '../extension/typing/plan/insertion.ts';
export type { TextEdit } from '../extension/typing/plan/text-edit.ts';
export {
  type Device,
  type DeviceChoice,
  type FoundDevice,
  findDevice,
} from '../host/microphone/tables/device.ts';
export { type Diagnosis, diagnose } from '../host/microphone/tables/diagnosis.ts';
export { responsibleApp, silenceAdvice } from '../host/microphone/tables/digital-silence.ts';
export {
  customRung,
  type LadderRequest,
  ladderFor,
  recorderAdvice,
} from '../host/microphone/tables/ladder.ts';
export { type Lister, listersFor } from '../host/microphone/tables/listers.ts';
export type { BundledRecorders, Rung } from '../host/microphone/tables/rung.ts';
export { DEFAULT_MODEL, findModel, MODELS, type ModelFamily } from './assemblyai/models.ts';
export { checkEndpoint, endpointFor, isLoopback, type Region } from './assemblyai/url.ts';
export type { WireServerMessage, WireTurn, WireWord } from './assemblyai/wire.ts';
export { levelOf } from './audio/level.ts';
export { decodePcm16, encodePcm16 } from './audio/pcm.ts';
export { Resampler } from './audio/resampler.ts';
export { VoiceDetector } from './audio/voice.ts';
export { type Dictation, type DictationEnd, startDictation } from './dictation/dictation.ts';
export { listPriceUsd } from './dictation/tally.ts';
export { asDictationError, DictationError, type ErrorArea, type ErrorCode } from './errors.ts';
export type { CountdownReason, DictationEvent, EndReason, EngineName, Word } from './events.ts';
export { checkKey } from './key.ts';
export {
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
  type SocketEnding,
} from './ports.ts';
export type { SessionAccess } from './request.ts';
export { harvestKeyterms } from './text/keyterms.ts';
export { createReplacer, type Replacements } from './text/replacements.ts';
export { findSpokenCommand, type SpokenCommand } from './text/spoken-commands.ts';
