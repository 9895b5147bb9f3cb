import { createInterface } from 'node:readline/promises';

/** Asks on a terminal; gives what was typed, or nothing where the person left with Ctrl-C or Ctrl-D. */
export async function readAnswer({
  stdin,
  stderr,
  question,
}: {
  readonly stdin: NodeJS.ReadStream;
  readonly stderr: NodeJS.WriteStream;
  readonly question: string;
}): Promise<string> {
  const lines = createInterface({ input: stdin, output: stderr });
  const left = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
  try {
    return (await Promise.race([lines.question(question), left])).trim();
  } finally {
    lines.close();
  }
}
