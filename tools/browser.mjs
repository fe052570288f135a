/** Finds a Chromium for the tests: one that is there, else Playwright's own, else Debian's. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const ELSEWHERE = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

/** Path of a Chromium on this machine, or null. `RANKSCOPE_CHROMIUM` goes before all. */
export function presentChromium() {
  const named = process.env.RANKSCOPE_CHROMIUM;
  if (named !== undefined && named !== '') {
    if (!existsSync(named))
      throw new Error(`RANKSCOPE_CHROMIUM names ${named}, which is not there`);
    return named;
  }
  const onPath = (process.env.PATH ?? '')
    .split(process.platform === 'win32' ? ';' : ':')
    .flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...onPath, ...ELSEWHERE].find((path) => existsSync(path)) ?? null;
}

/** Playwright's own Chromium where it has been downloaded, or null. */
async function playwrightChromium() {
  const { chromium } = await import('@playwright/test');
  const path = chromium.executablePath();
  return existsSync(path) ? path : null;
}

/** Path of a Chromium, installed if need be. */
export async function ensureChromium() {
  const present = presentChromium() ?? (await playwrightChromium());
  if (present !== null) return present;
  console.log('no Chromium here: asking Playwright for its own');
  const download = spawnSync('npx', ['playwright', 'install', '--with-deps', 'chromium'], {
    stdio: 'inherit',
    timeout: 240_000,
  });
  const downloaded = download.status === 0 ? await playwrightChromium() : null;
  if (downloaded !== null) return downloaded;
  console.log("Playwright's download failed: asking Debian for its package");
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const apt = (...args) => {
    const [command, ...rest] = [...sudo, 'apt-get', ...args];
    execFileSync(command, rest, { stdio: 'inherit' });
  };
  try {
    apt('update');
    apt('install', '-y', '--no-install-recommends', 'chromium');
  } catch (error) {
    console.error(`Debian's package could not be installed: ${error.message}`);
  }
  const installed = presentChromium();
  if (installed === null) {
    throw new Error(
      'no Chromium could be found or installed. Install one, or name one in RANKSCOPE_CHROMIUM.',
    );
  }
  return installed;
}
