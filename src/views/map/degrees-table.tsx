import { useEffect, useMemo, useState } from 'react';
import { projectOf } from '../../engine/implementations/index.ts';
import {
  type DegreeRow,
  type DegreeTable,
  degreesAsMarkdown,
  gainOf,
  isLegal,
  legalInMost,
} from '../../map/degrees.ts';
import { Glossed } from '../glossary/glossed-text.tsx';
import { Scrolled } from '../inspector/scrolled.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import { VERDICT_LOOKS } from './look.ts';
import styles from './map.module.css';

/** SP 1 to 64 for the case's model, under every implementation: which are legal, and why not. */
export function DegreesTable() {
  const store = useRankscopeStore();
  const table = useRankscope((state) => state.degrees);
  useEffect(() => {
    let known = '';
    const follow = () => {
      const { case: c, modelName, fillDegrees } = store.getState();
      const asked = JSON.stringify([c.heads, c.kvHeads, c.batch, c.batchDimIdx, modelName]);
      if (asked === known) return;
      known = asked;
      void fillDegrees();
    };
    follow();
    return store.subscribe(follow);
  }, [store]);
  if (table === null) return <p className={styles.soft}>Every degree is being run …</p>;
  return <Degrees table={table} />;
}

function Degrees({ table }: { readonly table: DegreeTable }) {
  const { model, rows } = table;
  const here = useRankscope((state) => state.case.implementation);
  const gains = useMemo(() => gainsFor(rows, here), [rows, here]);
  return (
    <div className={styles.degrees} data-testid="degrees">
      <p className={styles.sentence}>
        {isNamed(model) && `${model.name}: `}
        <Glossed>
          {`${model.heads} heads, ${model.kvHeads} KV heads. ${legalInMost(table)}`}
        </Glossed>
      </p>
      {gains.map((gain) => (
        <p key={gain} className={styles.soft}>
          {gain}
        </p>
      ))}
      <CopyMarkdown table={table} />
      <div className={styles.frame}>
        <Scrolled className={styles.scroller} label="Verdicts by implementation and SP">
          <table>
            <thead>
              <tr>
                <th scope="col">implementation</th>
                <th scope="col">largest</th>
                {rows[0]?.cells.map((_, index) => (
                  <th key={String(index + 1)} scope="col">
                    {index + 1}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ way, cells, largest }) => (
                <tr key={way.title} data-here={way.implementation === here}>
                  <th scope="row">{way.title}</th>
                  <td className={styles.largest}>{largest === 0 ? 'none' : largest}</td>
                  {cells.map((cell, index) => (
                    <td
                      key={String(index + 1)}
                      data-legal={isLegal(cell)}
                      data-verdict={cell.verdict}
                      title={`${way.title}, SP ${index + 1}: ${cell.short}`}
                    >
                      {isLegal(cell) ? '✓' : VERDICT_LOOKS[cell.verdict].sign}
                      <span className="visually-hidden">{cell.short}</span>
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scrolled>
      </div>
    </div>
  );
}

/** Whether a model has a name besides its number of heads. */
function isNamed({ name, heads }: DegreeTable['model']): boolean {
  return name !== `${heads} heads`;
}

/** What one gains by repeating KV heads, and by the project's implementation with the most legal degrees. */
function gainsFor(rows: readonly DegreeRow[], here: string): string[] {
  const own = rows.find(({ way }) => way.implementation === here && !way.repeatsKv);
  if (own === undefined) return [];
  const repeated = rows.find(({ way }) => way.implementation === here && way.repeatsKv);
  const best = rows
    .filter(({ way }) => !way.repeatsKv && projectOf(way.implementation) === projectOf(here))
    .toSorted((a, b) => b.legal.length - a.legal.length)[0];
  return [repeated, best].flatMap((row) => {
    const gain = row === undefined ? null : gainOf(own, row);
    return gain === null ? [] : [gain];
  });
}

function CopyMarkdown({ table }: { readonly table: DegreeTable }) {
  /** What came of copying a table, which may be another one by now. */
  const [copied, setCopied] = useState<{ table: DegreeTable; said: string } | null>(null);
  return (
    <button
      type="button"
      className={styles.button}
      data-testid="copy-degrees"
      onClick={() => {
        navigator.clipboard.writeText(degreesAsMarkdown(table)).then(
          () => setCopied({ table, said: 'Copied' }),
          () => setCopied({ table, said: 'The browser does not allow copying here' }),
        );
      }}
    >
      {copied?.table === table ? copied.said : 'Copy as Markdown'}
    </button>
  );
}
