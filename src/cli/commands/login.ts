import { DictationError } from '../../core/index.ts';
import { removeKey, saveKey } from '../../host/index.ts';
import { type CliProcess, print } from '../cli-process.ts';
import { EXIT_OK } from '../exit-codes.ts';
import { readHidden } from '../terminal/hidden-input.ts';

/** More than any key; the rest of a file piped by mistake is not read. */
const MOST_CHARACTERS = 4_096;

/** Asks for the key without showing it, or takes it from a pipe. */
export async function login({ stdin, stdout, stderr, env }: CliProcess): Promise<number> {
  const key = stdin.isTTY
    ? await readHidden({ stdin, stderr, question: 'AssemblyAI key (it is not shown): ' })
    : await readPiped(stdin);
  const path = await saveKey(key.trim(), env);
  await print(stdout, `The key is kept in ${path}; lull logout forgets it\n`);
  if (env['ASSEMBLYAI_API_KEY']) {
    await print(stderr, 'lull: ASSEMBLYAI_API_KEY is set as well and goes before it\n');
  }
  return EXIT_OK;
}

export async function logout({ stdout, env }: CliProcess): Promise<number> {
  const answer = (await removeKey(env)) ? 'The key is forgotten' : 'There was no key to forget';
  await print(stdout, `${answer}\n`);
  return EXIT_OK;
}

async function readPiped(stdin: NodeJS.ReadStream): Promise<string> {
  let text = '';
  for await (const chunk of stdin) {
    text += String(chunk);
    if (text.length > MOST_CHARACTERS) break;
  }
  if (text.trim() !== '') return text;
  const message =
    'No key came on standard input; run lull login in a terminal, or pipe the key to it';
  throw new DictationError('malformed-key', message);
}
