import { isComparing } from '../../store/comparison.ts';
import { PAGE_RUN } from '../actions/run-ref.ts';
import { useRankscope } from '../store-context.ts';
import { CompareWithFix } from './action-bar.tsx';
import { CaseLine } from './case-line.tsx';
import { RunBand } from './run-band.tsx';
import styles from './verdict-band.module.css';

/**
 * The band under the header, where the page shows one run; of two, each side has its own. The page
 * gives it a row of its own, as high as what it holds.
 */
export function VerdictBand() {
  const shown = useRankscope((state) => state.shown);
  const status = useRankscope((state) => state.status);
  const seen = useRankscope(({ place }) => place === 'stage' || place === 'map');
  const comparing = useRankscope(isComparing);
  const compared = useRankscope(({ partner }) => partner !== null);
  const presenting = useRankscope((state) => state.presenting);
  if (!seen || comparing) return null;
  // As high before the first run as after it: nothing moves under the pointer.
  if (shown === null) return <div className={styles.band} data-form="wide" />;
  return (
    <RunBand
      run={PAGE_RUN}
      shown={shown}
      status={status}
      form="wide"
      label="Verdict"
      testIds={['verdict-band', 'verdict']}
      trail={presenting && <CaseLine />}
      compare={!compared && <CompareWithFix run={PAGE_RUN} />}
    />
  );
}
