import { OPTIONS, type OptionRow, SECTIONS, type Section } from './option-table.ts';

/** A call of the command that cannot be carried out: what is wrong, and what is allowed. Exit code 2. */
export class UsageError extends Error {}

/** The exit codes, in `--help` and in the code. */
export const EXIT = { fine: 0, fault: 1, usage: 2, crash: 70 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const WIDTH = 98;
/** Columns of an option with its value, in front of what it says. */
const NAME_WIDTH = 26;

/** What `rankscope --help` prints. */
export function helpText(): string {
  const sections = (Object.keys(SECTIONS) as Section[]).map(sectionText);
  return `rankscope: checks the all-to-all of sequence-parallel attention, without a GPU

usage
  rankscope check  (--case FILE|LINK | (--config FILE | --heads N) --sp N --implementation NAME) [options]
  rankscope map    (--case FILE|LINK | --implementation NAME) [options]
  rankscope list   [options]

check runs one case on simulated ranks and says what every check finds.
map runs every head count and SP degree. list names the implementations.

examples
  rankscope check --config config.json --sp 8 --implementation deepspeed==0.15.4
  rankscope check --case 'https://…/#v3&implementation=deepspeed-6392&heads=8&sp=4&seq=8&headDim=2'
  rankscope map --implementation deepspeed-6392 --condition "$(cat rule.py)" --against published

${sections.join('\n\n')}

exit code
  0  fine; also where there are only warnings, unless --strict
  1  a fault was found; with map --against, only where something is newly broken
  2  the command was called wrongly
  70 rankscope itself failed`;
}

function sectionText(section: Section): string {
  const rows = Object.entries<OptionRow>(OPTIONS).filter(([, row]) => row.section === section);
  return [SECTIONS[section], ...rows.map(([name, row]) => rowText(name, row))].join('\n');
}

function rowText(name: string, { value, short, of, says }: OptionRow): string {
  const flag = `  ${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`;
  const only = of.length < 2 ? `${of.join()}: ` : '';
  const lines = wrapped(`${only}${says}`, WIDTH - NAME_WIDTH);
  const indent = ' '.repeat(NAME_WIDTH);
  const first = flag.length < NAME_WIDTH - 1 ? flag.padEnd(NAME_WIDTH) : `${flag}\n${indent}`;
  return first + lines.join(`\n${indent}`);
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines;
}
