export { decodePcm16, encodePcm16, levelIn, levelOf, SILENT_DB } from './pcm.ts';
export { Resampler } from './resampler.ts';
