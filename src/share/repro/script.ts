import { at } from '../../base/assert.ts';
import { producedBy } from '../../core/cases/origin.ts';
import { callTitle } from '../../core/contract/call-title.ts';
import { type Call, kvTimes } from '../../core/contract/case.ts';
import { paddedLength } from '../../core/contract/sequence.ts';
import { repeatsKv } from '../../core/published/caller.ts';
import { eventsByCall, type Recording } from '../../core/recording/event.ts';
import { expectedOf } from './header.ts';
import { attendingAmong, type Partners, partnersAmong } from './layers.ts';
import { type CollectivesUsed, collectivesText } from './text/collectives.ts';
import { attentionText, PARTNERS_TEXT } from './text/heads.ts';
import { judgingText } from './text/judging.ts';
import { pyList, pyString, sections } from './text/python.ts';
import { type Run, runText } from './text/run.ts';
import { tensorsText } from './text/tensors.ts';

/** In what the scripts differ that are made of a recording. */
export interface Script {
  readonly docstring: readonly string[];
  /** Modules beside those that every script imports. */
  readonly imports: readonly string[];
  readonly collectives: CollectivesUsed;
  /** What stands before the calls: how each of them is made. */
  readonly steps: readonly string[];
  /** The calls that are made, of the case's. */
  readonly calls: readonly Call[];
  /** More fields of a call: their names, and their values by call. */
  readonly fields: Readonly<Record<string, readonly string[]>>;
  /** The implementation keeps a head count: `get_num_kv_heads` is there, and printed. */
  readonly headCount: boolean;
  readonly run: Pick<Run, 'first' | 'setUp' | 'before' | 'call'>;
}

/** A whole script: everything around the steps, of which only what the case needs. */
export function scriptText(recording: Recording, script: Script): string {
  const c = producedBy(recording).case;
  const implementation = producedBy(recording).implementation;
  const { calls, headCount } = script;
  const repeats = repeatsKv(c, implementation);
  const times = calls.map((call) => kvTimes(c, call, repeats));
  const repeated = times.some((count) => count > 1);
  const fields = { ...(repeated ? { times: times.map(String) } : {}), ...script.fields };
  const partners = partnersAmong(calls);
  const attention = attends(recording, partners) ? attendingAmong(calls) : [];
  const pairs = partners.map(({ query, key }) => `(${query}, ${key})`);
  const attending = attention.map(({ back, from }) => `(${back}, (${from.join(', ')}))`);
  const judged = [
    ...(partners.length + attention.length > 0
      ? ['results = [[outcome[0] for outcome in outcomes] for outcomes in zip(*ranks)]']
      : []),
    ...(partners.length > 0 ? ['found |= judge_partners(results)'] : []),
    ...(attention.length > 0 ? ['found |= judge_attention(results)'] : []),
  ];
  const head = [
    `"""${script.docstring.join('\n')}`,
    '"""',
    '',
    ...imports(script.imports, attention.length > 0),
    '',
    `P = ${c.sp}  # ranks`,
    `B, S, D = ${c.batch}, ${paddedLength(c)}, ${c.headDim}  # batch, sequence, head dim`,
  ];
  return sections([
    head.join('\n'),
    ...script.steps,
    [
      ...callsText(c.calls.length, calls, fields),
      ...(pairs.length > 0
        ? [
            '# Calls of queries, and of the keys or values beside them.',
            `PARTNERS = ${pyList(pairs)}`,
          ]
        : []),
      ...(attending.length > 0
        ? ['# Before which call which calls attend to which.', `ATTENTION = ${pyList(attending)}`]
        : []),
    ].join('\n'),
    ...tensorsText(c, implementation, repeated),
    ...collectivesText(script.collectives),
    ...judgingText(headCount),
    ...(pairs.length > 0 ? [PARTNERS_TEXT] : []),
    ...(attending.length > 0 ? [attentionText(c, implementation)] : []),
    ...runText({ ...script.run, headCount: headCount ? 'get_num_kv_heads()' : 'None', judged }),
  ]);
}

function imports(more: readonly string[], attention: boolean): string[] {
  const plain = [
    'hashlib',
    'json',
    'os',
    'struct',
    'tempfile',
    ...(attention ? ['math'] : []),
    ...more,
  ];
  return [
    ...plain.sort().map((name) => `import ${name}`),
    'from collections import namedtuple',
    '',
    'import torch',
    'import torch.distributed as dist',
    'import torch.multiprocessing as mp',
  ];
}

/**
 * Whether the script attends too: where ids do not tell all, because keys and values are held beside
 * queries, or where attention alone is wrong. Ranks attended only where the case is small enough.
 */
function attends(recording: Recording, partners: readonly Partners[]): boolean {
  const attended = recording.ranks.some((ranked) =>
    eventsByCall(ranked).some(({ events }) => events.some(({ kind }) => kind === 'attended')),
  );
  if (!attended) return false;
  return partners.length > 0 || expectedOf(recording).attentionFails;
}

function callsText(
  all: number,
  calls: readonly Call[],
  fields: Readonly<Record<string, readonly string[]>>,
): string[] {
  const names = ['title', 'number', 'tensor', 'heads', 'to', ...Object.keys(fields)];
  const rows = calls.map((call, index) => {
    const values = [
      pyString(callTitle(calls, index)),
      String(call.pass),
      pyString(call.tensor),
      String(call.heads),
      pyString(call.pass === 2 ? call.to : call.tensor),
      ...Object.values(fields).map((column) => at(column, index)),
    ];
    return `    Call(${values.join(', ')}),`;
  });
  const never = all - calls.length;
  return [
    "# Pass 1 takes a tensor's chunk, pass 2 what is stored as it; the result is stored as `to`.",
    `Call = namedtuple("Call", "${names.join(' ')}")`,
    'CALLS = [',
    ...rows,
    ...(never > 0
      ? [
          `    # The recorded run never came to the last ${never === 1 ? 'call' : `${never} calls`}.`,
        ]
      : []),
    ']',
  ];
}
