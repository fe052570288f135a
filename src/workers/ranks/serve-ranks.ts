import { at } from '../../base/assert.ts';
import type { WorkerEnd } from '../../core/contract/case.ts';
import type { RankRecording } from '../../core/recording/event.ts';
import { hostedRanks, Mesh } from './mesh.ts';
import type { FromWorker, RankedRecording, ToWorker } from './protocol.ts';
import { runRanksOver } from './run-ranks.ts';

/** The Worker's side of its channel to the page, and its own end. */
export interface PageChannel {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  postMessage(message: FromWorker, transfer: Transferable[]): void;
  /** Ends the Worker: by its own hand, or by a loop that nothing leaves. Never returns. */
  perish(how: WorkerEnd): void;
}

/** Makes whatever stands at the other end of `page` host ranks: all that a Worker does. */
export function serveRanks(page: PageChannel): void {
  const mesh = new Mesh();
  page.onmessage = ({ data }) => {
    switch (data.kind) {
      case 'connect':
        mesh.connect(data.peer, data.port);
        break;
      case 'run':
        void serveRun(page, mesh, data);
        break;
      case 'ping':
        page.postMessage({ kind: 'here', run: data.run }, []);
        break;
      case 'give-up':
        mesh.giveUp(data.run, data.gone);
        break;
    }
  };
}

async function serveRun(
  page: PageChannel,
  mesh: Mesh,
  { run, worker, workers, case: wanted, until }: Extract<ToWorker, { kind: 'run' }>,
): Promise<void> {
  try {
    const ranks = hostedRanks(worker, workers, wanted.sp);
    const entered = mesh.enter(run, worker, workers, wanted.sp);
    const recordings = await runRanksOver(entered, wanted, ranks, until, (rank, recording) => {
      const last = recording.events.at(-1);
      if (last?.kind !== 'lost' || last.how === 'unknown') return;
      page.postMessage({ kind: 'last-words', run, recordings: [[rank, recording]] }, []);
      page.perish(last.how);
    });
    const ranked = ranks.map((rank, index): RankedRecording => [rank, at(recordings, index)]);
    page.postMessage({ kind: 'done', run, recordings: ranked }, recordings.flatMap(buffersOf));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    page.postMessage({ kind: 'failed', run, message }, []);
  }
}

function buffersOf({ storages }: RankRecording): ArrayBuffer[] {
  return storages.map((storage) => storage.buffer as ArrayBuffer);
}
