import { at } from '../../base/assert.ts';
import { product, sameNumbers, sum } from '../../base/numbers.ts';
import type { RankEvent, TensorRef } from '../../core/recording/event.ts';
import { isContiguous } from '../../core/tensor/shape.ts';
import { kindOf } from '../../trace/event-kinds.ts';
import type { PlacedEvent } from '../../trace/trace.ts';
import { Glossed } from '../glossary/glossed-text.tsx';
import { Term } from '../glossary/term.tsx';
import styles from './inspector.module.css';
import { amountText, sizesText } from './measures.ts';

/** Shapes and strides before and after, and whether memory moved. */
export function TensorFacts({ events }: { readonly events: readonly PlacedEvent[] }) {
  const before = events.flatMap(({ event }) => kindOf(event).before?.(event) ?? []);
  const after = events.flatMap(({ event }) => outputsOf(event));
  return (
    <section className={styles.section}>
      <h3>
        <Term id="tensor">Tensors</Term>
      </h3>
      <table className={styles.tensors} data-testid="tensors">
        <thead>
          <tr>
            <th scope="col" aria-label="Side" />
            <th scope="col">
              <Term id="shape">shape</Term>
            </th>
            <th scope="col">
              <Term id="stride">strides</Term>
            </th>
            <th scope="col">in memory</th>
          </tr>
        </thead>
        <tbody>
          <Side name="before" refs={before} />
          <Side name="after" refs={after} />
        </tbody>
      </table>
      <p data-testid="memory">
        <Glossed>{memoryText(events, after)}</Glossed>
      </p>
    </section>
  );
}

function Side({ name, refs }: { readonly name: string; readonly refs: readonly TensorRef[] }) {
  return runsOfAlike(refs).map(({ ref, count, first }) => (
    <tr key={first}>
      <th scope="row">{name}</th>
      <td>
        {count > 1 ? `${count} × ` : ''}
        {sizesText(ref.shape)}
      </td>
      <td>{sizesText(ref.strides)}</td>
      <td>
        <Glossed>{isContiguous(ref.shape, ref.strides) ? 'contiguous' : 'strided'}</Glossed>
      </td>
    </tr>
  ));
}

/** Neighbours of one shape and strides as one. */
function runsOfAlike(refs: readonly TensorRef[]) {
  const runs: { ref: TensorRef; first: number; count: number }[] = [];
  refs.forEach((ref, first) => {
    const last = runs.at(-1);
    if (
      last !== undefined &&
      sameNumbers(last.ref.shape, ref.shape) &&
      sameNumbers(last.ref.strides, ref.strides)
    ) {
      last.count += 1;
    } else runs.push({ ref, first, count: 1 });
  });
  return runs;
}

function outputsOf(event: RankEvent): readonly TensorRef[] {
  const kind = kindOf(event);
  return kind.after?.(event) ?? kind.looksAt?.(event) ?? [];
}

function memoryText(events: readonly PlacedEvent[], after: readonly TensorRef[]): string {
  const { event } = at(events, events.length - 1);
  const amount = amountText(sum(after.map(({ shape }) => product(shape))));
  return kindOf(event).memory?.(event, amount) ?? `${amount}.`;
}
