import { at } from '../../../src/base/assert.ts';
import { range } from '../../../src/base/numbers.ts';
import type { MeshTask } from './mesh.worker.ts';

/** What the benchmark asks of the page. */
declare global {
  interface Window {
    meshBytesPerSecond(workers: number, bytes: number, rounds: number): Promise<number>;
    copyBytesPerSecond(workers: number, bytes: number, rounds: number): number;
  }
}

/** All-to-all of `bytes` on each of `workers` ranks: bytes of all ranks a second. */
window.meshBytesPerSecond = async (workers, bytes, rounds) => {
  const pool = range(workers).map(
    () => new Worker(new URL('./mesh.worker.ts', import.meta.url), { type: 'module' }),
  );
  const ports = pool.map(() => new Array<MessagePort | null>(workers).fill(null));
  for (const a of range(workers)) {
    for (const b of range(a)) {
      const { port1, port2 } = new MessageChannel();
      const [ofA, ofB] = [ports[a], ports[b]];
      if (ofA !== undefined) ofA[b] = port1;
      if (ofB !== undefined) ofB[a] = port2;
    }
  }
  const heard = (text: string) =>
    Promise.all(
      pool.map(
        (worker) =>
          new Promise<void>((resolve) => {
            worker.addEventListener('message', ({ data }) => {
              if (data === text) resolve();
            });
          }),
      ),
    );
  const ready = heard('ready');
  const done = heard('done');
  pool.forEach((worker, index) => {
    const own = ports[index] ?? [];
    const task: MeshTask = { worker: index, workers, bytes, rounds, ports: own };
    worker.postMessage(
      task,
      own.filter((port) => port !== null),
    );
  });
  await ready;
  const began = performance.now();
  await done;
  const seconds = (performance.now() - began) / 1000;
  for (const worker of pool) worker.terminate();
  return (workers * bytes * rounds) / seconds;
};

/**
 * A plain copy of the same bytes in this thread: a buffer for each of `workers` ranks, into buffers
 * that have been touched. Bytes of all ranks a second.
 */
window.copyBytesPerSecond = (workers, bytes, rounds) => {
  const from = range(workers).map((rank) =>
    new Int32Array(bytes / Int32Array.BYTES_PER_ELEMENT).fill(rank),
  );
  const to = from.map((buffer) => buffer.slice());
  const once = () => {
    for (const [rank, buffer] of to.entries()) buffer.set(at(from, rank));
  };
  for (const _ of range(Math.ceil(rounds / 4))) once();
  const began = performance.now();
  for (const _ of range(rounds)) once();
  return (workers * bytes * rounds) / ((performance.now() - began) / 1000);
};
