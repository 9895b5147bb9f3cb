import { type Example, HELD_OUT, TUNED } from './text/corpus.ts';
import { type Write, writeOurs, writeRival } from './text/write-example.ts';

function rate(examples: readonly Example[], write: Write): string {
  const right = examples.filter((example) => write(example) === example[3]).length;
  return `${right} of ${examples.length} (${((100 * right) / examples.length).toFixed(1)} %)`;
}

console.log('As a careful typist would have written it, to the letter:');
for (const [name, examples] of [
  ['the rules were tuned on', TUNED],
  ['held out', HELD_OUT],
  ['both', [...TUNED, ...HELD_OUT]],
] as const) {
  console.log(
    `${name.padEnd(24)} Lull ${rate(examples, writeOurs).padEnd(20)} a leading space ${rate(examples, writeRival)}`,
  );
}
if (process.argv.includes('--misses')) {
  for (const example of TUNED) {
    if (writeOurs(example) !== example[3])
      console.log(JSON.stringify([...example.slice(0, 4), writeOurs(example)]));
  }
}
