export { type MicrophoneOptions, microphone } from './microphone.ts';
