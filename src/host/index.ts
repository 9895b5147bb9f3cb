export { type DeviceSearch, listDevices } from './devices.ts';
export { findKey, removeKey, saveKey } from './keys.ts';
export { createMonotonicClock } from './monotonic-clock.ts';
export { openRawPcm } from './raw-pcm.ts';
export { openRecorder, type RecorderOptions } from './recorder.ts';
export { openWavFile } from './wav-file.ts';
export { openWebSocket } from './web-socket.ts';
