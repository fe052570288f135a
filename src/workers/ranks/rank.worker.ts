import type { FromWorker, ToWorker } from './protocol.ts';
import { serveRanks } from './serve-ranks.ts';

/** The shell of a Worker; what it runs is `serveRanks`. */
serveRanks({
  set onmessage(listen: ((event: MessageEvent<ToWorker>) => void) | null) {
    self.onmessage = listen;
  },
  postMessage(message: FromWorker, transfer: Transferable[]) {
    self.postMessage(message, { transfer });
  },
  perish(how) {
    if (how === 'terminates') self.close();
    // Whoever waits for this thread from here on waits in vain: the page has to notice.
    for (;;);
  },
});
