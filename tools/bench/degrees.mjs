/**
 * From a config.json that is dropped to its model's legal degrees on the screen; and what it spares to
 * tell once of releases that answer alike.
 */
import { execFileSync } from 'node:child_process';
import { root } from '../install.mjs';
import { atLeast, atMost, median } from './figures.mjs';

const CONFIG = {
  model_type: 'llama',
  num_hidden_layers: 80,
  hidden_size: 8192,
  num_attention_heads: 64,
  num_key_value_heads: 8,
};

export async function measureDegrees(tell, pages) {
  const page = await pages.open('index.html', 'rankscope');
  await page.click('[data-testid="place-map"]');
  await page.getByText('fields, each run.').waitFor();
  await page.click('[data-testid="tab-degrees"]');
  await page.waitForSelector('[data-testid="degrees"]');
  const taken = await page.evaluate(async (text) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([text], 'config.json', { type: 'application/json' }));
    const began = performance.now();
    document
      .querySelector('[data-testid="config-drop"]')
      .dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    const told = () => document.querySelector('[data-testid="degrees"]').textContent;
    while (!told().includes('64 heads, 8 KV heads')) await new Promise(requestAnimationFrame);
    return performance.now() - began;
  }, JSON.stringify(CONFIG));
  await page.close();
  const name = 'config.json dropped to legal degrees, 64 heads, 8 KV heads';
  tell(name, taken / 1000, 's', atMost(1));
  measureToldOnce(tell);
}

/** In Node, in one thread: every cell by a run of its own, over telling once of what is alike. */
function measureToldOnce(tell) {
  const told = execFileSync('node', ['tools/in-node.mjs', 'tools/bench/measured/table.ts'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { alone, once } = JSON.parse(told);
  const name = 'legal degrees in one thread, CPU time';
  tell(name, median(once), 's');
  tell(
    `${name}, each cell run over those alike told once`,
    median(alone) / median(once),
    '×',
    atLeast(1.5),
  );
}
