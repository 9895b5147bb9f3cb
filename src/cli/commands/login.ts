import { checkEndpoint, DictationError } from '../../core/index.ts';
import { keyPlace, removeKey, saveKey } from '../../host/index.ts';
import { type CliProcess, print } from '../cli-process.ts';
import type { LoginFlags } from '../command-line.ts';
import { EXIT_OK } from '../exit-codes.ts';
import { readHidden } from '../terminal/question.ts';

/** More than any key; the rest of a file piped by mistake is not read. */
const MOST_CHARACTERS = 4_096;

/** Asks for the key without showing it, or takes it from a pipe. */
export async function login(flags: LoginFlags, process: CliProcess): Promise<number> {
  const { stdin, stdout, stderr, env } = process;
  const endpoint = endpointOf(flags);
  const { variable, host } = keyPlace(env, endpoint);
  const whose = host === undefined ? 'AssemblyAI key' : `Key for ${host}`;
  const pasted = stdin.isTTY
    ? await readHidden({ stdin, stderr, question: `${whose} (it is not shown): ` })
    : await readPiped(stdin);
  const path = await saveKey(pasted, env, endpoint);
  const forget = host === undefined ? 'lull logout' : `lull logout --endpoint ${endpoint}`;
  await print(stdout, `The key is kept in ${path}; ${forget} forgets it\n`);
  if (env[variable]) {
    await print(stderr, `lull: ${variable} is also set and takes precedence\n`);
  }
  return EXIT_OK;
}

export async function logout(flags: LoginFlags, { stdout, env }: CliProcess): Promise<number> {
  const wasThere = await removeKey(env, endpointOf(flags));
  await print(stdout, wasThere ? 'The key is forgotten\n' : 'There was no key to forget\n');
  return EXIT_OK;
}

function endpointOf({ endpoint }: LoginFlags): string | undefined {
  return endpoint === undefined ? undefined : checkEndpoint(endpoint);
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
