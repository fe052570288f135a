import { printable } from '../../base/printable.ts';
import { quoted, WHOLE } from '../../base/quoted.ts';
import { type Answer, workflowCommand } from './answer.ts';
import { caseFrom } from './case-options.ts';
import { checkKinds } from './check.ts';
import { list } from './list.ts';
import { map } from './map.ts';
import { mapQueryFrom } from './map-options.ts';
import { COMMANDS } from './option-table.ts';
import { type Options, only, readOptions } from './options.ts';
import { EXIT, type ExitCode, helpText, UsageError } from './usage.ts';

/** What is printed where, and the exit code. */
interface Result {
  readonly out: string;
  readonly err: string;
  readonly code: ExitCode;
}

/** `npx rankscope …`: what the page does, without a page. `--help` says how it is called. */
function resultOf(args: readonly string[]): Result {
  const { values, positionals } = readOptions(args);
  const [command, ...rest] = positionals;
  if (values.help === true || command === 'help') return printed(helpText());
  if (values.version === true) return printed(__RANKSCOPE_VERSION__);
  if (rest.length > 0) throw new UsageError(`"${rest[0]}" was not expected after ${command}`);
  switch (command) {
    case 'check': {
      only(command, values);
      const isStrict = values.strict === true;
      const query = { ...caseFrom(values), format: formatOf(values), isStrict };
      return annotated(checkKinds(query), values);
    }
    case 'map':
      only(command, values);
      return annotated(map(mapQueryFrom(values)), values);
    case 'list':
      only(command, values);
      return printed(list(values.json === true));
    case undefined:
      throw new UsageError(`missing command; allowed are ${COMMANDS.join(', ')}`);
    default:
      throw new UsageError(
        `unknown command ${quoted(command, WHOLE)}; allowed are ${COMMANDS.join(', ')}`,
      );
  }
}

function printed(out: string): Result {
  return { out: `${out}\n`, err: '', code: EXIT.fine };
}

function formatOf({ json, markdown }: Options): 'text' | 'json' | 'markdown' {
  if (json === true && markdown === true) {
    throw new UsageError('--json and --markdown exclude each other');
  }
  return json === true ? 'json' : markdown === true ? 'markdown' : 'text';
}

/** GitHub reads both streams of a job: where programs read the one, annotations go to the other. */
function annotated({ text, code, isData, annotations }: Answer, { github }: Options): Result {
  const isAsked = github === true || process.env.GITHUB_ACTIONS === 'true';
  const marks = isAsked ? annotations.map((one) => `${workflowCommand(one)}\n`).join('') : '';
  const [out, err] = isData ? [`${text}\n`, marks] : [`${text}\n${marks}`, ''];
  return { out, err, code };
}

/** Ends with what went wrong in Rankscope itself, which must never pass for a fault that was found. */
function crash(error: unknown): void {
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
  console.error(printable(`rankscope: an error in rankscope itself, not in your case.\n${told}`));
  process.exitCode = EXIT.crash;
}

process.on('uncaughtException', (error) => {
  crash(error);
  process.exit();
});

try {
  const { out, err, code } = resultOf(process.argv.slice(2));
  process.exitCode = code;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that closes its end early (`| head`) is not a failure.
    if (error.code === 'EPIPE') process.exit(code);
    console.error(printable(`rankscope: the answer could not be written: ${error.message}`));
    process.exit(EXIT.crash);
  });
  process.stderr.write(printable(err));
  process.stdout.write(printable(out));
} catch (error) {
  if (error instanceof UsageError) {
    console.error(printable(`rankscope: ${error.message}\n\nSee rankscope --help.`));
    process.exitCode = EXIT.usage;
  } else crash(error);
}
