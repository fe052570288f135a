import '../../draw/tokens.css';
import { assert } from '../../base/assert.ts';
import { readContent, type ToldRun } from '../../share/export/page-content.ts';
import type { JudgedRun } from '../../store/shown.ts';
import { mergeTrace } from '../../trace/trace.ts';
import { buildPage } from './build-page.ts';
import { createPlaying } from './playing.ts';

/**
 * The script of a page file: reads the recording that the page holds and plays it. Nothing is run,
 * nothing is asked of a network.
 */
async function start(): Promise<void> {
  const held = document.getElementById('recording');
  const root = document.getElementById('player');
  assert(held instanceof HTMLTemplateElement && root !== null, 'a page file has both');
  const bytes = Uint8Array.from(atob(held.content.textContent.trim()), (letter) =>
    letter.charCodeAt(0),
  );
  const content = await readContent(new Blob([bytes]));
  if (content === null) {
    root.textContent = 'The recording that this file holds is cut off or damaged.';
    return;
  }
  const { run, beside, ...looked } = content;
  const wish = window.matchMedia('(prefers-reduced-motion: reduce)');
  const playing = createPlaying({
    ...looked,
    shown: shownOf(run),
    beside: beside && shownOf(beside),
    motion: !wish.matches,
  });
  wish.addEventListener('change', () => playing.setMotion(!wish.matches));
  buildPage(root, playing, {
    address: root.dataset.address ?? '',
    maker: root.dataset.maker ?? 'Rankscope',
  });
}

/** A run as it is shown, without what judged it. */
function shownOf({ recording, verdict, told }: ToldRun): JudgedRun {
  return {
    trace: mergeTrace(recording),
    until: null,
    verdict,
    findings: [],
    explanation: { ...told, passes: [], condition: null, exception: null },
  };
}

void start();
