// Sums up a folder of test results: NAME.status (exit code), NAME.json (GoogleTest's account) or
// NAME.log (TAP of the browser tests, or what a crashed program said last). Names what failed;
// the last line is 'N passed, N failed' and, where tests were skipped, ', N skipped'.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2];
const sum = { passed: 0, failed: 0, skipped: 0 };
const failures = [];
const kLines = 20; // Of what a failure has to say.
const skips = new Map();

const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '');

function note(outcome, name, why = '') {
  sum[outcome] += 1;
  if (outcome === 'failed') failures.push({ name, why });
}

function countGoogleTest(program, report) {
  for (const suite of report.testsuites) {
    for (const test of suite.testsuite) {
      if (test.status !== 'RUN') continue;
      if (test.failures) {
        const why = test.failures.map((failure) => failure.failure).join('\n');
        note('failed', `${program}: ${suite.name}.${test.name}`, why);
      } else if (test.result === 'SKIPPED') {
        note('skipped');
        skips.set(program, (skips.get(program) ?? 0) + 1);
      } else note('passed');
    }
  }
}

// The browser tests end their TAP with the sums; a program that wrote no sums counts by its exit.
function countTap(program, log) {
  const words = [['pass', 'passed'], ['fail', 'failed'], ['skipped', 'skipped']];
  for (const [word, outcome] of words) {
    sum[outcome] += Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(log)?.[1] ?? 0);
  }
  for (const [, name] of log.matchAll(/^ *not ok \d+ - (.*)$/gm)) {
    failures.push({ name: `${program}: ${name}`, why: '' });
  }
}

// A program that died says in its log which test was running.
function lastTest(log) {
  const running = [...log.matchAll(/\[ RUN {6}\] (\S+)/g)].at(-1);
  return running ? running[1] : 'the program itself';
}

for (const entry of readdirSync(folder, { recursive: true }).sort()) {
  if (!entry.endsWith('.status')) continue;
  const program = entry.slice(0, -'.status'.length);
  const status = Number(read(join(folder, entry)));
  const log = read(join(folder, `${program}.log`));
  const report = read(join(folder, `${program}.json`));
  const failedBefore = sum.failed;
  if (report) countGoogleTest(program, JSON.parse(report));
  else countTap(program, log);
  if (status !== 0 && sum.failed === failedBefore) {
    const how = status === 124 ? 'took too long' : `ended with ${status}`;
    const why = log.split('\n').slice(-kLines).join('\n');
    note('failed', `${program}: ${lastTest(log)} (${how})`, why);
  }
}

for (const [program, count] of skips) console.log(`skipped in ${program}: ${count}`);
for (const { name, why } of failures) {
  const lines = why.split('\n').filter((line) => line.trim() !== '');
  console.log(`FAILED ${name}`);
  for (const line of lines.slice(0, kLines)) console.log(`    ${line}`);
}
if (sum.passed + sum.failed === 0) note('failed', 'no test ran');
const skipped = sum.skipped ? `, ${sum.skipped} skipped` : '';
console.log(`${sum.passed} passed, ${sum.failed} failed${skipped}`);
process.exit(sum.failed ? 1 : 0);
