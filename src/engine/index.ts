export { type Engine, type EngineOptions, startEngine } from './engine.ts';
export { type EnginePart, type EngineReport, inspectEngine } from './inspect.ts';
export type {
  HeardWord,
  Recognizer,
  RecognizerFactory,
  RecognizerListener,
} from './recognizer.ts';
