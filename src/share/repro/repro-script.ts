import { producedBy } from '../../core/cases/origin.ts';
import { layerOf } from '../../core/contract/case.ts';
import { layerCount } from '../../core/published/caller.ts';
import type { CollectiveInfo, Recording } from '../../core/recording/event.ts';
import { stepFunctions } from './functions.ts';
import { caseWords, entry, expectedOf, linkEntry } from './header.ts';
import { type Script, scriptText } from './script.ts';
import { plainWords } from './text/python.ts';

/**
 * A Python script that does on real ranks what a recording says was done: PyTorch alone, gloo, P
 * processes. It prints what every rank got from every call, and the verdict that Rankscope came to.
 * `link` is the address of the run on the page.
 */
export function reproScript(recording: Recording, link?: string): string {
  const c = producedBy(recording).case;
  const implementation = producedBy(recording).implementation;
  const functions = stepFunctions(recording);
  const made = new Map(functions.flatMap(({ name, calls }) => calls.map((call) => [call, name])));
  const calls = c.calls.slice(0, made.size);
  const byLayer = implementation.countsByLayer === true;
  const { remembersHeads } = implementation;
  const asksForCount = functions.some(({ text }) => text.includes('get_num_kv_heads()'));
  const headCount = remembersHeads
    ? [byLayer ? layerCountsText(recording) : headCountText(c.numKvHeadsBefore)]
    : asksForCount
      ? [NO_HEAD_COUNT]
      : [];
  return scriptText(recording, {
    docstring: docstring(recording, link),
    imports: [],
    collectives: collectivesIn(recording),
    steps: [...headCount, ...functions.map(({ text }) => text)],
    calls,
    fields: {
      steps: calls.map((_, call) => made.get(call) ?? ''),
      ...(byLayer ? { layer: calls.map(({ tensor }) => String(layerOf(tensor))) } : {}),
    },
    headCount: remembersHeads,
    run: {
      first: [],
      setUp: [],
      before: byLayer ? ['enter_layer(call.layer)'] : [],
      call: 'call.steps(rank, x)',
    },
  });
}

function docstring(recording: Recording, link?: string): string[] {
  const { title, source } = producedBy(recording).implementation;
  const { verdict, because } = expectedOf(recording);
  return [
    `The all-to-all of ${plainWords(title)}, step by step, on ${producedBy(recording).case.sp} real ranks.`,
    '',
    ...entry('case', caseWords(producedBy(recording).case)),
    ...entry('source', plainWords(source)),
    ...linkEntry(link),
    ...entry('run', 'python repro.py (PyTorch alone: gloo, CPU, nothing is downloaded)'),
    ...entry('prints', 'what every rank got from every call, and at last'),
    ...entry('', `verdict: ${verdict}`),
    ...(because === null ? [] : entry('because', plainWords(because))),
    '',
    'Every element is its own index in the global tensor, so that a misplaced one tells',
    'where it came from. The steps are those that Rankscope recorded; conditions and',
    'assertions are in the Python of the source.',
  ];
}

function collectivesIn({ ranks }: Recording): Script['collectives'] {
  const kinds = new Set<CollectiveInfo['kind']>(
    ranks.flatMap(({ events }) =>
      events.flatMap((event) => (event.kind === 'offered' ? [event.collective.kind] : [])),
    ),
  );
  return {
    single: kinds.has('all_to_all_single'),
    list: kinds.has('all_to_all'),
    gather: kinds.has('all_gather'),
    lost: ranks.some(({ events }) => events.some(({ kind }) => kind === 'lost')),
    unanswered: ranks.some(({ events }) =>
      events.some((event) => event.kind === 'raised' && event.error === 'Unanswered'),
    ),
  };
}

function headCountText(before: number | null): string {
  return `
num_kv_heads = ${before ?? 'None'}  # of the whole process


def get_num_kv_heads():
    return num_kv_heads


def set_num_kv_heads(heads):
    global num_kv_heads
    num_kv_heads = heads
`;
}

function layerCountsText(recording: Recording): string {
  const c = producedBy(recording).case;
  const implementation = producedBy(recording).implementation;
  const layers = [...new Set(c.calls.map(({ tensor }) => layerOf(tensor)))];
  const counts = layers.map((layer) => `${layer}: ${layerCount(c, implementation, layer)}`);
  return `
num_kv_heads = {${counts.join(', ')}}  # by layer, read off its keys
layer = 0


def enter_layer(number):
    global layer
    layer = number


def get_num_kv_heads():
    return num_kv_heads.get(layer)
`;
}

const NO_HEAD_COUNT = `
def get_num_kv_heads():
    return None  # this code keeps no head count
`;
