import { memo, type ReactNode, useEffect, useState } from 'react';
import { sum, withCommas } from '../../base/numbers.ts';
import { severityOf, VERDICTS } from '../../engine/finding.ts';
import { IMPLEMENTATIONS } from '../../engine/implementations/index.ts';
import { titleOf } from '../../engine/scope.ts';
import { exceptionsText, type Patterns } from '../../map/pattern.ts';
import type { ToldCase } from '../../map/protocol.ts';
import {
  caseOf,
  type Field,
  type MapSetting,
  publishedSetting,
  scopeOfMap,
  settingOf,
} from '../../map/setting.ts';
import {
  countsOf,
  differenceOf,
  differenceText,
  isFull,
  type Sheet,
  unmeantIn,
  withoutModel,
} from '../../map/sheet.ts';
import { ChoiceField } from '../case-panel/choice-field.tsx';
import { Glossed } from '../glossary/glossed-text.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import {
  CHANGE_LOOKS,
  type FieldLook,
  NO_MODEL_LOOK,
  UNMEANT_LOOK,
  VERDICT_LOOKS,
} from './look.ts';
import styles from './map.module.css';

const NOTHING = 'nothing';

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

function Against() {
  const store = useRankscopeStore();
  const against = useRankscope((state) => state.against);
  return (
    <ChoiceField
      label="Compare with"
      testId="map-against"
      value={against ?? NOTHING}
      choices={[
        { value: NOTHING, label: 'nothing' },
        ...IMPLEMENTATIONS.map(({ id, title, about }) => ({
          value: id,
          label: `${title} as published`,
          detail: about,
        })),
      ]}
      onChoose={(id) => store.getState().look({ against: id === NOTHING ? null : id })}
    />
  );
}

/** How far the map is, and what it came to. */
function Judged() {
  const sheet = useRankscope((state) => state.sheet);
  const against = useRankscope((state) => state.against);
  const againstSheet = useRankscope((state) => state.againstSheet);
  if (sheet === null) return null;
  return (
    <>
      <Filling sheet={sheet} />
      {againstSheet === null || against === null ? (
        <Counts sheet={sheet} />
      ) : (
        <Differences sheet={sheet} againstSheet={againstSheet} />
      )}
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
      <progress max={sheet.values.length} value={sheet.judged} aria-label="Fields judged" />
      <span>
        {withCommas(sheet.judged)} of {withCommas(sheet.values.length)}
      </span>
      {filling ? (
        <button type="button" onClick={() => store.getState().stopMap()}>
          Stop
        </button>
      ) : (
        <button type="button" onClick={() => void store.getState().fillMap()}>
          Go on
        </button>
      )}
    </p>
  );
}

/** "8,192 fields, each run."; where KV heads are grouped, for which head counts there is no model. */
function ranSentence(sheet: Sheet): string {
  const ran = sum([...countsOf(sheet).values()]);
  const all = sheet.values.length;
  const fields = `${withCommas(ran)} fields, each run.`;
  if (ran === all) return fields;
  const { kvRatio } = sheet.setting;
  return `${fields} The other ${withCommas(all - ran)} are no model: ${kvRatio} query heads go to a KV head.`;
}

/** KV heads that no field can have: where those of the case do not divide its heads. */
function UndividedKvHeads() {
  const heads = useRankscope((state) => state.case.heads);
  const kvHeads = useRankscope((state) => state.case.kvHeads);
  if (heads % kvHeads === 0) return null;
  return (
    <p className={styles.soft}>
      <Glossed>
        {`The case’s ${kvHeads} KV heads do not divide its ${heads} heads: fields have as many KV heads as heads.`}
      </Glossed>
    </p>
  );
}

function Counts({ sheet }: { readonly sheet: Sheet }) {
  const counts = countsOf(sheet);
  const none = withoutModel(sheet);
  const unmeant = unmeantIn(sheet);
  const { patterns } = sheet;
  return (
    <>
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
      {patterns !== undefined && <Formulas patterns={patterns} />}
    </>
  );
}

/** What the failing cells have in common, or those of a verdict. */
function Formulas({ patterns: { bad, near, verdicts } }: { readonly patterns: Patterns }) {
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

function Differences(props: { readonly sheet: Sheet; readonly againstSheet: Sheet }) {
  const { sheet, againstSheet } = props;
  if (!isFull(sheet) || !isFull(againstSheet)) {
    return <p className={styles.soft}>The difference is shown once both maps are full.</p>;
  }
  const difference = differenceOf(againstSheet, sheet);
  const { repaired, broken, failing, balance } = difference;
  return (
    <>
      <p
        className={styles.sentence}
        data-testid="map-difference"
        data-repaired={repaired}
        data-broken={broken}
        data-failing={failing}
      >
        {differenceText(againstSheet, sheet)}
      </p>
      <ul className={styles.counts}>
        <Count look={CHANGE_LOOKS.repaired} count={repaired} />
        <Count look={CHANGE_LOOKS.broken} count={broken} />
        <Count look={CHANGE_LOOKS.failing} count={failing} />
        {balance > 0 && <Count look={CHANGE_LOOKS.balance} count={balance} />}
      </ul>
      {sheet.patterns !== undefined && <Formulas patterns={sheet.patterns} />}
    </>
  );
}

/** While the map fills most counts stay from one sheet to the next. */
const Count = memo(({ look, count }: { readonly look: FieldLook; readonly count: number }) => (
  <Sign look={look}>
    <output>{withCommas(count)}</output>
  </Sign>
));

/** A sign with what it means. */
function Sign(props: { readonly look: FieldLook; readonly children?: ReactNode }) {
  const { look, children } = props;
  return (
    <li>
      <span
        className={styles.swatch}
        style={{ '--swatch': `var(${look.colour})`, '--share': look.opacity } as object}
        aria-hidden="true"
      >
        {look.sign}
      </span>
      <Glossed>{look.word}</Glossed>
      {children}
    </li>
  );
}

/** A field in a sentence under the map's setting, and under that of the other map. */
interface ToldField {
  readonly field: Field;
  readonly here: ToldCase | null;
  /** Null where there is no other map, or no such model. */
  readonly there: { readonly title: string; readonly told: ToldCase } | null;
}

/** The field pointed at, in a sentence: it is run for that. */
function Told({ pointed }: { readonly pointed: Field | null }) {
  const store = useRankscopeStore();
  const against = useRankscope((state) => state.against);
  const now = useRankscope((state) => state.case);
  const [told, setTold] = useState<ToldField | null>(null);
  useEffect(() => {
    if (pointed === null) return;
    let over = false;
    const setting = settingOf(now);
    const tell = async (one: MapSetting) => {
      const wanted = caseOf(one, pointed);
      return wanted === null ? null : await store.getState().tellCase(wanted);
    };
    const tellOther = async (implementation: string) => {
      const other = await tell(publishedSetting(setting, implementation));
      return other === null ? null : { title: titleOf({ implementation }), told: other };
    };
    void Promise.all([tell(setting), against === null ? null : tellOther(against)]).then(
      ([here, there]) => {
        if (!over) setTold({ field: pointed, here, there });
      },
    );
    return () => {
      over = true;
    };
  }, [store, pointed, against, now]);
  if (pointed === null || told === null) {
    return (
      <p className={styles.soft}>
        <Glossed>
          A field is one head count at one SP degree. Point at it for its sentence, click it for the
          stage.
        </Glossed>
      </p>
    );
  }
  const { field, here, there } = told;
  return (
    <div className={styles.told} id="map-told" aria-live="polite" data-testid="map-told">
      <strong>
        {field.heads} heads, SP {field.sp}: {here?.verdict ?? 'no such model'}
      </strong>
      <p>{here?.headline ?? 'The key/value ratio gives no whole number of heads.'}</p>
      {there !== null && (
        <p className={styles.soft} data-testid="map-told-against">
          {there.title}: {there.told.verdict}. {there.told.headline}
        </p>
      )}
    </div>
  );
}
