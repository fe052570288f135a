import { useId } from 'react';
import { findImplementation } from '../../core/programs/implementations/index.ts';
import { fullTitle } from '../../core/programs/release-name.ts';
import type { Implementation } from '../../core/published/implementation.ts';
import { rangeText, releasesText, sourceAddress } from '../../core/published/publication.ts';
import { late, useOpener } from '../late.ts';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import styles from './case-panel.module.css';
import { labelOf } from './field-label.ts';
import { FieldTitle } from './field-title.tsx';
import { RestingField } from './resting-field.tsx';

const LIST = late(() =>
  import('./implementation-list.tsx').then((part) => part.ImplementationList),
);

/** The published all-to-alls by project, found by release, pull request or word. */
export function ImplementationField() {
  const store = useRankscopeStore();
  const id = useRankscope((state) => state.case.implementation);
  const { found: List, pressed, button, press } = useOpener(LIST);
  const labelId = useId();
  const chosen = findImplementation(id) ?? null;
  const title = <FieldTitle {...labelOf('implementation')} />;
  const beside = chosen !== null && <Published by={chosen} />;
  const name = chosen === null ? id : fullTitle(chosen);
  return (
    <div className={styles.field}>
      {List === null ? (
        <>
          <div id={labelId} className={styles.labelBeside}>
            {title}
          </div>
          {beside}
          <RestingField
            button={button}
            labelId={labelId}
            opens="dialog"
            testId="field-implementation"
            onPress={press}
          >
            {name}
          </RestingField>
        </>
      ) : (
        <List
          {...{ title, beside, chosen, name, button }}
          defaultOpen={pressed}
          onChoose={(next) => void store.getState().change({ implementation: next })}
        />
      )}
    </div>
  );
}

/** In which releases the chosen code is, and where it can be read. */
function Published({ by: { title, publication } }: { readonly by: Implementation }) {
  const { releases, commit, status } = publication;
  const where = commit === null ? 'Its thread; the code could not be read' : 'Its source';
  return (
    <a
      className={styles.published}
      href={sourceAddress(publication)}
      target="_blank"
      rel="noreferrer"
      title={`${title}: ${releasesText(publication)}. ${where}, on GitHub.`}
      data-status={status}
      data-testid="published"
    >
      {releases === null ? status : rangeText(releases)}
    </a>
  );
}
