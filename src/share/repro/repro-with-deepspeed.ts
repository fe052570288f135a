import { producedBy } from '../../core/cases/origin.ts';
import { type Case, indicesOf, isKeyOrValue, kvTimes } from '../../core/contract/case.ts';
import type { Recording } from '../../core/recording/event.ts';
import { caseWords, entry, expectedOf, linkEntry } from './header.ts';
import { scriptText } from './script.ts';
import { plainWords, pyString } from './text/python.ts';

/** A script, or why there can be none. */
export type DeepSpeedScript =
  | { readonly ok: true; readonly script: string }
  | { readonly ok: false; readonly reason: string };

/**
 * A Python script that makes a recording's case with the `single_all_to_all` of the DeepSpeed that is
 * installed, and judges it as `reproScript` does. Only DeepSpeed's `sequence/layer.py` has one.
 */
export function reproWithDeepSpeed(recording: Recording, link?: string): DeepSpeedScript {
  const c = producedBy(recording).case;
  const { id, title, remembersHeads } = producedBy(recording).implementation;
  const release = RELEASES[id];
  if (release === undefined) {
    return {
      ok: false,
      reason: `${title} is no release of DeepSpeed's sequence/layer.py; the script of the recorded steps is the one to run`,
    };
  }
  if (c.fault !== undefined) {
    return {
      ok: false,
      reason: `the case makes rank ${c.fault.rank} fail, which DeepSpeed's own code cannot be told to do`,
    };
  }
  if (c.sequenceSplit === 'refuse') {
    return {
      ok: false,
      reason:
        "the case refuses a sequence that its ranks do not divide, which DeepSpeed's own code is not asked; the script of the recorded steps asks it",
    };
  }
  if (id === 'deepspeed-8342' && c.batchDimIdx === 1) {
    return {
      ok: false,
      reason:
        'sequence first, the releases with the overlap path also ask for the wrong shape of #6750, so that their forward fails before it; the script of the recorded steps shows the path alone',
    };
  }
  if (c.condition !== undefined || c.guards !== undefined) {
    return {
      ok: false,
      reason:
        "the case has a condition of its own, which DeepSpeed's own code has not; the script of the recorded steps asks it",
    };
  }
  const withoutKv = mayHoldNoKv(c);
  const script = scriptText(recording, {
    docstring: docstring(recording, release, link),
    imports: ['inspect', 'logging', 'sys', 'types'],
    collectives: {
      single: true,
      list: id === 'deepspeed-4198',
      gather: false,
      lost: false,
      unanswered: false,
    },
    steps: [
      installedText(release, id),
      layerText(c, id, remembersHeads),
      reshardText(c, id),
      ...(withoutKv ? [ATTENDED_TEXT] : []),
    ],
    calls: c.calls,
    fields: {},
    headCount: remembersHeads,
    run: {
      first: ['require_deepspeed()'],
      setUp: ['layer = deepspeed_layer(rank)'],
      before: [],
      call: `reshard(layer, call, ${withoutKv ? 'attended(held, call, x)' : 'x'})`,
    },
  });
  return { ok: true, script };
}

/** How to get the DeepSpeed that an implementation is about. */
interface Release {
  readonly install: string;
  /** What its version begins with; null where it was not released. */
  readonly version: string | null;
}

function released(version: string): Release {
  return { install: `pip install deepspeed==${version}`, version };
}

function pull(number: number): Release {
  const repository = 'git+https://github.com/deepspeedai/DeepSpeed';
  return { install: `pip install ${repository}@refs/pull/${number}/head`, version: null };
}

const RELEASES: Readonly<Record<string, Release>> = {
  'deepspeed-4198': released('0.10.2'),
  'deepspeed-4695': released('0.12.4'),
  'deepspeed-5664': released('0.14.4'),
  'deepspeed-5823': released('0.14.5'),
  'deepspeed-6392': released('0.15.4'),
  'deepspeed-6774-suggestion': {
    install:
      'pip install deepspeed==0.15.4, and put the condition of the issue into its sequence/layer.py',
    version: null,
  },
  'deepspeed-6797': released('0.16.2'),
  'deepspeed-6750': released('0.16.3'),
  'deepspeed-8317': pull(8317),
  'deepspeed-8316': pull(8316),
  // The overlap path came with 0.14.5 and is as it was until #8342.
  'deepspeed-8342': released('0.16.3'),
};

function docstring(recording: Recording, { install }: Release, link?: string): string[] {
  const { title, source } = producedBy(recording).implementation;
  const { verdict, because } = expectedOf(recording);
  return [
    `The all-to-all of ${plainWords(title)} itself, on ${producedBy(recording).case.sp} real ranks.`,
    '',
    ...entry('case', caseWords(producedBy(recording).case)),
    ...entry('source', plainWords(source)),
    ...linkEntry(link),
    ...entry('needs', `PyTorch with gloo, and DeepSpeed: ${install}`),
    ...entry('run', 'python repro.py'),
    ...entry('prints', 'what every rank got from every call, and at last'),
    ...entry('', `verdict: ${verdict}`),
    ...(because === null ? [] : entry('because', plainWords(because))),
    '',
    'Every element is its own index in the global tensor, so that a misplaced one tells',
    'where it came from. DeepSpeed does all the steps; only its collectives are entered',
    'through a comparison of sizes, so that ranks that disagree do not hang.',
  ];
}

/** The implementations that came before the function, and before it was told where the batch is. */
const WITHOUT_FUNCTION = new Set(['deepspeed-4198']);
const WITHOUT_BATCH_DIM = new Set(['deepspeed-4198', 'deepspeed-4695', 'deepspeed-5664']);

function installedText({ install, version }: Release, id: string): string {
  const about = version ?? 'none that was released';
  const needsFunction = WITHOUT_FUNCTION.has(id)
    ? ''
    : `
    if not hasattr(layer, "single_all_to_all"):
        sys.exit("It has no single_all_to_all, which came with 0.12.4.")`;
  const needsBatchDim = WITHOUT_BATCH_DIM.has(id)
    ? ''
    : `
    if "batch_dim_idx" not in inspect.signature(layer.single_all_to_all).parameters:
        print("It takes no batch_dim_idx, which came with 0.14.5.")`;
  return `
def require_deepspeed():
    """Says which DeepSpeed is installed; ends where there is none that will do."""
    try:
        import deepspeed
        import deepspeed.sequence.layer as layer
    except ImportError as problem:
        how = ${pyString(install)}
        sys.exit(f"DeepSpeed is not installed here ({problem}). To get it: {how}")
    print(f"DeepSpeed {deepspeed.__version__}; the case is about ${about}.")${needsFunction}${needsBatchDim}
`;
}

/** DeepSpeed's module on a rank, prepared as its engine would. */
function layerText(c: Case, id: string, remembersHeads: boolean): string {
  const list = id === 'deepspeed-4198' ? '\n        all_to_all=without_group(all_to_all),' : '';
  const before =
    c.numKvHeadsBefore === null ? '' : `\n    layer.set_num_kv_heads(${c.numKvHeadsBefore})`;
  const state = remembersHeads
    ? `
    groups.mpu = types.SimpleNamespace(get_sequence_parallel_rank=lambda: rank)
    if hasattr(tp_shard, "set_tp_grain_size"):
        tp_shard.set_tp_grain_size(1)  # as deepspeed.initialize does${before}`
    : '';
  const modules = remembersHeads
    ? `
    from deepspeed.module_inject import tp_shard
    from deepspeed.utils import groups
`
    : '\n';
  const count = remembersHeads
    ? `

def get_num_kv_heads():
    """What DeepSpeed remembers in this process."""
    from deepspeed.module_inject import tp_shard

    return tp_shard.get_num_kv_heads()
`
    : '';
  return `
def without_group(collective):
    """DeepSpeed names a process group; here it is the one that all ranks are in."""
    return lambda *x, group=None, async_op=False, **splits: collective(*x, **splits)


def deepspeed_layer(rank):
    """DeepSpeed's own module, its collectives entered through a comparison of sizes."""
    logging.disable(logging.WARNING)
    import deepspeed.sequence.layer as layer${modules}
    layer.dist = types.SimpleNamespace(
        get_world_size=lambda group=None: P,
        all_to_all_single=without_group(all_to_all_single),${list}
    )${state}
    return layer
${count}`;
}

/** Fewer KV heads than ranks: a rank can come to attention with queries and without a key. */
function mayHoldNoKv(c: Case): boolean {
  return c.kvHeads < c.sp && c.calls.some(({ tensor }) => isKeyOrValue(tensor));
}

const ATTENDED_TEXT = `
def attended(held, call, x):
    """What attention hands to pass 2: [..., h, D]; without a key it refuses several query heads."""
    key = held.get("k" + call.tensor[1:]) if call.tensor[:1] == "q" else None
    if call.number == 1 or key is None or key.shape[-2] > 0:
        return x
    if x.shape[-2] > 1:
        raise RuntimeError(
            f"The size of tensor a ({x.shape[-2]}) must match the size of tensor b (0)"
            f" at non-singleton dimension {x.dim() - 3}"
        )
    return x[..., :0, :]
`;

/** One call of the installed release, whatever it takes. */
function reshardText(c: Case, id: string): string {
  const [there, back] = [indicesOf(c, 1), indicesOf(c, 2)];
  const repeats = c.kvRepeat !== undefined && c.calls.some((call) => kvTimes(c, call, true) > 1);
  const repeated =
    c.kvRepeat === 'tile'
      ? 'x.repeat(1, 1, call.times, 1)'
      : 'x.repeat_interleave(call.times, dim=2)';
  return `
def reshard(layer, call, x):
    """One call of DeepSpeed's, with those arguments that the installed release takes."""
    scatter_idx, gather_idx = ${there.scatterIdx}, ${there.gatherIdx}
    if call.number == 2:
        scatter_idx, gather_idx = ${back.scatterIdx}, ${back.gatherIdx}${
          repeats ? `\n    else:\n        x = ${repeated}` : ''
        }${
          id === 'deepspeed-4198'
            ? `
    if not hasattr(layer, "single_all_to_all"):
        return layer._SeqAllToAll.apply(None, x, scatter_idx, gather_idx)`
            : ''
        }
    given = {
        "input": x,
        "scatter_idx": scatter_idx,
        "gather_idx": gather_idx,
        "batch_dim_idx": ${c.batchDimIdx},
        "group": None,
    }${
      id === 'deepspeed-8342'
        ? `
    if call.to in ("dq", "dk"):  # the overlap path
        given.update(async_op=True, handle={}, type=call.to)`
        : ''
    }
    takes = inspect.signature(layer.single_all_to_all).parameters
    lacks = [name for name in takes if takes[name].default is inspect.Parameter.empty]
    lacks = [name for name in lacks if name not in given]
    if lacks:
        raise NotRecorded(f"this single_all_to_all asks for {lacks}")
    given = {name: value for name, value in given.items() if name in takes}
    return layer.single_all_to_all(**given)
`;
}
