import type { Environment } from '../config-folder.ts';

/** No program that Lull starts has a use for these, and some tell their environment to others. */
const KEYS = new Set(['ASSEMBLYAI_API_KEY', 'LULL_KEY']);

/** What a program inherits from us: everything but the keys. */
export function childEnvironment(env: Environment): Environment {
  // Windows does not tell ASSEMBLYAI_API_KEY from assemblyai_api_key.
  return Object.fromEntries(Object.entries(env).filter(([name]) => !KEYS.has(name.toUpperCase())));
}
