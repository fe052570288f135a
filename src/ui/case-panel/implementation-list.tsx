import { Combobox } from '@base-ui/react/combobox';
import type { ReactNode, RefObject } from 'react';
import { IMPLEMENTATIONS } from '../../core/programs/implementations/index.ts';
import { fullTitle, isLookedFor } from '../../core/programs/release-name.ts';
import type { Implementation } from '../../core/published/implementation.ts';
import { PROJECTS, type ProjectId, releasesText } from '../../core/published/publication.ts';
import styles from './case-panel.module.css';

interface ProjectGroup {
  readonly value: ProjectId;
  readonly items: readonly Implementation[];
}

const GROUPS: readonly ProjectGroup[] = (Object.keys(PROJECTS) as ProjectId[]).map((project) => ({
  value: project,
  items: IMPLEMENTATIONS.filter(({ publication }) => publication.project === project),
}));

/** The label, the button and the list of the published all-to-alls. */
export function ImplementationList(props: {
  readonly title: ReactNode;
  /** Between the label and the button. */
  readonly beside: ReactNode;
  readonly chosen: Implementation | null;
  /** What the button says. */
  readonly name: string;
  readonly onChoose: (id: string) => void;
  readonly button: RefObject<HTMLButtonElement | null>;
  readonly defaultOpen: boolean;
}) {
  const { title, beside, chosen, name, onChoose, button, defaultOpen } = props;
  return (
    <Combobox.Root
      items={GROUPS}
      value={chosen}
      defaultOpen={defaultOpen}
      autoHighlight
      itemToStringLabel={fullTitle}
      filter={(one: Implementation, query) => isLookedFor(one, query)}
      onValueChange={(next: Implementation | null) => {
        if (next !== null) onChoose(next.id);
      }}
    >
      <Combobox.Label className={styles.labelBeside}>{title}</Combobox.Label>
      {beside}
      <Combobox.Trigger ref={button} className={styles.select} data-testid="field-implementation">
        <span>{name}</span>
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
