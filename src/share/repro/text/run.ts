/** How a script runs the calls. */
export interface Run {
  /** Lines that come before all else. */
  readonly first: readonly string[];
  /** Lines that begin a rank's run. */
  readonly setUp: readonly string[];
  /** Lines before a call. */
  readonly before: readonly string[];
  /** The expression that makes one call of `x`. */
  readonly call: string;
  /** The expression of the head count after a call. */
  readonly headCount: string;
  /** Lines that judge what the calls do not tell one by one. */
  readonly judged: readonly string[];
}

/** Runs all calls on P processes, up to and with the first in which any rank failed; judges them. */
export function runText({ first, setUp, before, call, headCount, judged }: Run): string[] {
  const lines = (list: readonly string[], indent: number) =>
    list.map((line) => `\n${' '.repeat(indent)}${line}`).join('');
  return [
    `
def run_rank(rank, folder):
    """All calls on one rank, up to and with the first in which any rank failed."""
    global store
    torch.set_num_threads(1)
    store = dist.FileStore(os.path.join(folder, "store"), P)
    dist.init_process_group("gloo", store=store, rank=rank, world_size=P)${lines(setUp, 4)}
    held, outcomes = {}, []
    for call in CALLS:${lines(before, 8)}
        x = chunk(rank, call.heads) if call.number == 1 else held[call.tensor]
        result, error = None, None
        try:
            result = ${call}
            if result is None:
                raise NotRecorded("steps behind the last recorded one")
        except Exception as failure:  # the others have to hear of it, or wait forever
            verdict = getattr(failure, "verdict", "raises")
            error = [verdict, f"{type(failure).__name__}: {failure}"]
        held[call.to] = result
        outcomes.append([result, error, ${headCount}])
        words = [{"inside": "the call"}]
        while any(word["inside"] for word in words):
            words = meet({"inside": None, "failed": error is not None})
        if any(word["failed"] for word in words):
            break
    torch.save(outcomes, os.path.join(folder, f"rank-{rank}.pt"))
    dist.destroy_process_group()
`,
    `
def main():${lines(first, 4)}
    with tempfile.TemporaryDirectory() as folder:
        mp.spawn(run_rank, args=(folder,), nprocs=P)
        files = [os.path.join(folder, f"rank-{rank}.pt") for rank in range(P)]
        ranks = [torch.load(file, weights_only=True) for file in files]
    found = {"fine"}
    for call, outcomes in zip(CALLS, zip(*ranks)):
        found |= judge(call, outcomes)${lines(judged, 4)}
    print("verdict:", min(found, key=VERDICTS.index))


if __name__ == "__main__":
    main()
`,
  ];
}
