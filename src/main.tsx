import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import './draw/tokens.css';
import { CSPProvider } from '@base-ui/react/csp-provider';
import { type ReactNode, StrictMode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { createApi, type RankscopeApi } from './apps/api/rankscope-api.ts';
import { keepOffline, takeUpdate } from './apps/offline/keep-offline.ts';
import { leisure } from './apps/offline/leisure.ts';
import { assert } from './base/assert.ts';
import { type Embed, readHash } from './core/case-text/link-hash.ts';
import { welcome } from './store/first-visit.ts';
import { keepProgress } from './store/keep-progress.ts';
import { bindAddress } from './store/link/address.ts';
import type { RankscopeStore } from './store/state.ts';
import { createRankscopeStore } from './store/store.ts';
import { tellFailures } from './store/tell-failures.ts';
import { Guarded } from './ui/guarded.tsx';
import { App } from './ui/page/app.tsx';
import { StoreContext } from './ui/store-context.ts';
import { UpdateOffer } from './ui/update/update-offer.tsx';
import { createCluster } from './workers/ranks/cluster.ts';

declare global {
  interface Window {
    rankscope: RankscopeApi;
  }
}

/** Makes the ranks, the store, the page and its interface, and opens what the address says, or #6774. */
function start(root: Root): void {
  const onScreen = createCluster();
  const beside = createCluster();
  const offScreen = createCluster();
  const store = createRankscopeStore(onScreen.run, beside.run);
  tellFailures(store, window);
  const { embed } = readHash(window.location.hash);
  // A frame is narrow without being a small screen: it keeps its own measures.
  if (embed !== null) document.documentElement.dataset.framed = '';
  const address = bindAddress(store, window);

  window.rankscope = createApi(__RANKSCOPE_VERSION__, store, offScreen.run, address);
  window.addEventListener('pagehide', ({ persisted }) => {
    if (persisted) return;
    onScreen.dispose();
    beside.dispose();
    offScreen.dispose();
  });

  if (window.parent === window) welcome(store, window.location.hash, () => window.localStorage);
  // What is shown in somebody's page leaves alone where its reader stands in the lessons.
  if (embed === null) keepProgress(store, () => window.localStorage, window);
  store.getState().setMotion(!window.matchMedia('(prefers-reduced-motion: reduce)').matches);
  address.open();

  const show = (page: ReactNode) =>
    root.render(
      <StrictMode>
        <CSPProvider disableStyleElements>
          <StoreContext value={store}>
            <Guarded>{page}</Guarded>
            {embed === null && <UpdateOffer onTake={() => void takeUpdate()} />}
          </StoreContext>
        </CSPProvider>
      </StrictMode>,
    );
  if (embed === null) show(<App />);
  else void startFramed(store, embed, show);
  if (import.meta.env.PROD) {
    window.addEventListener('load', () => void leisure(store).then(() => keepOffline(store)));
  }
}

/** The page in a frame of another, which may speak with it. */
async function startFramed(
  store: RankscopeStore,
  embed: Embed,
  show: (page: ReactNode) => void,
): Promise<void> {
  const end = store.getState().begin();
  const [{ EmbedApp }, { bindEmbed }] = await Promise.all([
    import('./ui/embed/embed-app.tsx'),
    import('./apps/embed/bind-embed.ts'),
  ]);
  if (window.parent !== window) bindEmbed(store, window, __RANKSCOPE_VERSION__);
  show(<EmbedApp embed={embed} />);
  end();
}

/** The window of a presenter, which runs nothing: it listens to the page that opened it. */
async function startForPresenter(root: Root, name: string): Promise<void> {
  const { PresenterWindow } = await import('./ui/presenting/presenter-window.tsx');
  root.render(
    <StrictMode>
      <PresenterWindow name={name} />
    </StrictMode>,
  );
}

/** The composition root: the page, or the presenter’s window beside one. */
const place = document.getElementById('root');
assert(place !== null, 'index.html has a root');
const presenter = /^#presenter\/(\w{1,40})$/.exec(window.location.hash)?.[1];
if (presenter === undefined) start(createRoot(place));
else void startForPresenter(createRoot(place), presenter);
