/** Holds `src` and what of `tools` runs it to the import rule, and mistrusts a checker that saw almost nothing. */
import { readdirSync } from 'node:fs';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import rules from '../.dependency-cruiser.cjs';

const FOLDERS = ['src', 'tools'];

const { output } = await cruise(
  FOLDERS,
  { ...rules.options, ruleSet: { forbidden: rules.forbidden }, validate: true },
  {},
  { tsConfig: extractTSConfig('tsconfig.json') },
);
const files = FOLDERS.flatMap((folder) =>
  readdirSync(folder, { recursive: true }).filter((name) => /\.(tsx?|mjs)$/.test(String(name))),
);
const seen = output.modules.filter(({ source }) => /^(src|tools)\//.test(source)).length;
if (seen < files.length) {
  console.error(
    `the import rule was checked on ${seen} of ${files.length} files: it proves nothing`,
  );
  process.exit(1);
}
for (const { rule, from, to } of output.summary.violations) {
  console.error(`${from} imports ${to}: ${rule.name}`);
}
if (output.summary.violations.length > 0) process.exit(1);
console.log(`import rule: ${seen} modules, nothing points up, no cycles`);
