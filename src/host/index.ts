export { openAudioFile } from './audio-file/audio-file.ts';
export { openAudioStream } from './audio-file/audio-stream.ts';
export { createMonotonicClock } from './clock.ts';
export { configFolder, dataFolder, type Environment } from './config-folder.ts';
export type { Check, DoctorReport, RungCheck } from './doctor/report.ts';
export { type PlannedService, runDoctor } from './doctor/run-doctor.ts';
export { findKey, keyPlace, removeKey, saveKey } from './keys.ts';
export { listDevices } from './microphone/devices.ts';
export {
  type MicrophoneTest,
  testMicrophone,
} from './microphone/microphone-test.ts';
export { openRecorder, type RecorderOptions } from './microphone/recorder.ts';
export type { Device } from './microphone/tables/device.ts';
export { childEnvironment } from './programs/child-environment.ts';
export { type Filter, openFilter } from './programs/filter-command.ts';
export { findProgram } from './programs/find-program.ts';
export { listProject, type ProjectList } from './project/list-project.ts';
export { readKeytermsFile, readVocabulary } from './project/read-vocabulary.ts';
export {
  announceServer,
  findServeAccess,
  prepareServeSecret,
  serveSecretFile,
} from './serve-secret.ts';
export {
  copyText,
  findTypingPrograms,
  openTmuxPane,
  openTypist,
  type Typist,
} from './typing/typist.ts';
export { openWebSocket } from './web-socket.ts';
