import {
  type CASE_FIELDS,
  FIELD_NAMES,
  type FieldName,
  fieldOf,
  inOrder,
} from '../../core/cases/case-fields.ts';
import type { CaseOption } from '../../core/cases/case-option.ts';

/** The commands. */
export const COMMANDS = ['check', 'map', 'list'] as const;
export type Command = (typeof COMMANDS)[number];

/** An option: what parsing asks of it, and what `--help` says. */
export interface OptionRow {
  readonly type: 'string' | 'boolean';
  readonly multiple?: true;
  readonly short?: string;
  /** What stands behind it. */
  readonly value?: string;
  readonly section: Section;
  /** Which commands take it. */
  readonly of: readonly Command[];
  readonly says: string;
}

/** The headings under which options stand in `--help`, in this order. */
export const SECTIONS = {
  case: 'the case',
  code: 'the code',
  map: 'the map',
  output: 'output',
} as const;
export type Section = keyof typeof SECTIONS;

const BOTH: readonly Command[] = ['check', 'map'];
const MAP: readonly Command[] = ['map'];
const ALL: readonly Command[] = COMMANDS;

/** The order of a case's options in `--help`; others follow as the fields do. */
const FIRST: readonly FieldName[] = [
  'heads',
  'kvHeads',
  'sp',
  'batch',
  'seq',
  'headDim',
  'batchDimIdx',
  'program',
  'calls',
  'numKvHeadsBefore',
  'fault',
  'sequenceSplit',
  'sequenceOrder',
  'implementation',
  'condition',
  'guards',
  'gatherIdx',
  'caller',
  'kvRepeat',
];

/** The option that says a field. */
type OptionOf<Name extends FieldName> = (typeof CASE_FIELDS)[Name]['option'];
type CaseOptions = {
  readonly [Name in FieldName as OptionOf<Name>['name']]: OptionOf<Name> & {
    readonly type: 'string';
  };
};

/** The options that say the fields of a case, under their names. */
export const CASE_OPTIONS: readonly CaseOption[] = [
  ...new Set(inOrder(FIELD_NAMES, FIRST).map((name) => fieldOf(name).option)),
];

/** Every option once, in the order of `--help`: parsing, help and README follow from this table. */
export const OPTIONS = {
  case: {
    type: 'string',
    value: 'FILE|LINK',
    section: 'case',
    of: BOTH,
    says: 'a case: a JSON file, a session or recording, a link of the page, or - for standard input; other options change it',
  },
  line: {
    type: 'string',
    value: 'N',
    section: 'case',
    of: BOTH,
    says: 'which line of the --case file, where it has one case per line; 1 is the first',
  },
  config: {
    type: 'string',
    value: 'FILE',
    section: 'case',
    of: BOTH,
    says: "a model's config.json, for its head counts; map keeps their ratio",
  },
  ...(Object.fromEntries(
    CASE_OPTIONS.map((option) => [option.name, { type: 'string', ...option }]),
  ) as CaseOptions),
  'to-heads': {
    type: 'string',
    value: 'N',
    section: 'map',
    of: MAP,
    says: 'head counts from 1 to N; 128 by default',
  },
  'to-sp': {
    type: 'string',
    value: 'N',
    section: 'map',
    of: MAP,
    says: 'SP degrees from 1 to N; 64 by default',
  },
  against: {
    type: 'string',
    value: 'NAME|"…"',
    section: 'map',
    of: MAP,
    says: 'compare with another implementation, a condition, or `published`; exit code 1 only for what is newly broken',
  },
  format: {
    type: 'string',
    value: 'csv|json|text',
    section: 'output',
    of: MAP,
    says: 'csv by default, one line per cell; text with --against',
  },
  json: {
    type: 'boolean',
    section: 'output',
    of: ['check', 'list'],
    says: 'the whole report as JSON; list: everything known about each',
  },
  markdown: {
    type: 'boolean',
    section: 'output',
    of: BOTH,
    says: 'text for an issue (check) or a pull request (map)',
  },
  github: {
    type: 'boolean',
    section: 'output',
    of: BOTH,
    says: 'GitHub annotations too; the default where GITHUB_ACTIONS is true',
  },
  strict: {
    type: 'boolean',
    section: 'output',
    of: BOTH,
    says: 'exit code 1 for warnings too, such as unbalanced ranks',
  },
  version: { type: 'boolean', section: 'output', of: ALL, says: 'print the version' },
  help: { type: 'boolean', short: 'h', section: 'output', of: ALL, says: 'print this' },
} as const satisfies Readonly<Record<string, OptionRow>>;

export type OptionName = keyof typeof OPTIONS;
