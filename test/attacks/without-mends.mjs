// Takes one mend after the other out of a copy of the sources and runs the attack that it holds off:
// an attack that passes all the same would prove nothing. Run by hand: npm run attacks:unmended
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** `out` is taken out of `file`, and `left` is what an honest mistake would have left in its place. */
const MENDS = [
  {
    mend: 'what a service says is cleaned before any shell has it',
    file: 'src/core/dictation/dictate.ts',
    out: 'queue.push(cleanEvent(event))',
    left: 'queue.push(event)',
    attack: 'turns the reading direction of what is typed',
  },
  {
    mend: 'a turn is bounded when it is decoded',
    file: 'src/protocol/decode.ts',
    out: 'value.slice(0, longest)',
    left: 'value',
    attack: 'sends a turn of 900,000 letters, to hold up everything that shows or writes it',
  },
  {
    mend: 'the words of a turn are bounded when they are decoded',
    file: 'src/protocol/decode.ts',
    out: ' || value.length > MOST_WORDS',
    left: '',
    attack: 'sends a turn of 10,000 words, to hold up everything that counts them',
  },
  {
    mend: 'no text from outside is a command',
    file: 'src/text/plain-label.ts',
    out: ".replaceAll(/(command)[\\s:]*:\\s*/gi, '$1 ')",
    left: '',
    attack: 'refuses with a command that a click would run',
  },
  {
    mend: 'the socket takes no packed messages',
    file: 'src/host/web-socket.ts',
    out: 'perMessageDeflate: false',
    left: 'perMessageDeflate: true',
    attack: 'waits for a client that unpacks, to send it gigabytes in a few bytes',
  },
  {
    mend: 'the socket takes no message of more than a megabyte',
    file: 'src/host/web-socket.ts',
    out: 'maxPayload: MAX_MESSAGE_BYTES,',
    left: '',
    attack: 'sends a message of two megabytes, to fill the memory',
  },
  {
    mend: 'the time without a word counts on over sessions',
    file: 'src/core/sessions/reconnect.ts',
    out: 'wordlessMs >= noSpeechMs',
    left: 'lost.livedMs >= noSpeechMs',
    attack: 'hangs up each six seconds, so that each time a session is begun',
  },
  {
    mend: 'no more of an answer is read than a token needs',
    file: 'src/protocol/token-answer.ts',
    out: 'bytes > MOST_BYTES',
    left: 'bytes < 0',
    attack: 'packs a gigabyte of nothing into its answer',
  },
  {
    mend: 'a token has only the letters of one',
    file: 'src/protocol/token-answer.ts',
    out: '!TOKEN.test(token)',
    left: 'token === undefined',
    attack: 'gives a token that says what else is paid for',
  },
  {
    mend: 'a secret that others can read is not used',
    file: 'src/host/serve-secret.ts',
    out: '(mode & OTHERS) !== 0',
    left: 'mode < 0',
    attack: 'reads it, because it was made readable',
  },
  {
    mend: 'a server is found only while its process lives',
    file: 'src/host/serve-secret.ts',
    out: 'process.kill(Number(pid), 0);',
    left: '',
    attack: 'takes the port when the server has crashed, and waits to be sent it',
  },
  {
    mend: 'a key belongs to one endpoint',
    file: 'src/host/keys.ts',
    out: 'endpoint === undefined || isAssemblyAi(endpoint)',
    left: 'endpoint === undefined || endpoint !== undefined',
    attack: 'asks for the key of AssemblyAI at an address of their own',
  },
  {
    mend: 'whose a key file is, is looked at',
    file: 'src/host/keys.ts',
    out: 'await checkOwner(path);',
    left: '',
    attack:
      'puts a link to a key of their own in its place, so that the voice goes to their account',
  },
  {
    mend: 'a program that is started inherits no key',
    file: 'src/host/programs/guarded-child.ts',
    out: 'env: childEnvironment(env),',
    left: 'env,',
    attack: 'reads the keys out of a program that was started (input: none)',
  },
  {
    mend: 'programs are looked for in whole paths only',
    file: 'src/host/programs/find-program.ts',
    out: 'split(delimiter).filter(isAbsolute);\n  return [...new Set',
    left: 'split(delimiter);\n  return [...new Set',
    attack: 'puts a recorder of theirs into the folder the person works in',
  },
  {
    mend: 'lull serve asks a page where it is from',
    file: 'src/engine/admission/caller.ts',
    out: 'return origin === undefined || parse(origin)?.host === own.host;',
    left: 'return true || origin;',
    attack: 'asks from anywhere',
  },
  {
    mend: 'lull serve looks at the name it is called by',
    file: 'src/engine/admission/caller.ts',
    out: 'if (!own || !isLoopback(own.hostname)) return false;',
    left: 'if (!own) return isLoopback("");',
    attack: 'has its name made to point at this machine',
  },
  {
    mend: 'lull serve asks for its secret',
    file: 'src/engine/admission/access.ts',
    out: 'return timingSafeEqual(digest(given), digest(secret));',
    left: 'return timingSafeEqual(digest(given), digest(given));',
    attack: 'knows no secret',
  },
  {
    mend: 'a folder cannot switch a limit off',
    file: 'src/extension/settings/precedence.ts',
    out: 'workspace > 0 && (own',
    left: '(own',
    attack: 'switches the limit off',
  },
];

const copy = mkdtempSync(join(tmpdir(), 'lull-unmended-'));
process.on('exit', () => rmSync(copy, { recursive: true, force: true }));

const tracked = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
}).stdout;
for (const path of tracked.split('\n').filter(Boolean)) cpSync(path, join(copy, path));
symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));

/** The attacks that were run, each with its file and what became of it. */
function run(file, title) {
  const report = join(copy, 'report.json');
  rmSync(report, { force: true });
  const only = title === undefined ? [] : ['-t', title.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')];
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'unit', file];
  const args = [...vitest, ...only, '--reporter=json', `--outputFile=${report}`];
  spawnSync(process.execPath, args, { cwd: copy, stdio: 'ignore' });
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
  return testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map((result) => ({
      file: name,
      attack: result.title,
      isHeldOff: result.status === 'passed',
      isThrough: result.status === 'failed',
    })),
  );
}

let faults = 0;
const say = (line, isFault = false) => {
  if (isFault) faults += 1;
  process.stdout.write(`${line}\n`);
};

const whole = run('test/attacks');
say(`${whole.filter(({ isHeldOff }) => isHeldOff).length} attacks are held off`);
for (const { attack, isThrough } of whole) if (isThrough) say(`NOT HELD OFF: ${attack}`, true);

for (const { mend, file, out, left, attack } of MENDS) {
  const source = readFileSync(file, 'utf8');
  if (source.split(out).length !== 2) {
    say(`NOT FOUND in ${file}: ${mend}`, true);
    continue;
  }
  const found = whole.find((each) => each.attack === attack && each.isHeldOff);
  if (found === undefined) {
    say(`NO SUCH ATTACK: ${attack}`, true);
    continue;
  }
  writeFileSync(
    join(copy, file),
    source.replace(out, () => left),
  );
  const isThrough = run(found.file, attack).some((each) => each.isThrough);
  writeFileSync(join(copy, file), source);
  if (isThrough) say(`fails without its mend (${mend}): ${attack}`);
  else say(`PASSES WITHOUT ITS MEND (${mend}): ${attack}`, true);
}
process.exitCode = faults === 0 ? 0 : 1;
