import { callTitle } from '../contract/call-title.ts';
import { printCalls } from '../contract/calls-text.ts';
import { callsOf, type ProgramName, programNamed } from '../contract/case.ts';
import { type Fields, isRecord } from './link-text.ts';

/**
 * Every form that links have had. An entry makes the fields of version n those of n + 1, for what
 * was once sent to somebody is to open for good. To change the form: count `LINK_VERSION` up, add
 * the entry, and keep a link of the old form in `link.test.ts`. What an entry cannot make sense of
 * it hands on, to be refused by name.
 */
export const LINK_VERSION = 4;

const UPGRADES: Readonly<Record<number, (fields: Fields) => Fields>> = {
  // 1: `case=` and the whole case as JSON, as programs write it; no moment.
  1: ({ case: wanted, ...rest }) =>
    isRecord(wanted) ? { ...wanted, ...rest } : { case: wanted, ...rest },
  // 2: nothing of what the log lets through, of how the map is seen, or of the speed.
  2: (fields) => fields,
  // 3: the function alone, whatever its callers do; calls had other names, and so had an event's kind; two
  // models ran once each.
  3: (given) => {
    const fields = oneTurnEach(withoutCaller(given));
    const { log } = fields;
    if (!isRecord(log)) return fields;
    const call = typeof log.call === 'string' ? { call: renamedCall(log.call) } : {};
    const kind = log.kind === 'waits for ever' ? { kind: 'hang' } : {};
    return { ...fields, log: { ...log, ...call, ...kind } };
  },
};

const TWO_MODELS: ProgramName = 'twoModels';

/** The calls that a case of version 3 made, in the words of a link; none where it says them itself. */
function spelled({ program = 'roundTrip', heads, kvHeads = heads, calls }: Fields): Fields {
  const named = programNamed(String(program));
  if (calls !== undefined || named === null) return {};
  const all = callsOf(named, Number(heads), Number(kvHeads));
  return { calls: printCalls(named === TWO_MODELS ? all.slice(0, all.length / 2) : all) };
}

/** Two models ran once each, where they now take turns: a link says what it said. */
function oneTurnEach(fields: Fields): Fields {
  const own = fields.program === TWO_MODELS ? spelled(fields) : {};
  if (!isRecord(fields.with)) return { ...fields, ...own };
  const other: Fields = { ...fields, calls: undefined, ...fields.with };
  const concerned = [fields.program, other.program].includes(TWO_MODELS);
  const beside = fields.with;
  const changes = ['program', 'heads', 'kvHeads'].some((name) => name in beside);
  const calls = concerned && changes ? spelled(other) : {};
  return { ...fields, ...own, with: { ...calls, ...fields.with } };
}

/** A call by the name that it had until version 3: the tensor that it took, not the one it gives. */
function renamedCall(name: string): string {
  const [, pass, tensor = ''] = /^pass ([12]) of (\w+)$/.exec(name) ?? [];
  if (pass === undefined) return name;
  const given = { tensor, heads: 1, pass: 1 } as const;
  const [, letter = '', layer = ''] = /^([a-z])(\d*)$/.exec(tensor) ?? [];
  const to = BROUGHT_BACK[letter];
  return callTitle(
    [pass === '1' ? given : { ...given, pass: 2, to: to === undefined ? tensor : to + layer }],
    0,
  );
}

/** What pass 2 of a tensor gives in the programs that have a name. */
const BROUGHT_BACK: Readonly<Record<string, string>> = { q: 'o', r: 'p', k: 'dk', v: 'dv' };

/** A case that says nothing of its caller, and the one beside it, where that is another code. */
function withoutCaller({ with: other, ...fields }: Fields): Fields {
  const beside =
    isRecord(other) && 'implementation' in other ? { caller: 'bypassed', ...other } : other;
  return {
    caller: 'bypassed',
    ...fields,
    ...(beside === undefined ? {} : { with: beside }),
  };
}

/** The fields of a link of version `from` as a link of today has them; null for no version of ours. */
export function upgraded(fields: Fields, from: number): Fields | null {
  let current = fields;
  for (let version = from; version < LINK_VERSION; version++) {
    const upgrade = UPGRADES[version];
    if (upgrade === undefined) return null;
    current = upgrade(current);
  }
  return current;
}
