export { listDevices } from '../host/index.ts';
export { type MicrophoneOptions, microphone, type WavFileOptions, wavFile } from './sources.ts';
