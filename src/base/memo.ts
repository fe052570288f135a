import type { Steps } from './steps.ts';

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

/** The same for an object and whatever else `make` is given: every argument tells. */
export function memoizedByAll<Given extends readonly [object, ...Key[]], V>(
  make: (...given: Given) => V,
): (...given: Given) => V {
  const root = new Memory<V>();
  return (...given) => {
    const memory = given.reduce((above: Memory<V>, key) => above.below(key), root);
    memory.known ??= { value: make(...given) };
    return memory.known.value;
  };
}

/** The same for what is made in steps; whoever asks once more has it in none. */
export function memoizedInSteps<Given extends readonly [object, ...Key[]], V>(
  make: (...given: Given) => Steps<V>,
): (...given: Given) => Steps<V> {
  const keptFor = memoizedByAll((..._: Given): { known: { readonly value: V } | null } => ({
    known: null,
  }));
  return function* (...given) {
    const kept = keptFor(...given);
    kept.known ??= { value: yield* make(...given) };
    return kept.known.value;
  };
}

type Key = object | number | string;

/** What is known of some arguments, and of those with more behind them. Objects are not kept alive. */
class Memory<V> {
  known: { readonly value: V } | null = null;
  private byObject: WeakMap<object, Memory<V>> | null = null;
  private byValue: Map<number | string, Memory<V>> | null = null;

  below(key: Key): Memory<V> {
    if (typeof key === 'object') {
      this.byObject ??= new WeakMap();
      return this.found(this.byObject, key);
    }
    this.byValue ??= new Map();
    return this.found(this.byValue, key);
  }

  private found<K>(
    memories: { get(key: K): Memory<V> | undefined; set(key: K, memory: Memory<V>): unknown },
    key: K,
  ): Memory<V> {
    const known = memories.get(key);
    if (known !== undefined) return known;
    const memory = new Memory<V>();
    memories.set(key, memory);
    return memory;
  }
}
