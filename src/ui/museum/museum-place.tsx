import { ROOMS } from '../../content/museum/index.ts';
import { GlossedText } from '../glossary/glossed-text.tsx';
import { useRankscope } from '../store-context.ts';
import { ExhibitCard, ExhibitLink } from './exhibit-card.tsx';
import { aboutOf, INTRODUCTION } from './exhibit-texts.ts';
import styles from './museum.module.css';

/** Public bugs as cases: a list of them all, and a card each. */
export function MuseumPlace() {
  const marked = useRankscope((state) => state.exhibit);
  return (
    <div className={styles.place} data-testid="museum-place">
      <nav className={styles.list} aria-label="Exhibits">
        {ROOMS.map(({ title, exhibits }) => (
          <section key={title}>
            <h2>{title}</h2>
            <ul>
              {exhibits.map((exhibit) => (
                <li key={exhibit.id}>
                  <ExhibitLink exhibit={exhibit} current={exhibit.id === marked}>
                    {exhibit.title}
                  </ExhibitLink>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </nav>
      <main className={styles.rooms} data-scrolls>
        <header className={styles.intro}>
          <h1>Museum of public bugs</h1>
          <p>
            <GlossedText pieces={INTRODUCTION} />
          </p>
        </header>
        {ROOMS.map((room) => (
          <section key={room.title} className={styles.room} aria-labelledby={`room-${room.title}`}>
            <h2 id={`room-${room.title}`}>
              {room.title}{' '}
              <small>
                <GlossedText pieces={aboutOf(room)} />
              </small>
            </h2>
            <div className={styles.cards}>
              {room.exhibits.map((exhibit) => (
                <ExhibitCard key={exhibit.id} exhibit={exhibit} />
              ))}
            </div>
          </section>
        ))}
      </main>
    </div>
  );
}
