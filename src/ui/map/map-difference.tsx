import { useState } from 'react';
import { printCase } from '../../core/case-text/case-fields.ts';
import { hasEditedRule } from '../../core/cases/scope.ts';
import { IMPLEMENTATIONS } from '../../core/programs/implementations/index.ts';
import { CHANGE_LOOKS } from '../../draw/map/look.ts';
import { NOTHING } from '../../store/view.ts';
import { differenceOf, isFull, type Sheet } from '../../workers/map/sheet.ts';
import { brokenText, comparedText, mapLines } from '../../workers/map/told-map.ts';
import { ChoiceField } from '../case-panel/choice-field.tsx';
import { Button } from '../kit/button.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import { Count } from './count.tsx';
import styles from './map.module.css';

/** The rule before the edited one, as a choice. */
const BEFORE = 'before';

/** What the map is compared with. */
export function Against() {
  const store = useRankscopeStore();
  const against = useRankscope((state) => state.against);
  const before = useRankscope((state) => state.before);
  const isEdited = useRankscope((state) => hasEditedRule(state.case));
  const rule = { value: BEFORE, label: before === null ? 'the published rule' : 'the rule before' };
  return (
    <ChoiceField
      label="Compare with"
      testId="map-against"
      value={against ?? (isEdited ? BEFORE : NOTHING)}
      choices={[
        { value: NOTHING, label: 'nothing' },
        ...(isEdited ? [rule] : []),
        ...IMPLEMENTATIONS.map(({ id, title, about }) => ({
          value: id,
          label: `${title} as published`,
          detail: about,
        })),
      ]}
      onChoose={(id) =>
        store
          .getState()
          .look({ against: id === BEFORE || (id === NOTHING && !isEdited) ? null : id })
      }
    />
  );
}

/** What changes from one full map to another. */
export function Differences(props: { readonly sheet: Sheet; readonly againstSheet: Sheet }) {
  const { sheet, againstSheet } = props;
  const difference = differenceOf(againstSheet, sheet);
  const { repaired, broken, failing, balance } = difference;
  const newly = brokenText(sheet.extent, sheet.values, difference);
  return (
    <>
      <p
        className={styles.sentence}
        data-testid="map-difference"
        data-repaired={repaired}
        data-broken={broken}
        data-failing={failing}
      >
        {comparedText(againstSheet.setting, sheet.setting, difference)}
      </p>
      <ul className={styles.counts}>
        <Count look={CHANGE_LOOKS.repaired} count={repaired} />
        <Count look={CHANGE_LOOKS.broken} count={broken} />
        <Count look={CHANGE_LOOKS.failing} count={failing} />
        {balance > 0 && <Count look={CHANGE_LOOKS.balance} count={balance} />}
      </ul>
      {newly !== null && <p className={styles.broken}>{newly}</p>}
    </>
  );
}

/** Copies what a full map says, for a pull request; with what it is compared with, where it is. */
export function CopyMap({
  sheet,
  againstSheet,
}: {
  readonly sheet: Sheet;
  readonly againstSheet: Sheet | null;
}) {
  const store = useRankscopeStore();
  /** What came of copying maps that may be others by now. */
  const [copied, setCopied] = useState<{
    sheet: Sheet;
    against: Sheet | null;
    said: string;
  } | null>(null);
  const { setting, extent, values, patterns } = sheet;
  if (!isFull(sheet) || patterns === undefined) return null;
  const copy = () => {
    const against =
      againstSheet === null
        ? null
        : { setting: againstSheet.setting, difference: differenceOf(againstSheet, sheet) };
    const lines = mapLines({ setting, extent, values, patterns, against }, 'markdown');
    const address = new URL(`#${printCase(store.getState().case)}&place=map`, location.href);
    const text = [...lines, '', `[Open in Rankscope](${address})`].join('\n');
    const tell = (said: string) => setCopied({ sheet, against: againstSheet, said });
    navigator.clipboard.writeText(text).then(
      () => tell('Copied'),
      () => tell('The browser does not allow copying here'),
    );
  };
  const isSame = copied?.sheet === sheet && copied.against === againstSheet;
  return (
    <Button className={styles.copy} data-testid="copy-map" onClick={copy}>
      {isSame ? copied.said : 'Copy for a pull request'}
    </Button>
  );
}
