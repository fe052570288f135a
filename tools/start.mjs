/** `npm start`: installs what is missing, builds, serves, prints the address, opens a browser. */
import { ensureInstalled, root, run } from './install.mjs';

ensureInstalled();
if (run('npx', ['vite', 'build', '--logLevel', 'warn']) !== 0) process.exit(1);

const { preview } = await import('vite');
const wish = Number(process.env.PORT ?? 4173);
if (!Number.isInteger(wish) || wish < 0 || wish > 65535) {
  console.error(`PORT is "${process.env.PORT}"; it must be a whole number from 0 to 65535.`);
  process.exit(1);
}
const hasScreen =
  process.env.CI === undefined &&
  process.stdout.isTTY === true &&
  (process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
const server = await preview({
  root,
  logLevel: 'error',
  preview: { port: wish, host: 'localhost', open: Boolean(hasScreen) },
});
console.log(
  `\nRankscope is served at ${server.resolvedUrls?.local[0] ?? `http://localhost:${wish}/`}`,
);
console.log('Ctrl+C stops it.');
