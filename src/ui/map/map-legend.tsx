import { sum, withCommas } from '../../base/numbers.ts';
import { titleOf } from '../../core/cases/case-title.ts';
import { severityOf, VERDICTS } from '../../core/judge/finding.ts';
import { NO_MODEL_LOOK, UNMEANT_LOOK, VERDICT_LOOKS } from '../../draw/map/look.ts';
import { exceptionsText } from '../../workers/map/pattern.ts';
import { type Field, scopeOfMap } from '../../workers/map/setting.ts';
import { countsOf, isFull, type Sheet, unmeantIn, withoutModel } from '../../workers/map/sheet.ts';
import { Glossed } from '../glossary/glossed-text.tsx';
import { Button } from '../kit/button.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import { Count, Sign } from './count.tsx';
import styles from './map.module.css';
import { Against, CopyMap, Differences } from './map-difference.tsx';
import { Told } from './map-told.tsx';

/** What the map shows, in words and numbers: the field pointed at, the counts, the pattern. */
export function MapLegend({ pointed }: { readonly pointed: Field | null }) {
  const chart = useRankscope((state) => state.chart);
  return (
    <aside className={styles.legend} aria-label="What the map shows">
      {chart === 'fields' ? (
        <>
          <Against />
          <Judged />
          <Told pointed={pointed} />
        </>
      ) : (
        <Signs />
      )}
    </aside>
  );
}

/** What the signs of the table mean. */
function Signs() {
  return (
    <ul className={styles.counts} data-testid="degrees-signs">
      <Sign look={{ ...VERDICT_LOOKS.fine, sign: '✓', word: 'legal' }} />
      {VERDICTS.filter((verdict) => severityOf(verdict) === 'fault').map((verdict) => (
        <Sign key={verdict} look={VERDICT_LOOKS[verdict]} />
      ))}
    </ul>
  );
}

/** How far the map is, and what it came to. */
function Judged() {
  const sheet = useRankscope((state) => state.sheet);
  const againstSheet = useRankscope((state) => state.againstSheet);
  if (sheet === null) return null;
  const isCompared = againstSheet !== null && isFull(againstSheet) && isFull(sheet);
  return (
    <>
      <Filling sheet={sheet} />
      {isCompared ? (
        <Differences sheet={sheet} againstSheet={againstSheet} />
      ) : (
        <Counts sheet={sheet} />
      )}
      {againstSheet !== null && !isCompared && (
        <p className={styles.soft}>The difference appears when both maps are full.</p>
      )}
      <Formulas sheet={sheet} />
      <CopyMap sheet={sheet} againstSheet={isCompared ? againstSheet : null} />
    </>
  );
}

function Filling({ sheet }: { readonly sheet: Sheet }) {
  const store = useRankscopeStore();
  const filling = useRankscope((state) => state.filling);
  if (isFull(sheet)) {
    return (
      <>
        <p className={styles.soft} data-testid="map-scope">
          {titleOf(sheet.setting)}, {scopeOfMap(sheet.setting)}. {ranSentence(sheet)}
        </p>
        <UndividedKvHeads />
      </>
    );
  }
  return (
    <p className={styles.filling} role="status">
      <progress max={sheet.values.length} value={sheet.judged} aria-label="Cells judged" />
      <span>
        {withCommas(sheet.judged)} of {withCommas(sheet.values.length)}
      </span>
      {filling ? (
        <Button onClick={() => store.getState().stopMap()}>Stop</Button>
      ) : (
        <Button onClick={() => void store.getState().fillMap()}>Continue</Button>
      )}
    </p>
  );
}

/** "8,192 cells, each run."; where KV heads are grouped, which head counts are skipped. */
function ranSentence(sheet: Sheet): string {
  const ran = sum([...countsOf(sheet).values()]);
  const all = sheet.values.length;
  const fields = `${withCommas(ran)} cells, each run.`;
  if (ran === all) return fields;
  const { kvRatio } = sheet.setting;
  return `${fields} ${withCommas(all - ran)} cells are skipped: the head count is not a multiple of ${kvRatio} (query heads per KV head).`;
}

/** KV heads that no field can have: where those of the case do not divide its heads. */
function UndividedKvHeads() {
  const heads = useRankscope((state) => state.case.heads);
  const kvHeads = useRankscope((state) => state.case.kvHeads);
  if (heads % kvHeads === 0) return null;
  return (
    <p className={styles.soft}>
      <Glossed>
        {`The case’s ${kvHeads} KV heads do not divide its ${heads} heads: cells have as many KV heads as heads.`}
      </Glossed>
    </p>
  );
}

function Counts({ sheet }: { readonly sheet: Sheet }) {
  const counts = countsOf(sheet);
  const none = withoutModel(sheet);
  const unmeant = unmeantIn(sheet);
  return (
    <ul className={styles.counts} data-testid="map-counts">
      {VERDICTS.map((verdict) => (
        <Count
          key={verdict}
          look={VERDICT_LOOKS[verdict]}
          count={(counts.get(verdict) ?? 0) - (verdict === 'unbalanced' ? unmeant : 0)}
        />
      ))}
      {unmeant > 0 && <Count look={UNMEANT_LOOK} count={unmeant} />}
      {none > 0 && <Count look={NO_MODEL_LOOK} count={none} />}
    </ul>
  );
}

/** What the failing cells have in common, or those of a verdict. */
function Formulas({ sheet: { patterns } }: { readonly sheet: Sheet }) {
  if (patterns === undefined) return null;
  const { bad, near, verdicts } = patterns;
  return (
    <div className={styles.formulas} data-testid="map-pattern" data-exact={bad !== null}>
      {bad !== null && (
        <p>
          Fails when: <code>{bad}</code>
        </p>
      )}
      {near !== null && (
        <p data-missed={near.missed} data-extra={near.extra}>
          Fails when: <code>{near.formula}</code>, {exceptionsText(near)}
        </p>
      )}
      {verdicts.map(({ verdict, formula }) => (
        <p key={verdict}>
          {VERDICT_LOOKS[verdict].word} when: <code>{formula}</code>
        </p>
      ))}
      {bad === null && near === null && (
        <p className={styles.soft}>No simple formula matches the failing cells exactly.</p>
      )}
    </div>
  );
}
