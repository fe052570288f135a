/// <reference lib="webworker" />
/**
 * Keeps the page for when there is no network. It is built by itself, with the list of all that the
 * page is made of (tools/offline.ts): a build is one cache, complete or not there at all. What is kept
 * is served from there; a newer build waits until the page asks it to take over.
 */
declare const self: ServiceWorkerGlobalScope;

/** Files of the build, relative to this script, and a name for all of them. */
declare const __FILES__: readonly string[];
declare const __BUILD__: string;

const PREFIX = 'rankscope-';
const CACHE = PREFIX + __BUILD__;
/** The page itself, which a folder's address means too. */
const PAGE = 'index.html';

const address = (file: string) => new URL(file, self.location.href).href;

self.addEventListener('install', (event) => {
  const keep = async () => {
    const cache = await caches.open(CACHE);
    // Past the browser's own cache, so that files of one build are never mixed with another's.
    await cache.addAll(__FILES__.map((file) => new Request(address(file), { cache: 'reload' })));
  };
  event.waitUntil(keep());
});

self.addEventListener('activate', (event) => {
  const forget = async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
    await Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(forget());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  const file = pathname.endsWith('/') ? address(PAGE) : origin + pathname;
  const answer = async () => {
    const cache = await caches.open(CACHE);
    return (await cache.match(file)) ?? fetch(request);
  };
  event.respondWith(answer());
});

self.addEventListener('message', ({ data }) => {
  if (data === 'take over') void self.skipWaiting();
});
