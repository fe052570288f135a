/** What of the browser's trace is the page's script: its frames' callbacks, and messages of Workers. */
const SCRIPTS = new Set(['FireAnimationFrame', 'HandlePostMessage']);

/**
 * Has `act` act on a page, and resolves to what it gives as `result`, and to `times`, of each frame
 * the CPU time of its script in milliseconds. By the clock (`keepScriptTimes`) the same lasts longer
 * wherever the system sets the page's thread aside, as it does for Workers that fill all cores.
 */
export async function withThreadTimes(page, act) {
  const browser = page.context().browser();
  await browser.startTracing(page, { categories: ['devtools.timeline'] });
  const result = await act();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const { pid, tid } = traceEvents.find(({ name }) => name === 'FireAnimationFrame');
  const own = traceEvents.filter((event) => event.pid === pid && event.tid === tid);
  const times = [];
  let sinceFrame = 0;
  for (const { name, ph, tdur } of own.toSorted((a, b) => a.ts - b.ts)) {
    // "X" is what began and ended while it was traced.
    if (ph === 'X' && SCRIPTS.has(name)) sinceFrame += tdur / 1000;
    if (name !== 'AnimationFrame::Render' || ph !== 'e') continue;
    times.push(sinceFrame);
    sinceFrame = 0;
  }
  return { result, times };
}
