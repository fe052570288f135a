import { useEffect, useState } from 'react';
import { scopeOf } from '../../core/cases/scope.ts';
import { againstSetting } from '../../store/against.ts';
import { VERDICT_SIGNS } from '../../store/shown-text.ts';
import type { ToldCase } from '../../workers/map/protocol.ts';
import { caseOf, type Field, type MapSetting, settingOf } from '../../workers/map/setting.ts';
import { nameBeside } from '../../workers/map/told-map.ts';
import { Glossed } from '../glossary/glossed-text.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import styles from './map.module.css';

/** A cell in a sentence. */
interface ToldCell {
  readonly told: ToldCase;
  readonly scope: string;
}

/** A cell under the map's setting, and under that of the other map. */
interface ToldCells {
  readonly field: Field;
  readonly here: ToldCell | null;
  /** Null where there is no other map, or no such model. */
  readonly there: (ToldCell & { readonly name: string }) | null;
}

/** The cell that is pointed at, in a sentence: it is run for that. */
export function Told({ pointed }: { readonly pointed: Field | null }) {
  const store = useRankscopeStore();
  const against = useRankscope((state) => state.against);
  const before = useRankscope((state) => state.before);
  const now = useRankscope((state) => state.case);
  const [told, setTold] = useState<ToldCells | null>(null);
  useEffect(() => {
    if (pointed === null) return;
    let over = false;
    const setting = settingOf(now);
    const other = againstSetting({ case: now, against, before });
    const tell = async (one: MapSetting): Promise<ToldCell | null> => {
      const wanted = caseOf(one, pointed);
      const cell = wanted === null ? null : await store.getState().tellCase(wanted);
      return wanted === null || cell === null ? null : { told: cell, scope: scopeOf(wanted) };
    };
    const tellOther = async (one: MapSetting) => {
      const cell = await tell(one);
      return cell === null ? null : { ...cell, name: nameBeside(one, setting) };
    };
    void Promise.all([tell(setting), other === null ? null : tellOther(other)]).then(
      ([here, there]) => {
        if (!over) setTold({ field: pointed, here, there });
      },
    );
    return () => {
      over = true;
    };
  }, [store, pointed, against, before, now]);
  if (pointed === null || told === null) {
    return (
      <p className={styles.soft}>
        <Glossed>
          Each cell is one head count at one SP degree. Hover for the verdict, click to open it.
        </Glossed>
      </p>
    );
  }
  const { field, here, there } = told;
  return (
    <div className={styles.told} id="map-told" aria-live="polite" data-testid="map-told">
      <strong data-verdict={here?.told.verdict}>
        {here !== null && (
          <span className={styles.sign} aria-hidden="true">
            {VERDICT_SIGNS[here.told.verdict]}
          </span>
        )}
        {field.heads} heads, SP {field.sp}: {here?.told.verdict ?? 'no such model'}
      </strong>
      {here !== null && <small className={styles.soft}>{here.scope}</small>}
      <p>
        {here?.told.headline ?? 'The head count is not a multiple of the query heads per KV head.'}
      </p>
      {there !== null && (
        <p className={styles.soft} data-testid="map-told-against" data-verdict={there.told.verdict}>
          {capital(there.name)}: {there.told.verdict}. {there.told.headline}
        </p>
      )}
    </div>
  );
}

function capital(text: string): string {
  return text.startsWith('the ') ? `T${text.slice(1)}` : text;
}
