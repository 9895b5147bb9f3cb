export { configFolder, type Environment } from './config-folder.ts';
export { type FoundKey, findKey, keyFile, removeKey, saveKey } from './keys.ts';
export { createMonotonicClock } from './monotonic-clock.ts';
export { openRawPcm, type RawPcmOptions } from './raw-pcm.ts';
export { openRecorder, type RecorderOptions } from './recorder.ts';
export { openWavFile } from './wav-file.ts';
export { openWebSocket } from './web-socket.ts';
