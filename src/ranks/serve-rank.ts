import { Mesh } from './mesh.ts';
import type { FromRank, ToRank } from './protocol.ts';
import { runRankOver } from './run-rank.ts';

/** The Worker's side of its channel to the page. */
export interface PageChannel {
  onmessage: ((event: MessageEvent<ToRank>) => void) | null;
  postMessage(message: FromRank, transfer: Transferable[]): void;
}

/** Makes whatever stands at the other end of `page` a rank: all that a rank's Worker does. */
export function serveRank(page: PageChannel): void {
  const mesh = new Mesh();
  page.onmessage = ({ data }) => {
    switch (data.kind) {
      case 'connect':
        mesh.connect(data.peer, data.port);
        break;
      case 'run':
        void serveRun(page, mesh, data);
        break;
    }
  };
}

async function serveRun(
  page: PageChannel,
  mesh: Mesh,
  { run, rank, case: wanted }: Extract<ToRank, { kind: 'run' }>,
): Promise<void> {
  try {
    const recording = await runRankOver(mesh.enter(run, rank, wanted.sp), wanted, rank);
    page.postMessage(
      { kind: 'done', run, recording },
      recording.storages.map((storage) => storage.buffer as ArrayBuffer),
    );
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    page.postMessage({ kind: 'failed', run, message }, []);
  }
}
