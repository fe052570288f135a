import { Combobox } from '@base-ui/react/combobox';
import type { Implementation } from '../../engine/implementation.ts';
import { findImplementation, IMPLEMENTATIONS } from '../../engine/implementations/index.ts';
import {
  PROJECTS,
  type ProjectId,
  rangeText,
  releasesText,
  sourceAddress,
} from '../../engine/publication.ts';
import { fullTitle, isLookedFor } from '../../engine/release-name.ts';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import styles from './case-panel.module.css';
import { labelOf } from './field-label.ts';
import { FieldTitle } from './field-title.tsx';

interface ProjectGroup {
  readonly value: ProjectId;
  readonly items: readonly Implementation[];
}

const GROUPS: readonly ProjectGroup[] = (Object.keys(PROJECTS) as ProjectId[]).map((project) => ({
  value: project,
  items: IMPLEMENTATIONS.filter(({ publication }) => publication.project === project),
}));

/** The published all-to-alls by project, found by release, pull request or word. */
export function ImplementationField() {
  const store = useRankscopeStore();
  const id = useRankscope((state) => state.case.implementation);
  const chosen = findImplementation(id) ?? null;
  return (
    <div className={styles.field}>
      <Combobox.Root
        items={GROUPS}
        value={chosen}
        autoHighlight
        itemToStringLabel={fullTitle}
        filter={(one: Implementation, query) => isLookedFor(one, query)}
        onValueChange={(next: Implementation | null) => {
          if (next !== null) void store.getState().change({ implementation: next.id });
        }}
      >
        <Combobox.Label className={styles.labelBeside}>
          <FieldTitle {...labelOf('implementation')} />
        </Combobox.Label>
        {chosen !== null && <Published by={chosen} />}
        <Combobox.Trigger className={styles.select} data-testid="field-implementation">
          <span>{chosen === null ? id : fullTitle(chosen)}</span>
          <Combobox.Icon className={styles.selectIcon}>▾</Combobox.Icon>
        </Combobox.Trigger>
        <Combobox.Portal>
          <Combobox.Positioner className={styles.positioner} sideOffset={4}>
            <Combobox.Popup className={styles.popup} aria-label="Implementations">
              <Combobox.Input
                className={styles.search}
                aria-label="Find an implementation"
                placeholder="Release, pull request or project"
                data-testid="find-implementation"
              />
              <Combobox.Empty>
                <p className={styles.empty}>
                  No implementation has that release, pull request or name.
                </p>
              </Combobox.Empty>
              <Combobox.List className={styles.list}>
                {({ value, items }: ProjectGroup) => (
                  <Combobox.Group key={value} items={items}>
                    <Combobox.GroupLabel className={styles.groupLabel}>
                      {PROJECTS[value].title}
                    </Combobox.GroupLabel>
                    <Combobox.Collection>
                      {(one: Implementation) => <Choice key={one.id} of={one} />}
                    </Combobox.Collection>
                  </Combobox.Group>
                )}
              </Combobox.List>
            </Combobox.Popup>
          </Combobox.Positioner>
        </Combobox.Portal>
      </Combobox.Root>
    </div>
  );
}

function Choice({ of }: { readonly of: Implementation }) {
  return (
    <Combobox.Item value={of} className={styles.item} data-testid={`implementation-${of.id}`}>
      <Combobox.ItemIndicator className={styles.itemMark}>✓</Combobox.ItemIndicator>
      <span className={styles.itemText}>{fullTitle(of)}</span>
      <span className={styles.itemDetail}>{releasesText(of.publication)}</span>
      <span className={styles.itemDetail}>{of.about}</span>
    </Combobox.Item>
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
