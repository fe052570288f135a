/**
 * What PyTorch's two backends make of ranks that do not meet. The times are the defaults of
 * `init_process_group`: 10 minutes for NCCL (since PyTorch #110947), 30 for gloo.
 */
export const BACKENDS = {
  /** A peer raised, died or hangs before it came to the collective. */
  absent:
    'NCCL waits until its watchdog ends the job, after 10 minutes by default; gloo until the connection of a process that ended closes, or until its time-out of 30 minutes raises',
  /** All wait, in different collectives. */
  astray:
    'NCCL does not compare what its peers call: it hangs until the watchdog ends the job, or mixes up the bytes; gloo waits until its time-out raises',
  /** All are in the same collective and disagree on sizes. */
  sizes: 'NCCL hangs or corrupts; gloo kills the process',
} as const;
