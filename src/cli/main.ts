import manifest from '../../package.json' with { type: 'json' };

/** What `--help` prints where it is not a terminal that reads it; put here when the bundle is made. */
declare const HELP: string;
declare const Deno: DenoGlobal | undefined;

interface DenoGlobal {
  readonly args: readonly string[];
  readonly stdout: { isTerminal(): boolean };
}

// Before anything else is loaded: Node's own modules are more than half of a start on Deno and Bun.
if (!(await answerAtOnce())) {
  const { run } = await import('./run.ts');
  // A recorder's pipe or a reader of standard input must not keep a finished dictation alive.
  process.exit(await run(process));
}

async function answerAtOnce(): Promise<boolean> {
  const args = typeof Deno === 'undefined' ? process.argv.slice(2) : Deno.args;
  if (args.length !== 1) return false;
  try {
    if (args[0] === '--version' || args[0] === '-V') console.log(manifest.version);
    else if ((args[0] === '--help' || args[0] === '-h') && !(await isOnTerminal())) {
      console.log(HELP);
    } else return false;
    return true;
  } catch {
    // Nobody can be told here that nothing can be printed.
    return false;
  }
}

async function isOnTerminal(): Promise<boolean> {
  if (typeof Deno !== 'undefined') return Deno.stdout.isTerminal();
  return (await import('node:fs')).fstatSync(1).isCharacterDevice();
}
