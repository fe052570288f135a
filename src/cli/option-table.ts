import { SEQUENCE_ORDERS, SEQUENCE_SPLITS } from '../engine/sequence.ts';

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
const CHECK: readonly Command[] = ['check'];
const MAP: readonly Command[] = ['map'];
const ALL: readonly Command[] = COMMANDS;

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
  heads: {
    type: 'string',
    value: 'N',
    section: 'case',
    of: BOTH,
    says: 'query heads; map keeps their ratio to --kv-heads',
  },
  'kv-heads': {
    type: 'string',
    value: 'N',
    section: 'case',
    of: BOTH,
    says: 'key/value heads; as many as query heads by default. map without --heads: the same count in every cell',
  },
  sp: {
    type: 'string',
    value: 'N',
    section: 'case',
    of: CHECK,
    says: 'sequence-parallel degree: the number of ranks',
  },
  batch: {
    type: 'string',
    value: 'N',
    section: 'case',
    of: BOTH,
    says: 'batch size; 1 by default',
  },
  seq: {
    type: 'string',
    value: 'N',
    section: 'case',
    of: CHECK,
    says: 'sequence length; 2 per rank by default',
  },
  'head-dim': {
    type: 'string',
    value: 'N',
    section: 'case',
    of: CHECK,
    says: 'size of one head; 2 by default',
  },
  layout: {
    type: 'string',
    value: 'bshd|sbhd',
    section: 'case',
    of: BOTH,
    says: 'batch first or sequence first; bshd by default',
  },
  program: {
    type: 'string',
    value: 'NAME',
    section: 'case',
    of: BOTH,
    says: 'roundTrip, layerForward, layerForwardBackward (default), twoModels or twoLayers',
  },
  calls: {
    type: 'string',
    value: 'LIST',
    section: 'case',
    of: CHECK,
    says: 'calls in place of a program: "q:8,q:8:o" is pass 1 of q with 8 heads, then pass 2 into o',
  },
  'head-count-before': {
    type: 'string',
    value: 'N',
    section: 'case',
    of: BOTH,
    says: 'process-wide head count that is set before the first call',
  },
  fault: {
    type: 'string',
    value: 'KIND:RANK:CALL',
    section: 'case',
    of: CHECK,
    says: 'make one rank fail in one call, both counted from 0: raises-in:2:1',
  },
  implementation: {
    type: 'string',
    value: 'NAME',
    section: 'code',
    of: BOTH,
    says: 'a release or an id of `rankscope list`: deepspeed==0.15.4, deepspeed-6392, verl',
  },
  condition: {
    type: 'string',
    value: '"…"',
    section: 'code',
    of: BOTH,
    says: 'Python that replaces the published condition; a pasted `if …:` line will do',
  },
  guard: {
    type: 'string',
    multiple: true,
    value: 'ID="…"',
    section: 'code',
    of: BOTH,
    says: 'Python that replaces a published assertion; may be given several times',
  },
  'gather-idx': {
    type: 'string',
    value: '0|1',
    section: 'code',
    of: BOTH,
    says: 'gather_idx of pass 1; the dimension of the sequence by default',
  },
  caller: {
    type: 'string',
    value: 'published|bypassed',
    section: 'code',
    of: BOTH,
    says: 'whether the published callers take part, with their guards and their repeat of key/value heads; published by default, bypassed with --calls',
  },
  sequence: {
    type: 'string',
    value: 'HOW',
    section: 'case',
    of: BOTH,
    says: `how the sequence is dealt to the ranks: ${SEQUENCE_SPLITS.join(', ')}, or a length for each rank as 5,3,4; and the order, ${SEQUENCE_ORDERS.join(', ')}: "pad balanced"`,
  },
  'kv-repeat': {
    type: 'string',
    value: 'in-place|tile',
    section: 'code',
    of: BOTH,
    says: 'how the caller repeats key/value heads where there are fewer than ranks',
  },
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
