import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { extname, join } from 'node:path';
import { expect, RankscopePage, test } from './rankscope-page.ts';

test.use({ serviceWorkers: 'allow' });

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
};
const FOLDER = '/some/where/';
const WORKER = 'service-worker.js';

/** Any static host, under any path; `later` is written behind the service worker, as a newer build is. */
async function host(later: () => string): Promise<{ server: Server; address: string }> {
  const server = createServer(async ({ url = '' }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    const name = pathname.slice(FOLDER.length) || 'index.html';
    try {
      if (!pathname.startsWith(FOLDER)) throw new Error('outside');
      const content = await readFile(join('dist', name));
      response.setHeader('content-type', TYPES[extname(name)] ?? 'application/octet-stream');
      response.end(name === WORKER ? content + later() : content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('it has a port');
  return { server, address: `http://localhost:${address.port}${FOLDER}` };
}

test('one visit is enough; a newer page is offered, never forced', async ({ browser }) => {
  const context = await browser.newContext({ serviceWorkers: 'allow', reducedMotion: 'reduce' });
  const page = await context.newPage();
  const { complaints } = new RankscopePage(page);
  let later = '';
  const { server, address } = await host(() => later);
  await page.goto(`${address}#v4&implementation=deepspeed-6392&heads=8&sp=4&seq=8&headDim=2`);
  await page.evaluate(async () => {
    const { serviceWorker } = navigator;
    await serviceWorker.ready;
    if (serviceWorker.controller !== null) return;
    await new Promise((resolve) => serviceWorker.addEventListener('controllerchange', resolve));
  });
  await context.setOffline(true);
  await page.reload();
  const verdict = page.getByTestId('verdict');
  await expect(verdict).toHaveText('✕ pass 2 raises on 4 of 4 ranks');
  await page.getByTestId('place-map').click();
  await expect(page.getByTestId('map')).toBeVisible();
  await page.getByTestId('place-stage').click();
  await page.evaluate(() => window.rankscope.whenIdle());
  await context.setOffline(false);

  later = '\n// newer';
  const offer = page.getByTestId('update');
  await expect(offer).toHaveCount(0);
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  await expect(offer).toBeVisible();
  await expect(verdict).toBeVisible();
  await page.getByTestId('take-update').click();
  await page.waitForEvent('load');
  await expect(verdict).toBeVisible();
  await expect(offer).toHaveCount(0);
  expect(complaints).toEqual([]);
  await context.close();
  server.close();
  server.closeAllConnections();
});
