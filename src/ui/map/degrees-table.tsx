import { useEffect, useMemo, useState } from 'react';
import { at } from '../../base/assert.ts';
import { range } from '../../base/numbers.ts';
import { headsText } from '../../core/cases/models/model.ts';
import { projectOf } from '../../core/programs/implementations/index.ts';
import { VERDICT_LOOKS } from '../../draw/map/look.ts';
import { modelIn } from '../../store/model.ts';
import {
  type DegreeRow,
  type DegreeTable,
  degreesAsMarkdown,
  gainOf,
  isLegal,
  legalInMost,
  MOST_DEGREES,
  usualDegrees,
} from '../../workers/map/degrees.ts';
import { settingOf } from '../../workers/map/setting.ts';
import { Glossed } from '../glossary/glossed-text.tsx';
import { Button } from '../kit/button.tsx';
import { ScrollArea } from '../kit/scroll-area.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import styles from './map.module.css';

/** SP 1 to 64 for the case's model, under every implementation: which are legal, and why not. */
export function DegreesTable() {
  const store = useRankscopeStore();
  const table = useRankscope((state) => state.degrees);
  useEffect(() => {
    let known = '';
    const follow = () => {
      const state = store.getState();
      const asked = JSON.stringify([settingOf(state.case), modelIn(state)]);
      if (asked === known) return;
      known = asked;
      void state.fillDegrees();
    };
    follow();
    return store.subscribe(follow);
  }, [store]);
  if (table === null) return <p className={styles.soft}>Every degree is being run …</p>;
  return <Degrees table={table} />;
}

function Degrees({ table }: { readonly table: DegreeTable }) {
  const { model, rows, scope } = table;
  const [all, setAll] = useState(false);
  const degrees = useMemo(() => (all ? ALL_DEGREES : usualDegrees(model)), [all, model]);
  const gains = useMemo(() => gainsFor(rows), [rows]);
  return (
    <div className={styles.degrees} data-testid="degrees" data-scope={scope}>
      <p className={styles.sentence}>
        {isNamed(model) && `${model.name}: `}
        <Glossed>{`${headsText(model)}. Judged: ${scope}. ${legalInMost(table)}`}</Glossed>
      </p>
      {gains.map((gain) => (
        <p key={gain} className={styles.soft}>
          {gain}
        </p>
      ))}
      <p className={styles.tools}>
        <Button aria-pressed={all} data-testid="all-degrees" onClick={() => setAll(!all)}>
          {all ? 'Show divisors and powers of two' : `Show all ${MOST_DEGREES} degrees`}
        </Button>
        <CopyMarkdown table={table} degrees={degrees} />
      </p>
      <div className={styles.frame}>
        <ScrollArea across className={styles.scroller} label="Verdicts by implementation and SP">
          <table>
            <thead>
              <tr>
                <th scope="col">implementation</th>
                <th scope="col">largest</th>
                {degrees.map((degree) => (
                  <th key={degree} scope="col">
                    {degree}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row, index) => (
                <Row key={row.way.title} row={row} degrees={degrees} own={index === 0} />
              ))}
            </tbody>
          </table>
        </ScrollArea>
      </div>
    </div>
  );
}

const ALL_DEGREES: readonly number[] = range(MOST_DEGREES).map((index) => index + 1);

/** One way; that of the case first. */
function Row(props: {
  readonly row: DegreeRow;
  readonly degrees: readonly number[];
  readonly own: boolean;
}) {
  const { row, degrees, own } = props;
  const { way, cells, largest } = row;
  return (
    <tr data-here={own} data-testid={own ? 'degrees-own' : undefined}>
      <th scope="row">{way.title}</th>
      <td className={styles.largest}>{largest === 0 ? 'none' : largest}</td>
      {degrees.map((degree) => {
        const cell = at(cells, degree - 1);
        return (
          <td
            key={degree}
            data-sp={degree}
            data-legal={isLegal(cell)}
            data-verdict={cell.verdict}
            title={`${way.title}, SP ${degree}: ${cell.short}`}
          >
            {isLegal(cell) ? '✓' : VERDICT_LOOKS[cell.verdict].sign}
            <span className="visually-hidden">{cell.short}</span>
          </td>
        );
      })}
    </tr>
  );
}

/** Whether a model has a name besides its number of heads. */
function isNamed({ name }: DegreeTable['model']): boolean {
  return !/^\d+ heads$/.test(name);
}

/**
 * What one gains over the case's own way: by repeating KV heads, and by the implementation of the project
 * with the most legal degrees.
 */
function gainsFor(rows: readonly DegreeRow[]): string[] {
  const [own, ...others] = rows;
  if (own === undefined) return [];
  const here = own.way.implementation;
  const repeated = others.find(
    ({ way }) => way.implementation === here && way.kvRepeat !== null && !way.edited,
  );
  const best = others
    .filter(({ way }) => way.kvRepeat === null && projectOf(way.implementation) === projectOf(here))
    .toSorted((a, b) => b.legal.length - a.legal.length)[0];
  return [repeated, best].flatMap((row) => {
    const gain = row === undefined ? null : gainOf(own, row);
    return gain === null ? [] : [gain];
  });
}

function CopyMarkdown(props: { readonly table: DegreeTable; readonly degrees: readonly number[] }) {
  const { table, degrees } = props;
  /** What came of copying a table, which may be another one by now. */
  const [copied, setCopied] = useState<{ table: DegreeTable; said: string } | null>(null);
  return (
    <Button
      data-testid="copy-degrees"
      onClick={() => {
        navigator.clipboard.writeText(degreesAsMarkdown(table, degrees)).then(
          () => setCopied({ table, said: 'Copied' }),
          () => setCopied({ table, said: 'The browser does not allow copying here' }),
        );
      }}
    >
      {copied?.table === table ? copied.said : 'Copy as Markdown'}
    </Button>
  );
}
