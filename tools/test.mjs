/** `npm test`: installs what is missing, the browser too, and runs everything. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium } from './browser.mjs';
import { ensureInstalled, root, run } from './install.mjs';

ensureInstalled();
const chromium = await ensureChromium();
console.log(`browser: ${chromium}`);

const results = join(root, 'test-results');
rmSync(results, { recursive: true, force: true });
const unitReport = join(results, 'unit.json');
const e2eReport = join(results, 'e2e.json');

/** In this order: what is quick and often wrong goes first. */
const STEPS = [
  ['types', 'npm', ['run', '--silent', 'types']],
  ['lint and format', 'npm', ['run', '--silent', 'lint']],
  ['import rule', 'npm', ['run', '--silent', 'imports']],
  ['dead code', 'npm', ['run', '--silent', 'dead-code']],
  [
    'unit and property tests',
    'npx',
    ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile=${unitReport}`],
  ],
  ['production build', 'npm', ['run', '--silent', 'build']],
  ['end-to-end tests', 'npx', ['playwright', 'test', '--reporter=line,json']],
];

let passed = 0;
let failed = 0;
/** Said again at the end, where a long output is read first. */
const faults = [];
for (const [name, command, args] of STEPS) {
  const began = Date.now();
  console.log(`\n── ${name}`);
  const status = run(command, args, {
    RANKSCOPE_CHROMIUM: chromium,
    PLAYWRIGHT_JSON_OUTPUT_FILE: e2eReport,
  });
  console.log(
    `── ${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${Math.round((Date.now() - began) / 1000)} s`,
  );
  if (status === 0) passed += 1;
  else {
    failed += 1;
    faults.push(name);
  }
}

/** Adds a reporter's counts; a report that is not there has been counted as a failed step. */
function count(file, read) {
  let report;
  try {
    report = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return;
  }
  const counts = read(report);
  passed += counts.passed;
  failed += counts.failed;
  faults.push(...counts.faults);
}
count(unitReport, (report) => ({
  passed: report.numPassedTests,
  failed: report.numFailedTests,
  faults: report.testResults.flatMap(({ assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages }) => [fullName, ...failureMessages].join('\n')),
  ),
}));
count(e2eReport, ({ stats, suites }) => ({
  passed: stats.expected,
  failed: stats.unexpected + stats.flaky,
  faults: suites
    .flatMap(specsOf)
    .filter(({ ok }) => !ok)
    .map(({ title, file, line, tests }) => {
      const errors = tests.flatMap(({ results }) => results.flatMap((result) => result.errors));
      return [`${file}:${line} ${title}`, ...errors.map(({ message }) => message)].join('\n');
    }),
}));

/** The specs of a suite of the browser's report, and of those in it. */
function specsOf({ specs, suites = [] }) {
  return [...specs, ...suites.flatMap(specsOf)];
}

for (const fault of faults) console.log(`\n✕ ${fault}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
