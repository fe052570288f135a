import type { BaseType, Selection } from 'd3';

/** A value, or how to make it of a datum. */
type Told<D, T> = T | ((datum: D) => T);

/**
 * Says the attributes of a selection once more, as d3 does, but leaves alone those that say the same
 * already: a browser lays out and paints anew whatever is set, not only what changes.
 *
 *   cards.call(attributes, { x: 16, y: ({ box }) => box.height }).call(words, ({ rank }) => `${rank}`)
 */
export function attributes<E extends BaseType & Element, D, P extends BaseType, Q>(
  selection: Selection<E, D, P, Q>,
  told: Readonly<Record<string, Told<D, string | number | null>>>,
): void {
  const entries = Object.entries(told);
  selection.each(function (datum) {
    for (const [name, value] of entries) {
      const next = typeof value === 'function' ? value(datum) : value;
      if (next === null) this.removeAttribute(name);
      else if (this.getAttribute(name) !== `${next}`) this.setAttribute(name, `${next}`);
    }
  });
}

/** The same for what stands in each. */
export function words<E extends BaseType & Element, D, P extends BaseType, Q>(
  selection: Selection<E, D, P, Q>,
  told: Told<D, string>,
): void {
  selection.each(function (datum) {
    const next = typeof told === 'function' ? told(datum) : told;
    if (this.textContent !== next) this.textContent = next;
  });
}
