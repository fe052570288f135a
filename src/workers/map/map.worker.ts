import { doWork } from './do-work.ts';
import type { Work } from './protocol.ts';

/** The shell of a Worker that judges; what it runs is `doWork`. */
self.onmessage = ({ data }: MessageEvent<Work>) => {
  self.postMessage(doWork(data));
};
