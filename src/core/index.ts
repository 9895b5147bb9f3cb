export { DEFAULT_MODEL, findModel, MODELS, type ModelFamily } from './assemblyai/models.ts';
export { checkEndpoint, endpointFor, isLoopback, type Region } from './assemblyai/url.ts';
export type { WireServerMessage, WireTurn, WireWord } from './assemblyai/wire.ts';
export { decodePcm16, encodePcm16, levelOf, SILENT_DB } from './audio/pcm.ts';
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
export { withoutSendPhrase } from './text/send-phrase.ts';
export { spacePhrase } from './text/spacing.ts';
export { findSpokenCommand, type SpokenCommand } from './text/spoken-commands.ts';
