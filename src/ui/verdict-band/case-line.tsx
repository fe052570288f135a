import { titleOf } from '../../core/cases/case-title.ts';
import { Term } from '../glossary/term.tsx';
import { useRankscope } from '../store-context.ts';
import styles from './case-line.module.css';

/** The name of the case in two lines: what runs, and on what. */
export function CaseLine() {
  const wanted = useRankscope((state) => state.case);
  const { heads, sp, batchDimIdx } = wanted;
  const layout = batchDimIdx === 0 ? '[B, S, H, D]' : '[S, B, H, D]';
  return (
    <p className={styles.case} data-testid="case-line">
      <strong>{titleOf(wanted)}</strong>
      <span>
        {heads} <Term id="head">heads</Term> · <Term id="sp">SP</Term> {sp} ·{' '}
        <Term id="layout">{layout}</Term>
      </span>
    </p>
  );
}
