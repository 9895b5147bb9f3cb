type Step =
  | { readonly kind: 'fetching'; readonly bytes: number; readonly ofBytes?: number }
  | { readonly kind: 'checking' }
  | { readonly kind: 'unpacking' };
type Progress = Step | { readonly kind: 'done' };

/** Draws how far a download is: one line that changes on a terminal, a few lines elsewhere. */
export function progressLine(stderr: NodeJS.WriteStream): (progress: Progress) => void {
  const isDrawn = stderr.isTTY === true;
  let shown = '';
  return (progress) => {
    if (progress.kind === 'done') {
      if (isDrawn && shown !== '') stderr.write('\n');
      return;
    }
    const text = textOf(progress, isDrawn ? 1 : 25);
    if (text === shown) return;
    // What is shorter than the line before must cover it.
    stderr.write(isDrawn ? `\r${text.padEnd(shown.length)}` : `${text}\n`);
    shown = text;
  };
}

/** In steps of so many percent, so that a log does not fill. */
function textOf(progress: Step, step: number): string {
  if (progress.kind === 'checking') return 'Checking that it is the right one';
  if (progress.kind === 'unpacking') return 'Unpacking';
  const { bytes, ofBytes } = progress;
  if (ofBytes === undefined) {
    const megabytes = Math.floor(bytes / 1_000_000 / step) * step;
    return `Fetching: ${megabytes} MB`;
  }
  const percent = Math.floor((100 * bytes) / ofBytes / step) * step;
  return `Fetching: ${percent} % of ${Math.round(ofBytes / 1_000_000)} MB`;
}
