import { assert } from '../../../src/base/assert.ts';
import { range, repeated } from '../../../src/base/numbers.ts';
import { runsOf } from '../../../src/core/recording/runs.ts';
import { Mesh } from '../../../src/workers/ranks/mesh.ts';

/** One rank of the mesh's benchmark: all-to-alls from one tensor into another, again and again. */
export interface MeshTask {
  readonly worker: number;
  readonly workers: number;
  readonly bytes: number;
  readonly rounds: number;
  readonly ports: readonly (MessagePort | null)[];
}

self.onmessage = async ({ data }: MessageEvent<MeshTask>) => {
  const { worker, workers, bytes, rounds, ports } = data;
  const mesh = new Mesh();
  ports.forEach((port, peer) => {
    if (port !== null) mesh.connect(peer, port);
  });
  const input = new Int32Array(bytes / Int32Array.BYTES_PER_ELEMENT).fill(worker);
  const share = input.length / workers;
  const pieces = range(workers).map((peer) => input.subarray(peer * share, (peer + 1) * share));
  const output = new Int32Array(input.length);
  const entered = mesh.enter(0, worker, workers, workers);
  const counts = runsOf(repeated(share, workers));
  const header = {
    kind: 'exchange',
    collective: 'all_to_all_single',
    sends: counts,
    expects: counts,
  } as const;
  const once = async () => {
    const { pieceFor } = await entered.meet([{ header, pieces }]);
    for (const peer of range(workers)) output.set(pieceFor(peer, worker), peer * share);
  };
  // The first rounds find memory that was never touched and code that was never compiled.
  for (const _ of range(Math.ceil(rounds / 4))) await once();
  self.postMessage('ready');
  for (const _ of range(rounds)) await once();
  assert(output.at(-1) === workers - 1, 'the last piece came from the last rank');
  self.postMessage('done');
};
