/** Remembers what `make` gave for an object, for as long as the object is there. */
export function memoized<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, { readonly value: V }>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found.value;
    const value = make(key);
    known.set(key, { value });
    return value;
  };
}

/** The same for an object and a number: what a recording says of a call, say. */
export function memoizedByIndex<K extends object, V>(
  make: (key: K, index: number) => V,
): (key: K, index: number) => V {
  const byKey = memoized<K, Map<number, { readonly value: V }>>(() => new Map());
  return (key, index) => {
    const known = byKey(key);
    const found = known.get(index);
    if (found !== undefined) return found.value;
    const value = make(key, index);
    known.set(index, { value });
    return value;
  };
}
