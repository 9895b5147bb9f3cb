/** What the commands use of `process`. */
export type CliProcess = Pick<
  NodeJS.Process,
  | 'argv'
  | 'env'
  | 'stdin'
  | 'stdout'
  | 'stderr'
  | 'on'
  | 'once'
  | 'off'
  | 'exit'
  | 'kill'
  | 'pid'
  | 'platform'
>;

/** Resolves when the text is written, or cannot be: who closed the pipe does not want it. */
export function print(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve) => {
    stream.write(text, () => resolve());
  });
}
