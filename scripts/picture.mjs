import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import xterm from '@xterm/headless';

// Records what `npm start` shows on a terminal, and writes it as the moving picture of the README:
//
//   node scripts/picture.mjs [media/lull.svg]
//
// It needs util-linux's `script`, which gives the program a terminal. What happens close together is
// one frame. Whoever wants no motion sees the last one.

const [COLUMNS, ROWS] = [98, 10];
const [LINE, CHARACTER, MARGIN, TOP] = [20, 8.43, 22, 66];
const WIDTH = 2 * MARGIN + Math.ceil(COLUMNS * CHARACTER);
const HEIGHT = TOP + ROWS * LINE;
/** A frame is seen for at least so long, and the last one for this. */
const [CLOSE_MS, LAST_MS] = [80, 6_000];

const [, , out = 'media/lull.svg'] = process.argv;
const frames = await record('npm start --silent');
writeFileSync(out, draw(frames));
console.log(`${out}: ${frames.length} frames\n${frames.at(-1).rows.map(textOf).join('\n')}`);

/** The screens one after the other, each with the time it was there for. */
async function record(command) {
  const terminal = new xterm.Terminal({ cols: COLUMNS, rows: ROWS, allowProposedApi: true });
  const screens = [];
  const startedMs = performance.now();
  const note = () => {
    const screen = { atMs: performance.now() - startedMs, rows: rowsOf(terminal) };
    const last = screens.at(-1);
    if (last && JSON.stringify(last.rows) === JSON.stringify(screen.rows)) return;
    if (last && screen.atMs - last.atMs < CLOSE_MS) last.rows = screen.rows;
    else screens.push(screen);
  };
  await written(terminal, `\u001b[92m$\u001b[0m npm start\r\n\r\n`);
  note();
  const size = `stty rows ${ROWS} cols ${COLUMNS}`;
  const child = spawn('script', ['-qfec', `${size}; ${command}`, '/dev/null'], {
    env: { ...process.env, TERM: 'xterm-256color' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const chunk of child.stdout) {
    await written(terminal, chunk);
    note();
  }
  if (child.exitCode === null) await once(child, 'exit');
  if (child.exitCode !== 0) throw new Error(`${command} ended with exit code ${child.exitCode}`);
  return screens.map(({ atMs, rows }, index) => {
    const untilMs = screens[index + 1]?.atMs ?? atMs + LAST_MS;
    return { rows, forMs: untilMs - atMs };
  });
}

function written(terminal, data) {
  return new Promise((done) => terminal.write(data, done));
}

/** Each row as runs of text that look alike. */
function rowsOf(terminal) {
  const buffer = terminal.buffer.active;
  return Array.from({ length: ROWS }, (_, y) => {
    const line = buffer.getLine(buffer.viewportY + y);
    const runs = [];
    for (let x = 0; x < COLUMNS; x += 1) {
      const cell = line?.getCell(x);
      const look = lookOf(cell);
      const text = cell?.getChars() || ' ';
      if (runs.at(-1)?.look === look) runs.at(-1).text += text;
      else runs.push({ look, text });
    }
    return runs;
  });
}

function lookOf(cell) {
  if (cell?.isDim()) return 'dim';
  const colour = cell?.isFgDefault() ? undefined : cell?.getFgColor();
  return (
    { 1: 'red', 2: 'green', 3: 'yellow', 8: 'dim', 9: 'red', 10: 'green', 11: 'yellow' }[colour] ??
    'plain'
  );
}

function textOf(runs) {
  return runs
    .map(({ text }) => text)
    .join('')
    .trimEnd();
}

function draw(frames) {
  const wholeMs = frames.reduce((sum, { forMs }) => sum + forMs, 0);
  let atMs = 0;
  const stops = frames.map(({ forMs }, index) => {
    const stop = `${((atMs / wholeMs) * 100).toFixed(3)}% { transform: translateX(${-index * WIDTH}px); }`;
    atMs += forMs;
    return stop;
  });
  const last = `translateX(${-(frames.length - 1) * WIDTH}px)`;
  const said = frames
    .at(-1)
    .rows.map(textOf)
    .filter((text) => text !== '');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="title description">
  <title id="title">Lull in a terminal</title>
  <desc id="description">${escaped(said.join(' / '))}</desc>
  <style>
    text { font: 14px ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace; fill: #e6e6e6; white-space: pre; }
    .dim { fill: #9aa4b2; }
    .green { fill: #7ee2a8; }
    .yellow { fill: #f2c66d; }
    .red { fill: #ff9c8f; }
    .film { animation: film ${(wholeMs / 1_000).toFixed(2)}s steps(1, end) infinite; }
    @keyframes film { ${stops.join(' ')} }
    @media (prefers-reduced-motion: reduce) { .film { animation: none; transform: ${last}; } }
  </style>
  <rect x="1" y="1" width="${WIDTH - 2}" height="${HEIGHT - 2}" rx="10" fill="#1b1f27" stroke="#5b6472"/>
  <circle cx="22" cy="21" r="6" fill="#5b6472"/>
  <circle cx="42" cy="21" r="6" fill="#5b6472"/>
  <circle cx="62" cy="21" r="6" fill="#5b6472"/>
  <g class="film">
${frames.map(({ rows }, index) => `    <g transform="translate(${index * WIDTH} 0)">\n${rows.map(drawRow).join('')}    </g>\n`).join('')}  </g>
</svg>
`;
}

function drawRow(runs, row) {
  if (textOf(runs) === '') return '';
  const spans = runs.map(({ look, text }) => {
    return look === 'plain' ? escaped(text) : `<tspan class="${look}">${escaped(text)}</tspan>`;
  });
  return `      <text x="${MARGIN}" y="${TOP + row * LINE}">${spans.join('').trimEnd()}</text>\n`;
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
