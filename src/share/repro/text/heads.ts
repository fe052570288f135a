import type { Implementation } from '../../../core/published/implementation.ts';

/** Judges what keys and values are held beside queries, by ids. */
export const PARTNERS_TEXT = `
def heads_held(result, heads):
    """The heads of the first token that a rank holds."""
    held = [index // D % heads for index in result.flatten()[::D].tolist()]
    return held[: result.shape[-2]]


def partners(query, key, query_heads, key_heads):
    """Why query heads are not beside their key/value heads; None where they are."""
    if query and (not key or len(query) % len(key)):
        return f"{len(query)} query heads beside {len(key)} KV heads"
    for index, head in enumerate(query):
        beside = key[index // (len(query) // len(key))]
        belongs = head * key_heads // query_heads
        if beside != belongs:
            return f"query head {head} beside KV head {beside} instead of {belongs}"
    return None


def judge_partners(results):
    """Whether every rank's query heads lie beside their key/value heads."""
    found = set()
    for query, key in PARTNERS:
        for rank in range(P if key < len(results) else 0):
            q, k = results[query][rank], results[key][rank]
            if q is None or k is None:
                continue
            sizes = CALLS[query].heads, CALLS[key].heads
            problem = partners(heads_held(q, sizes[0]), heads_held(k, sizes[1]), *sizes)
            if problem is not None:
                print(f"{CALLS[key].tensor} on rank {rank}: {problem}")
                found.add("silently wrong")
    return found
`;

/** Real softmax attention on each rank against that on one device, in double precision. */
export function attentionText(
  c: { readonly batchDimIdx: 0 | 1 },
  { packed }: Implementation,
): string {
  const apart = packed
    ? 'x.reshape(B, S, *x.shape[1:])'
    : c.batchDimIdx === 1
      ? 'x.transpose(0, 1)'
      : 'x';
  return `
def numbers(name, ids):
    """A number for every element, others for q than for k and v."""
    return torch.sin((ids.double() + 1) * {"q": 13.1, "k": 78.2, "v": 37.7}[name])


def batch_first(x):
    """[B, S, h, D]"""
    return ${apart}


def attention(q, k, v, causal):
    """Of [B, S, h, D]; each query head attends to the KV head of its group."""
    q, k, v = map(numbers, "qkv", (q, k, v))
    group = [head * k.shape[2] // q.shape[2] for head in range(q.shape[2])]
    scores = torch.einsum("bshd,bthd->bhst", q, k[:, :, group]) / q.shape[3] ** 0.5
    if causal:
        later = torch.ones(scores.shape[2:], dtype=torch.bool).triu(1)
        scores = scores.masked_fill(later, float("-inf"))
    return torch.einsum("bhst,bthd->bshd", scores.softmax(-1), v[:, :, group])


def attention_problem(q, k, v, everything, places):
    """Why attention on a rank's own heads is not that on one device; None where it is."""
    for x in (k, v):
        if (x.shape[:2], x.shape[3]) != (q.shape[:2], q.shape[3]):
            return f"keys or values {list(x.shape)} beside queries {list(q.shape)}"
        if q.shape[2] and (not x.shape[2] or q.shape[2] % x.shape[2]):
            return f"{q.shape[2]} query heads beside {x.shape[2]} KV heads"
    for causal in (False, True):
        here = attention(q, k, v, causal).flatten()
        there = attention(*everything, causal).flatten()[places]
        if len(here) != len(there):
            return f"{len(here)} numbers instead of {len(there)}"
        if len(here) and (here - there).abs().max() > 1e-9:
            return "other numbers than one device"
    return None


def judge_attention(results):
    """Attention between the passes, on each rank's own heads."""
    found = set()
    for back, calls in ATTENTION:
        if back >= len(results):
            continue
        query = CALLS[calls[0]]
        sizes = [(B, S, CALLS[call].heads, D) for call in calls]
        everything = [torch.arange(math.prod(size)).reshape(size) for size in sizes]
        counts = count_heads(results[calls[0]])
        for rank, count in enumerate(counts):
            problem = "no whole number of heads"
            if count is not None:
                local = [batch_first(results[call][rank]) for call in calls]
                places = batch_first(right(rank, query, counts)).flatten().long()
                problem = attention_problem(*local, everything, places)
            if problem is not None:
                print(f"attention of {query.tensor} on rank {rank}: {problem}")
                found.add("silently wrong")
    return found
`;
}
