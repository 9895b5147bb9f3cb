export { isCertificateFault } from './assemblyai/close-codes.ts';
export {
  DEFAULT_MODEL,
  findModel,
  listPriceUsd,
  MODELS,
  type ModelFamily,
} from './assemblyai/models.ts';
export {
  checkEndpoint,
  endpointFor,
  isAssemblyAi,
  isLoopback,
  type Region,
} from './assemblyai/request.ts';
export type {
  ConnectionParameters,
  WireConfiguration,
  WireHeartbeat,
  WireServerMessage,
  WireTurn,
  WireWord,
} from './assemblyai/wire.ts';
export { decodePcm16, encodePcm16, levelOf, SILENT_DB } from './audio/pcm.ts';
export { Resampler } from './audio/resampler.ts';
export { VoiceDetector } from './audio/voice.ts';
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
  type SocketEnding,
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
export { cleanEvent, cleanText, plainLabel } from './text/clean.ts';
export type { SpokenCommand } from './text/command-tables.ts';
export { targetAt } from './text/joining/caret-target.ts';
export { type Joined, type Joining, type JoinTarget, joinPhrase } from './text/joining/joining.ts';
export { joinBreak, joinMark, type Mark } from './text/joining/marks.ts';
export { type Surroundings, targetWithin } from './text/joining/surroundings.ts';
export { type DeclaredName, declaredNames } from './text/keyterms/declarations.ts';
export { harvestKeyterms, type Vocabulary } from './text/keyterms/harvest.ts';
export { type LineProblem, parseKeyterms } from './text/keyterms/keyterms-file.ts';
export { isSecretFile } from './text/keyterms/secrets.ts';
export { createReplacer, parseReplacements, type Replacements } from './text/replacements.ts';
export { withoutSendPhrase } from './text/send-phrase.ts';
export { spacePhrase } from './text/spacing.ts';
export { findSpokenCommand } from './text/spoken-commands.ts';
export { type NamesInScope, type Written, writeNames } from './text/written-names.ts';
