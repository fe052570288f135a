import { select } from 'd3';
import { wordsIn } from '../../content/glossary/glossed.ts';
import type { StageSource } from '../../draw/stage/source.ts';
import { createStageController } from '../../draw/stage/stage-controller.ts';
import { createTimelineController } from '../../draw/timeline/timeline-controller.ts';
import { runText, verdictText } from '../../store/shown-text.ts';
import { momentText } from '../../trace/moment-text.ts';
import { startClock } from '../../ui/playback/clock.ts';
import stageStyles from '../../ui/stage/stage.module.css';
import timelineStyles from '../../ui/timeline/timeline.module.css';
import styles from './player.module.css';
import { besideOf, type Playing, stageOf } from './playing.ts';

/** Where a page file comes from. */
export interface Origin {
  /** "Rankscope 0.1.0" */
  readonly maker: string;
  /** Where the same is run anew. */
  readonly address: string;
}

/** Puts the page of a recording into `root`: what it comes to, the stage, the timeline, and controls. */
export function buildPage(root: HTMLElement, playing: Playing, origin: Origin): void {
  const { shown, beside } = playing.read();
  const { explanation, trace } = shown;
  const page = select(root)
    .text('')
    .attr('class', styles.page ?? null);

  const heads = page.append('header').attr('class', styles.heads ?? null);
  for (const [side, one] of [
    ['', shown],
    ['-beside', beside],
  ] as const) {
    if (one === null) continue;
    const head = heads.append('div').attr('class', styles.head ?? null);
    head.append('h1').text(runText(one));
    head
      .append('p')
      .attr('class', styles.verdict ?? null)
      .attr('data-verdict', one.verdict)
      .attr('data-testid', `verdict${side}`)
      .text(verdictText(one));
  }
  const story = page.append('div').attr('class', styles.story ?? null);
  story.append('p').attr('data-testid', 'headline').text(explanation.headline);
  if (explanation.detail !== '') story.append('p').text(explanation.detail);

  const stages = page.append('main').attr('class', styles.stages ?? null);
  buildStage(stages.append('div').node(), stageOf(playing), 'stage');
  const other = besideOf(playing);
  if (other !== null) buildStage(stages.append('div').node(), other, 'stage-beside');
  const bar = page.append('div').attr('class', styles.bar ?? null);
  const button = (label: string, keys: string, press: () => void) =>
    bar
      .append('button')
      .attr('type', 'button')
      .attr('title', `${label} (${keys})`)
      .text(label)
      .on('click', press);
  button('Start', 'Home', () => playing.seek(0));
  button('‹ Step', '←', () => playing.step(-1));
  const play = button('Play', 'Space', playing.playOrPause)
    .attr('class', styles.play ?? null)
    .attr('data-testid', 'play');
  button('Step ›', '→', () => playing.step(1));
  const slider = bar
    .append('input')
    .attr('type', 'range')
    .attr('min', 0)
    .attr('max', trace.ticks - 1)
    .attr('step', 'any')
    .attr('aria-label', 'Moment')
    .attr('data-testid', 'moment')
    .on('input', (event: Event) => {
      if (event.target instanceof HTMLInputElement) playing.seek(event.target.valueAsNumber);
    });
  slider.on('change', () => playing.seek(Math.round(playing.read().cursor)));
  const now = bar.append('p').attr('data-testid', 'now');

  buildTimeline(page.append('section').node(), playing);
  buildGlossary(page.append('details').node(), [
    runText(shown),
    verdictText(shown),
    explanation.headline,
    explanation.detail,
    ON_THE_STAGE,
  ]);
  const foot = page.append('footer').attr('class', styles.foot ?? null);
  foot.append('p').text(`Recorded by ${origin.maker}. This file needs no network. `);
  foot.append('a').attr('href', origin.address).attr('rel', 'noreferrer').text(origin.address);

  const follow = () => {
    const { cursor, direction } = playing.read();
    const tick = Math.ceil(cursor);
    const { call, operation } = momentText(trace, tick);
    slider.property('value', cursor).attr('aria-valuetext', `step ${tick + 1} of ${trace.ticks}`);
    play.text(direction === 0 ? 'Play' : 'Pause');
    now.text(`step ${tick + 1} of ${trace.ticks} · ${call} · ${operation}`);
  };
  playing.subscribe(follow);
  follow();
  window.addEventListener('keydown', (event) => press(event, playing));
  startClock({ ...playing, isPlaying: () => playing.read().direction !== 0 });
}

/** The words of the picture, which is in no text. */
const ON_THE_STAGE =
  'On each card a rank, its heads from left to right, its tokens from top to bottom, in hue and hatch: ' +
  'in pass 1 and back in pass 2, through a collective.';

/** The words that the page uses, explained. */
function buildGlossary(details: HTMLDetailsElement | null, texts: readonly string[]): void {
  const words = select(details).attr('class', styles.words ?? null);
  words.append('summary').text('What the words mean');
  const list = words.append('dl');
  for (const { term, meaning } of wordsIn(texts)) {
    list.append('dt').text(term);
    list.append('dd').text(meaning);
  }
}

function buildStage(place: HTMLElement | null, source: StageSource, testId: string): void {
  const host = select(place)
    .attr('class', styles.stage ?? null)
    .append('div')
    .attr('class', stageStyles.stage ?? null)
    .attr('role', 'application')
    .attr('aria-label', 'What each rank holds. Enter walks over the elements with the arrow keys')
    .attr('data-testid', testId);
  const svg = host.append('svg').attr('role', 'img').attr('aria-label', 'Heads × sequence').node();
  const canvas = host.append('canvas').node();
  const node = host.node();
  if (node === null || svg === null || canvas === null) return;
  createStageController(node, svg, canvas, source);
}

function buildTimeline(section: HTMLElement | null, playing: Playing): void {
  const host = select(section)
    .attr('class', styles.timeline ?? null)
    .append('div')
    .attr('class', timelineStyles.timeline ?? null)
    .attr('role', 'slider')
    .attr('tabindex', 0)
    .attr('aria-label', 'Timeline: one lane per rank, one mark per operation; the cursor')
    .attr('aria-valuemin', 0)
    .attr('data-testid', 'timeline')
    .node();
  if (host === null) return;
  createTimelineController(host, {
    ...playing,
    read: () => ({ ...playing.read(), folds: false }),
  });
}

function press(event: KeyboardEvent, playing: Playing): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const { target } = event;
  if (target instanceof HTMLInputElement && event.key !== ' ') return;
  if (target instanceof HTMLButtonElement && event.key === ' ') return;
  switch (event.key) {
    case ' ':
      playing.playOrPause();
      break;
    case 'ArrowRight':
    case 'PageDown':
      playing.step(1);
      break;
    case 'ArrowLeft':
    case 'PageUp':
      playing.step(-1);
      break;
    case 'Home':
      playing.seek(0);
      break;
    case 'End':
      playing.seek(Number.POSITIVE_INFINITY);
      break;
    default:
      return;
  }
  event.preventDefault();
}
