import { useState } from 'react';
import { mayOfferUpdate } from '../../store/update-slice.ts';
import { Button } from '../kit/button.tsx';
import { useRankscope } from '../store-context.ts';
import styles from './update.module.css';

/** Offers a newer Rankscope, quietly and never in the middle of a lesson; `onTake` takes it. */
export function UpdateOffer({ onTake }: { readonly onTake: () => void }) {
  const offered = useRankscope(mayOfferUpdate);
  const [declined, setDeclined] = useState(false);
  return (
    <div className={styles.place} role="status">
      {offered && !declined && (
        <div className={styles.offer} data-testid="update">
          <p>A new version is available.</p>
          <Button look="primary" onClick={onTake} data-testid="take-update">
            Reload
          </Button>
          <Button onClick={() => setDeclined(true)}>Later</Button>
        </div>
      )}
    </div>
  );
}
