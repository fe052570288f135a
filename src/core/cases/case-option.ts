import { quoted, WHOLE } from '../../base/quoted.ts';
import { readCalls } from '../contract/calls-text.ts';
import { type Case, FAULT_KINDS } from '../contract/case.ts';
import { isSequenceSplit, SEQUENCE_ORDERS, SEQUENCE_SPLITS } from '../contract/sequence.ts';
import { findRelease } from '../programs/release-name.ts';
import { parseHunk } from '../python/condition/hunk.ts';

/** Fields of a case with other values; null for an optional field that is to be absent. */
export type CasePatch = Partial<Record<keyof Case, unknown>>;

/** The fields that an option gives, or what is wrong with it: what a sentence says behind its name. */
export type ReadOption =
  | { readonly ok: true; readonly fields: CasePatch }
  | { readonly ok: false; readonly message: string };

/** The option of the command line by which a person says a field of a case. */
export interface CaseOption {
  /** Behind the two dashes. */
  readonly name: string;
  /** Whether it may be given several times. */
  readonly multiple?: true;
  /** What stands behind it. */
  readonly value: string;
  /** Under which heading of `--help` it stands. */
  readonly section: 'case' | 'code';
  /** Which commands take it. */
  readonly of: readonly ('check' | 'map')[];
  readonly says: string;
  /** What a case without a file has where it is not given. */
  readonly otherwise?: unknown;
  /** Reads all that was given, in order; more than one only where it may be. */
  readonly read: (given: readonly string[]) => ReadOption;
}

export const BOTH = ['check', 'map'] as const;
export const CHECK = ['check'] as const;

type Reading = CaseOption['read'];

/** A number. Which are allowed is for the case to say. */
export function numberFor(field: keyof Case): Reading {
  return ([text = '']) => {
    const value = Number(text);
    const isNumber = text.trim() !== '' && !Number.isNaN(value);
    return isNumber ? { ok: true, fields: { [field]: value } } : refused(text, NUMBER);
  };
}

const NUMBER = 'it must be a number';

/** The letters themselves. */
export function textFor(field: keyof Case): Reading {
  return ([text]) => ({ ok: true, fields: { [field]: text } });
}

/** A release or an id, as the id. */
export function readImplementation([name = '']: readonly string[]): ReadOption {
  const found = findRelease(name);
  return found.ok
    ? { ok: true, fields: { implementation: found.implementation.id } }
    : { ok: false, message: `: ${found.message}` };
}

/** A person's own calls have no name unless the option for it gives one. */
export function readOwnCalls([text]: readonly string[]): ReadOption {
  return { ok: true, fields: { calls: readCalls(text) } };
}

/** The layouts by the letters of their dimensions. */
const LAYOUTS: Readonly<Record<string, 0 | 1>> = { bshd: 0, sbhd: 1 };

export function readLayout([text = '']: readonly string[]): ReadOption {
  return Object.hasOwn(LAYOUTS, text)
    ? { ok: true, fields: { batchDimIdx: LAYOUTS[text] } }
    : refused(text, `allowed are ${Object.keys(LAYOUTS).join(' and ')}`);
}

/** "pad balanced": a way to split, an order, or both. */
export function readSequence([text = '']: readonly string[]): ReadOption {
  const words = text.trim().split(/\s+/);
  const sequenceOrder = SEQUENCE_ORDERS.find((one) => words.includes(one));
  const splits = words.filter((word) => word !== sequenceOrder);
  const [sequenceSplit] = splits;
  if (splits.length > 1 || (sequenceSplit !== undefined && !isSequenceSplit(sequenceSplit))) {
    return refused(
      text,
      `allowed are ${SEQUENCE_SPLITS.join(', ')} or a length for each rank (5,3,4), and an order of ${SEQUENCE_ORDERS.join(', ')}`,
    );
  }
  return { ok: true, fields: { sequenceSplit, sequenceOrder } };
}

/** A condition, or a pasted change of one: what it is afterwards. */
export function readCondition([text = '']: readonly string[]): ReadOption {
  return { ok: true, fields: { condition: parseHunk(text)?.after ?? text } };
}

/** "padding-fits=…", once for each guard. */
export function readGuards(given: readonly string[]): ReadOption {
  const guards: Record<string, string> = {};
  for (const text of given) {
    const equals = text.indexOf('=');
    if (equals < 1) return refused(text, 'it must be ID="condition"');
    guards[text.slice(0, equals)] = text.slice(equals + 1);
  }
  return { ok: true, fields: { guards } };
}

/** "raises-in:2:1": a way to fail, a rank, a call. */
export function readFault([text = '']: readonly string[]): ReadOption {
  const [kind = '', rank, call, ...more] = text.split(':');
  const isKind = FAULT_KINDS.some((one) => one === kind);
  const isNumber = (letters: string | undefined) => /^\d{1,6}$/.test(letters ?? '');
  if (!isKind || !isNumber(rank) || !isNumber(call) || more.length > 0) {
    return refused(
      text,
      `it must be KIND:RANK:CALL, both counted from 0, with a kind of ${FAULT_KINDS.join(', ')}`,
    );
  }
  return { ok: true, fields: { fault: { kind, rank: Number(rank), call: Number(call) } } };
}

function refused(text: string, allowed: string): ReadOption {
  return { ok: false, message: ` is ${quoted(text, WHOLE)}; ${allowed}` };
}
