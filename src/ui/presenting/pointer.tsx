import { useEffect, useRef } from 'react';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import styles from './pointer.module.css';

/** A ring that follows the mouse, and marks that a click leaves: for an audience to look at. */
export function Pointer() {
  const store = useRankscopeStore();
  const pointing = useRankscope((state) => state.pointing);
  const marks = useRankscope((state) => state.marks);
  const ground = useRef<HTMLDivElement>(null);
  const ring = useRef<HTMLSpanElement>(null);

  useEffect(() => {
    if (!pointing) return;
    const follow = ({ clientX, clientY }: PointerEvent) => {
      ring.current?.style.setProperty('translate', `${clientX}px ${clientY}px`);
    };
    // A click marks, and does nothing else: the page under it stays as it is. Keys go on as ever.
    const mark = ({ clientX, clientY }: MouseEvent) => {
      const { marks: before, setMarks } = store.getState();
      setMarks([...before, { x: clientX / window.innerWidth, y: clientY / window.innerHeight }]);
    };
    const end = ({ key }: KeyboardEvent) => {
      if (key === 'Escape') store.getState().setPointing(false);
    };
    const over = ground.current;
    over?.addEventListener('click', mark);
    window.addEventListener('pointermove', follow);
    window.addEventListener('keydown', end);
    return () => {
      over?.removeEventListener('click', mark);
      window.removeEventListener('pointermove', follow);
      window.removeEventListener('keydown', end);
    };
  }, [pointing, store]);

  if (!pointing) return null;
  return (
    <div ref={ground} className={styles.ground} data-testid="pointer">
      {marks.map(({ x, y }, index) => (
        <span
          key={`${x} ${y}`}
          className={styles.mark}
          data-testid="mark"
          style={{ left: `${100 * x}%`, top: `${100 * y}%` }}
        >
          {index + 1}
        </span>
      ))}
      <span ref={ring} className={styles.ring} />
    </div>
  );
}
