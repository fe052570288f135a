import { type Case, indicesOf } from '../../core/contract/case.ts';
import { findImplementation } from '../../core/programs/implementations/index.ts';
import { PROJECTS, type ProjectId } from '../../core/published/publication.ts';

/** A test, or why there can be none. */
export type Pytest =
  | { readonly ok: true; readonly script: string; readonly needs: string }
  | { readonly ok: false; readonly reason: string };

/** How the installed library is called: an import, and an expression over `x`, `scatter`, `gather`. */
interface Library {
  readonly needs: string;
  readonly imports: string;
  readonly call: string;
}

const LIBRARIES: Partial<Record<ProjectId, Library>> = {
  deepspeed: {
    needs: 'DeepSpeed',
    imports: 'from deepspeed.sequence.layer import single_all_to_all',
    call: 'single_all_to_all(x, scatter, gather, BATCH_DIM, dist.group.WORLD)',
  },
  yunchang: {
    needs: 'yunchang',
    imports: 'from yunchang.comm.all_to_all import all_to_all_4D',
    call: 'all_to_all_4D(x, scatter, gather, dist.group.WORLD)',
  },
};

/** The first release had no such function; those before 0.14.5 took no batch dimension. */
const WITHOUT_FUNCTION = new Set(['deepspeed-4198']);
const WITHOUT_BATCH_DIM = new Set(['deepspeed-4695', 'deepspeed-5664']);

/**
 * A pytest over cases that differ in their ranks and heads: every tensor of a layer goes to
 * head-sharded and back through the installed library, on real ranks over gloo, and every element has
 * to return to its place. It fails where the library has the bug and passes where it is mended.
 */
export function pytestFor(cases: readonly Case[], link: string): Pytest {
  const [c] = cases;
  const implementation = c === undefined ? undefined : findImplementation(c.implementation);
  if (c === undefined || implementation === undefined)
    return { ok: false, reason: 'there is no case' };
  const { project, variant } = implementation.publication;
  const known = variant === undefined && !WITHOUT_FUNCTION.has(c.implementation);
  const library = known ? LIBRARIES[project] : undefined;
  if (library === undefined) {
    const title = LIBRARIES[project] === undefined ? PROJECTS[project].title : implementation.title;
    return { ok: false, reason: `${title} has no function that a test over gloo could call` };
  }
  if (c.fault !== undefined || c.condition !== undefined || c.guards !== undefined) {
    return {
      ok: false,
      reason: 'the case has a fault or a condition of its own, the library has not',
    };
  }
  if (c.sequenceSplit !== undefined || c.sequenceOrder !== undefined) {
    return {
      ok: false,
      reason:
        'the case deals its sequence in a way of its own; the test gives each rank as many tokens',
    };
  }
  const rows = [...new Set(cases.map(({ sp, heads, kvHeads }) => `(${sp}, ${heads}, ${kvHeads})`))];
  return { ok: true, needs: library.needs, script: textOf(c, rows, library, link) };
}

function textOf(c: Case, rows: readonly string[], library: Library, link: string): string {
  const call = WITHOUT_BATCH_DIM.has(c.implementation)
    ? library.call.replace('BATCH_DIM, ', '')
    : library.call;
  const [there, back] = [indicesOf(c, 1), indicesOf(c, 2)];
  const perRank = Math.max(1, Math.floor(Math.min(c.seq, 4 * c.sp) / c.sp));
  const shape =
    c.batchDimIdx === 0
      ? 'BATCH, sp * TOKENS, heads, HEAD_DIM'
      : 'sp * TOKENS, BATCH, heads, HEAD_DIM';
  return `"""Every element returns to its place after pass 1 and pass 2 of the all-to-all.

${link}
"""
import socket
from datetime import timedelta

import pytest
import torch
import torch.distributed as dist
import torch.multiprocessing as mp
${library.imports}

BATCH, TOKENS, HEAD_DIM = ${Math.min(c.batch, 2)}, ${perRank}, ${Math.min(c.headDim, 8)}  # tokens: per rank
BATCH_DIM, SEQUENCE_DIM = ${c.batchDimIdx}, ${1 - c.batchDimIdx}


@pytest.mark.parametrize("sp, heads, kv_heads", [${rows.join(', ')}])
def test_passes_restore_every_element(sp, heads, kv_heads):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    mp.spawn(run_rank, args=(sp, heads, kv_heads, port), nprocs=sp)


def run_rank(rank, sp, heads, kv_heads, port):
    dist.init_process_group(
        "gloo",
        init_method=f"tcp://127.0.0.1:{port}",
        rank=rank,
        world_size=sp,
        timeout=timedelta(seconds=30),
    )
    prepare(rank)
    for name, count in (("q", heads), ("k", kv_heads), ("v", kv_heads)):
        own = chunk(sp, rank, count)
        x = own.clone()
        scatter, gather = ${there.scatterIdx}, ${there.gatherIdx}
        x = ${call}
        scatter, gather = ${back.scatterIdx}, ${back.gatherIdx}
        x = ${call}
        assert x.shape == own.shape, f"{name}: {list(x.shape)}, expected {list(own.shape)}"
        assert torch.equal(x, own), f"{name}: {int((x != own).sum())} elements are not restored"
    dist.destroy_process_group()


def chunk(sp, rank, heads):
    """This rank's sequence chunk; every element is its own index in the global tensor."""
    shape = (${shape})
    whole = torch.arange(torch.Size(shape).numel()).reshape(shape)
    return whole.chunk(sp, dim=SEQUENCE_DIM)[rank].contiguous()


def prepare(rank):
    """What the library's own engine sets before."""
${prepareText(c, library)}
`;
}

function prepareText(c: Case, { needs }: Library): string {
  if (needs !== 'DeepSpeed') return '    pass';
  const before =
    c.numKvHeadsBefore === null
      ? ''
      : `
    from deepspeed.module_inject.tp_shard import set_num_kv_heads

    set_num_kv_heads(${c.numKvHeadsBefore})  # what ran before left it behind`;
  return `    import types

    import deepspeed
    from deepspeed.utils import groups

    deepspeed.comm.init_distributed("gloo")
    groups.mpu = types.SimpleNamespace(get_sequence_parallel_rank=lambda: rank)${before}`;
}
