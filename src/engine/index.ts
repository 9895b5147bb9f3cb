export { type Engine, type EngineOptions, startEngine } from './engine.ts';
export { type EnginePart, type EngineReport, inspectEngine } from './inspect.ts';
export { listedModels, type ModelOffer, type ModelWish, offerFor } from './models/catalogue.ts';
export { type InstallProgress, installModel } from './models/install-model.ts';
export { type InstalledModel, installedModels, removeModel } from './models/installed-models.ts';
export type {
  HeardWord,
  Recognizer,
  RecognizerFactory,
  RecognizerListener,
} from './recognizer.ts';
