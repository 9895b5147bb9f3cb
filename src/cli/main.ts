import { run } from './run.ts';

// A recorder's pipe or a reader of standard input must not keep a finished dictation alive.
process.exit(await run(process));
