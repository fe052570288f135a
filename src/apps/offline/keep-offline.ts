import type { RankscopeStore } from '../../store/state.ts';

/**
 * Keeps the page for when there is no network, once it is loaded and at leisure; tells the store when
 * a newer build of it waits. Where the browser keeps no pages, nothing happens.
 */
export async function keepOffline(store: RankscopeStore): Promise<void> {
  const { serviceWorker } = navigator;
  if (serviceWorker === undefined) return;
  try {
    const registration = await serviceWorker.register('./service-worker.js');
    const follow = () => {
      // One that is installed beside the one in charge is newer, and waits.
      const waiting = registration.waiting !== null && serviceWorker.controller !== null;
      store.getState().setUpdateWaiting(waiting);
    };
    registration.addEventListener('updatefound', () => {
      registration.installing?.addEventListener('statechange', follow);
    });
    follow();
  } catch {
    // The page works as before: it is only not kept. A disk that is full, or a browser's setting.
  }
}

/** Lets the newer build take over and shows the page anew; the address says what was on the screen. */
export async function takeUpdate(): Promise<void> {
  const { serviceWorker } = navigator;
  const registration = await serviceWorker.getRegistration();
  serviceWorker.addEventListener('controllerchange', () => window.location.reload(), {
    once: true,
  });
  registration?.waiting?.postMessage('take over');
}
