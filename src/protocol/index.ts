export { decode, type ServerMessage, type SessionWord, type Turn } from './decode.ts';
export {
  DEFAULT_MODEL,
  findModel,
  languageOf,
  listPriceUsd,
  MODELS,
  type ModelFamily,
  type SpeechModel,
} from './models.ts';
export { readTokenAnswer } from './token-answer.ts';
export type {
  WireBegin,
  WireError,
  WireHeartbeat,
  WireServerMessage,
  WireTurn,
  WireWord,
} from './wire.ts';
