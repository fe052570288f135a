import { contentOf } from '../../share/export/content-of.ts';
import { download } from '../../share/export/download.ts';
import { FORMS, type Form } from '../../share/export/forms.ts';
import { type Picture, pictureOf, type Source } from '../../share/export/picture.ts';
import { caseText } from '../../store/case-line.ts';
import { fileNameOf } from '../../store/file-name.ts';
import { pageAddress } from '../../store/link/address.ts';
import { printLink } from '../../store/link/link.ts';
import { mapText } from '../../store/map-text.ts';
import { SUBJECTS, type Subject } from '../../store/panel.ts';
import { panelsOf } from '../../store/panels-slice.ts';
import { isJudged, type Judged } from '../../store/shown.ts';
import { verdictText } from '../../store/shown-text.ts';
import type { RankscopeState, RankscopeStore } from '../../store/state.ts';
import type { Action } from './action.ts';
import { judgedRun } from './run-ref.ts';

/** What is on the screen, exported as a file. */
export const EXPORT_ACTIONS: readonly Action[] = [
  {
    id: 'export',
    title: 'Export pictures, one HTML file, a film …',
    group: 'Share',
    keys: ['E'],
    enabled: ({ shown }) => shown !== null,
    run: (store) => store.getState().look({ dialog: 'export' }),
  },
  {
    id: 'save-page',
    title: 'Save one HTML file that plays this recording',
    group: 'Share',
    enabled: ({ shown }) => isJudged(shown),
    run: (store) => void savePage(store),
  },
  ...SUBJECTS.flatMap((subject) =>
    FORMS.map((form) => ({
      id: `save-${subject}-${form}`,
      title: `Save the ${subject} as ${form.toUpperCase()}`,
      group: 'Share' as const,
      enabled: (state: RankscopeState) => isOnScreen(state, subject),
      run: (store: RankscopeStore) => void savePicture(store, subject, form),
    })),
  ),
];

/** The stage, or both sides of a comparison, with the timeline where it is there; null without a stage. */
export function filmOf(state: RankscopeState): Picture | null {
  const stages = panelsOf(state, 'stage');
  return stages.length === 0
    ? null
    : pictureOf([stages, panelsOf(state, 'timeline')], sourceOf(state));
}

/** How large the page file of what is on the screen would be, in bytes, at most and about. */
export async function pageBytesOf(state: RankscopeState, shown: Judged): Promise<number> {
  const [{ estimatePage }, { script, style }] = await Promise.all([
    import('../../share/export/page-content.ts'),
    import('virtual:player'),
  ]);
  return estimatePage(contentOf(state, shown), script.length + style.length);
}

function sourceOf(state: RankscopeState): Source {
  const address = pageAddress(printLink(state));
  return { maker: MAKER, address, map: mapText(state), framed: caseText(state.case) };
}

const MAKER = `Rankscope ${__RANKSCOPE_VERSION__}`;

function isOnScreen({ shown, place, under }: RankscopeState, subject: Subject): boolean {
  if (subject === 'map') return place === 'map';
  return shown !== null && place === 'stage' && (subject === 'stage' || under === 'timeline');
}

async function savePicture(store: RankscopeStore, subject: Subject, form: Form): Promise<void> {
  const state = store.getState();
  const panels = panelsOf(state, subject);
  if (panels.length === 0) return;
  const { drawPicture } = await import('../../share/export/draw-picture.ts');
  const picture = pictureOf([panels], sourceOf(state));
  download(fileNameOf(state.case, `-${subject}.${form}`), await drawPicture(picture, form));
}

/** The recording on the screen, and the one beside it, in a page with its player. */
async function savePage(store: RankscopeStore): Promise<void> {
  const state = store.getState();
  const shown = judgedRun(store);
  if (shown === null) return;
  const [{ pageFile }, { zippedContent }, player] = await Promise.all([
    import('../../share/export/page-file.ts'),
    import('../../share/export/page-content.ts'),
    import('virtual:player'),
  ]);
  const content = await zippedContent(contentOf(state, shown));
  if (content === null) {
    store.getState().notify({
      wrong: true,
      text: 'This recording is too large for a page file: fewer ranks, heads or tokens make it smaller. A session file takes it as it is.',
    });
    return;
  }
  const page = await pageFile({
    ...player,
    title: `${caseText(shown.case)}: ${verdictText(shown)}`,
    story: shown.explanation.headline,
    maker: MAKER,
    address: pageAddress(printLink(state)),
    content,
  });
  download(fileNameOf(shown.case, '.html'), page);
}
