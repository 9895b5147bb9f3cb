export { listDevices } from './devices.ts';
export type { Check, DoctorReport, RungCheck } from './doctor/report.ts';
export { type PlannedService, runDoctor } from './doctor/run-doctor.ts';
export { findKey, removeKey, saveKey } from './keys.ts';
export {
  type MicrophoneTest,
  testMicrophone,
} from './microphone-test.ts';
export { createMonotonicClock } from './monotonic-clock.ts';
export { openRawPcm } from './raw-pcm.ts';
export { openRecorder, type RecorderOptions } from './recorder.ts';
export { openWavFile } from './wav-file.ts';
export { openWebSocket } from './web-socket.ts';
