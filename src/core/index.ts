export { type DictationEvent, type EndReason, type EngineName, type Word } from './events.ts';
export { DictationError, type ErrorArea, type ErrorCode } from './errors.ts';
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
