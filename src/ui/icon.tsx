/** The page's few signs, drawn on a grid of 16. */
const PATHS = {
  start: 'M4 3.5v9M12.5 3.5 6 8l6.5 4.5z',
  back: 'M11 3.5 4.5 8l6.5 4.5z',
  stepBack: 'M9.5 4 5.5 8l4 4',
  play: 'M5 3.5 11.5 8 5 12.5z',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  stepOn: 'M6.5 4l4 4-4 4',
  link: 'M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2.2-2.2a2.6 2.6 0 0 0-3.7-3.7l-.9.9M9.2 6.8a2.6 2.6 0 0 0-3.7 0L3.3 9a2.6 2.6 0 0 0 3.7 3.7l.9-.9',
  swap: 'M3 6h9.5L10 3.5M13 10H3.5L6 12.5',
  plus: 'M8 3.5v9M3.5 8h9',
  minus: 'M3.5 8h9',
  whole: 'M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3',
} as const;

export type IconName = keyof typeof PATHS;

const FILLED: readonly IconName[] = ['start', 'back', 'play'];

/** A sign beside or instead of words; whoever shows it says in words what it means. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path
        d={PATHS[name]}
        fill={FILLED.includes(name) ? 'currentColor' : 'none'}
        stroke="currentColor"
        strokeWidth="1.7"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
