import { useEffect, useState } from 'react';
import { IconButton } from '../kit/button.tsx';
import styles from './presenter-window.module.css';

/** The time of day, and the time since one began, which can be set to zero. */
export function Clock() {
  const [now, setNow] = useState(() => new Date());
  const [began, setBegan] = useState(() => Date.now());
  useEffect(() => {
    const ticking = window.setInterval(() => setNow(new Date()), 500);
    return () => window.clearInterval(ticking);
  }, []);
  const seconds = Math.max(0, Math.floor((now.getTime() - began) / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  return (
    <p className={styles.clock}>
      <time>{`${two(now.getHours())}:${two(now.getMinutes())}`}</time>
      <span data-testid="presenter-timer">
        {Math.floor(seconds / 60)}:{two(seconds % 60)}
      </span>
      <IconButton look="plain" label="Timer to zero" onClick={() => setBegan(Date.now())}>
        ↺
      </IconButton>
    </p>
  );
}
