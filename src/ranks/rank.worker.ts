import type { FromRank, ToRank } from './protocol.ts';
import { serveRank } from './serve-rank.ts';

/** The shell of a rank's Worker; what it runs is `serveRank`. */
serveRank({
  set onmessage(listen: ((event: MessageEvent<ToRank>) => void) | null) {
    self.onmessage = listen;
  },
  postMessage(message: FromRank, transfer: Transferable[]) {
    self.postMessage(message, { transfer });
  },
});
