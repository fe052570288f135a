import { VERDICTS } from '../../../core/judge/finding.ts';
import { pyString } from './python.ts';

/** Compares what every rank got with what it should have got, and prints both. */
export function judgingText(headCount: boolean): string[] {
  return [VERDICTS_TEXT, PLACE, COUNT, COMPARE, judgeText(headCount)];
}

const VERDICTS_TEXT = `
VERDICTS = [
${['not as recorded', ...VERDICTS].map((verdict) => `    ${pyString(verdict)},`).join('\n')}
]
`;

const PLACE = `
def place(index, heads):
    """Where an element stands in the global tensor."""
    rest, d = divmod(int(index), D)
    rest, h = divmod(rest, heads)
    b, s = divmod(rest, S)
    return f"(b {b}, s {s}, h {h}, d {d})"
`;

const COUNT = `
def count_heads(results):
    """How many heads each rank got, by its elements; None where that is no whole number."""
    one = B * S * D
    return [None if x is None or x.numel() % one else x.numel() // one for x in results]
`;

const COMPARE = `
def compare(rank, call, result, counts):
    """What is wrong with what a rank got: a verdict, and words."""
    truth = right(rank, call, counts)
    got, wanted = result.flatten(), truth.flatten()
    both = min(len(got), len(wanted))
    for index in (got[:both] != wanted[:both]).nonzero().flatten().tolist()[:1]:
        found, belongs = place(got[index], call.heads), place(wanted[index], call.heads)
        return "silently wrong", f"holds {found} where {belongs} belongs"
    if len(got) != len(wanted):
        return "silently wrong", f"{len(got)} elements instead of {len(wanted)}"
    if result.shape != truth.shape:
        return "wrong shape", f"right order, wrong shape: not {list(truth.shape)}"
    return "fine", "right"
`;

function judgeText(headCount: boolean): string {
  const [counted, told] = headCount
    ? ['head_count', '\n        words += f"; head count {head_count}"']
    : ['_', ''];
  return `
def judge(call, outcomes):
    """Prints what every rank got from a call; returns the verdicts that it deserves."""
    print(call.title)
    found, pairs = set(), []
    counts = count_heads([result for result, _, _ in outcomes])
    for rank, (result, error, ${counted}) in enumerate(outcomes):
        if error is None:
            verdict, words = compare(rank, call, result, counts)
            ids = result.flatten().tolist()
            digest = hashlib.sha256(struct.pack(f"<{len(ids)}i", *ids)).hexdigest()[:16]
            words = f"{list(result.shape)}  sha256 {digest}  {words}"
        else:
            verdict, (words, *pairs) = error[0], error[1].split("\\n")${told}
        print(f"  rank {rank}  {words}")
        found.add(verdict)
    for pair in pairs[:16]:
        print(f"  ranks disagree: {pair}")
    if call.number == 1 and None not in counts:
        if min(counts) == 0 or max(counts) - min(counts) > 1:
            print(f"  unbalanced: {counts} heads")
            found.add("unbalanced")
    return found
`;
}
