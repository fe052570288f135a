import { assert } from '../../base/assert.ts';
import type { CaseProblem } from '../../core/cases/case-form.ts';
import { parseCase } from '../../core/cases/case-input.ts';
import type { Caller, Case } from '../../core/contract/case.ts';
import type { CheckId, Verdict } from '../../core/judge/finding.ts';
import type { Rank } from '../../core/recording/event.ts';

/** A public bug, told by the cases that show it. */
export interface Exhibit {
  /** Short and lasting, as links and tests know it: "6774", "kv-decides-for-q". */
  readonly id: string;
  readonly title: string;
  /** Where it was reported and where it was repaired. */
  readonly threads: readonly Thread[];
  /** What people took for granted. */
  readonly believed: string;
  /** What the code does instead. */
  readonly happens: string;
  /** How one meets it. */
  readonly shows: string;
  readonly repaired: string;
  readonly broken: readonly BrokenCase[];
}

/** An issue or a pull request on GitHub. */
export interface Thread {
  /** "deepspeedai/DeepSpeed" */
  readonly project: string;
  readonly number: number;
}

/** A case with what it comes to. */
export interface MuseumCase {
  /** What tells it from the others of its exhibit: "8 heads". */
  readonly label: string;
  readonly case: Case;
  readonly verdict: Verdict;
}

export interface BrokenCase extends MuseumCase {
  readonly claims: Claims;
  /** What makes it fine; absent where nobody has repaired it, or no code here does. */
  readonly repair?: Repair;
}

export interface Repair {
  /** By what it is repaired: "#6797". */
  readonly label: string;
  /** What it changes of the case; undefined takes a field away. */
  readonly changes: CaseChanges;
}

/** Fields of a case with other values; undefined takes a field away. */
type CaseChanges = {
  readonly [field in Exclude<keyof Case, 'caller'>]?: Case[field] | undefined;
} & { readonly caller?: Caller };

/** What an exhibit rests on, and a test holds to the engine. */
export interface Claims {
  /** The check that finds it. */
  readonly check: CheckId;
  /** Part of that check's summary. */
  readonly says: string;
  /** The ranks of its first evidence. */
  readonly ranks?: readonly Rank[];
  /** Numbers of its first evidence, by name. */
  readonly numbers?: Readonly<Record<string, number>>;
  /** Part of the explanation of the run. */
  readonly tells?: string;
  /** Heads that each rank holds after the pass 1 that is this call. */
  readonly heads?: { readonly call: number; readonly counts: readonly number[] };
}

/** A broken case of an exhibit. */
export interface NamedCase {
  /** "6774", or "6774-2" for its second case: lasting, as actions and tests know it. */
  readonly id: string;
  readonly exhibit: Exhibit;
  readonly broken: BrokenCase;
}

/** A broken case beside its repair. */
export interface MuseumPair extends NamedCase {
  readonly repaired: MuseumCase;
}

/** Exhibits of one kind. */
export interface Room {
  readonly title: string;
  /** What they have in common, in a sentence. */
  readonly about: string;
  readonly exhibits: readonly Exhibit[];
}

/** The address of a thread. GitHub sends the address of an issue on to the pull request of its number. */
export function addressOf({ project, number }: Thread): string {
  return `https://github.com/${project}/issues/${number}`;
}

/** What the cases of the museum have unless they say otherwise: small enough to be seen whole. */
const PLAIN = {
  program: 'roundTrip',
  sp: 4,
  batch: 1,
  seq: 8,
  heads: 8,
  headDim: 2,
  batchDimIdx: 0,
};

/** A case of the museum, read as one from outside would be. */
export function caseOf(fields: CaseChanges): Case {
  const parsed = parseCase({ ...PLAIN, ...fields });
  assert(parsed.ok, parsed.ok ? '' : told(parsed.problems));
  return parsed.case;
}

function told(problems: readonly CaseProblem[]): string {
  return problems.map(({ message }) => message).join('; ');
}
