/** Which collectives a script enters. */
export interface CollectivesUsed {
  readonly single: boolean;
  readonly list: boolean;
  readonly gather: boolean;
  /** A rank is lost before it comes to one. */
  readonly lost: boolean;
  /** A condition had no answer where the run was recorded. */
  readonly unanswered: boolean;
}

/** Collectives that are entered only where all ranks agree on the sizes, so that nothing hangs. */
export function collectivesText({
  single,
  list,
  gather,
  lost,
  unanswered,
}: CollectivesUsed): string[] {
  return [
    ERRORS,
    ...(lost ? [LOST] : []),
    ...(unanswered ? [UNANSWERED] : []),
    MEET,
    AGREE,
    ...(single || list ? [PIECES, SINGLE] : []),
    ...(list ? [LIST] : []),
    ...(gather ? [GATHER] : []),
  ];
}

const ERRORS = `
class RanksDisagree(Exception):  # what would hang or corrupt a real job
    verdict = "ranks disagree"


class NotRecorded(Exception):  # this run left the path of the recorded one
    verdict = "not as recorded"
`;

const LOST = `
class Lost(Exception):  # this rank is gone; its peers learn of it only by waiting
    verdict = "fine"
`;

const UNANSWERED = `
class Unanswered(Exception):  # conditions were computed in whole numbers when recorded
    verdict = "raises"
`;

const MEET = `
def meet(word):
    """Says a word to all ranks and hears theirs. No collective: it cannot hang."""
    meet.count = getattr(meet, "count", 0) + 1
    store.set(f"{meet.count}/{dist.get_rank()}", json.dumps(word))
    return [json.loads(store.get(f"{meet.count}/{rank}")) for rank in range(P)]
`;

const AGREE = `
def agree(name, sends, expects):
    """Raises where the collective would wait forever, or the sizes do not fit."""
    words = meet({"inside": name, "sends": sends, "expects": expects})
    inside = [word["inside"] for word in words]
    elsewhere = [rank for rank in range(P) if inside[rank] is None]
    elsewhere = elsewhere or [rank for rank in range(P) if inside[rank] != name]
    if elsewhere:
        raise RanksDisagree(f"in {name}, waits forever for ranks {elsewhere}")
    pairs = [
        f"rank {i} sends {sent} elements to rank {j}, which expects {expected}"
        for i in range(P)
        for j, sent in enumerate(words[i]["sends"])
        if sent != (expected := words[j]["expects"][i])
    ]
    if pairs:
        words = [f"in {name}, {len(pairs)} sizes differ", *pairs]
        raise RanksDisagree("\\n".join(words))
`;

const PIECES = `
def pieces_of(tensor, splits):
    """How many elements go to or come from each rank; None where splits do not add up."""
    rows = tensor.shape[0]
    splits = [rows // P] * P if splits is None else splits
    if sum(splits) != rows:
        return None
    return [split * tensor.shape[1:].numel() for split in splits]
`;

const SINGLE = `
def all_to_all_single(output, input, output_split_sizes=None, input_split_sizes=None):
    sends = pieces_of(input, input_split_sizes)
    expects = pieces_of(output, output_split_sizes)
    if sends is not None and expects is not None:
        agree("all_to_all_single", sends, expects)
    # Where splits do not add up, PyTorch raises before it talks to anybody.
    dist.all_to_all_single(output, input, output_split_sizes, input_split_sizes)
`;

const LIST = `
def all_to_all(outputs, inputs):
    """The list form. Gloo has none, so the pieces go in one buffer."""
    sends = [piece.numel() for piece in inputs]
    expects = [piece.numel() for piece in outputs]
    agree("all_to_all", sends, expects)
    received = inputs[0].new_empty(sum(expects))
    dist.all_to_all_single(
        received, torch.cat([piece.flatten() for piece in inputs]), expects, sends
    )
    for output, piece in zip(outputs, received.split(expects)):
        output.copy_(piece.view_as(output))
`;

const GATHER = `
def all_gather(value):
    """Every rank's number."""
    agree("all_gather", [1] * P, [1] * P)
    numbers = [torch.empty(1, dtype=torch.int64) for _ in range(P)]
    dist.all_gather(numbers, torch.tensor([value]))
    return [int(number) for number in numbers]
`;
