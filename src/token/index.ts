export { type TokenHandlerOptions, tokenHandler } from './token-handler.ts';
