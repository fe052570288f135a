/**
 * Remembers what `make` gave for an object, for as long as the object is there. It is kept on the
 * object itself, where nothing that lists, copies or compares its properties sees it: a WeakMap would
 * keep what it knows until the next full garbage collection, and a map makes thousands of recordings
 * a second.
 */
export function memoized<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const mark = Symbol('remembered');
  type Marked = K & { readonly [mark]?: { readonly value: V } };
  return (key: Marked) => {
    const found = key[mark];
    if (found !== undefined) return found.value;
    const value = make(key);
    Object.defineProperty(key, mark, { value: { value } });
    return value;
  };
}

/** The same where `make` wants more than the object: things that are the same whenever the object is. */
export function memoizedWith<K extends object, More extends readonly unknown[], V>(
  make: (key: K, ...more: More) => V,
): (key: K, ...more: More) => V {
  const recall = memoized((_: K): { known: { readonly value: V } | null } => ({ known: null }));
  return (key, ...more) => {
    const memory = recall(key);
    memory.known ??= { value: make(key, ...more) };
    return memory.known.value;
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
