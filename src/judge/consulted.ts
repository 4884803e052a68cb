import type { Readings } from '#models/language/index.ts';

/** Readings that remember which ambiguities were asked for. */
export interface Consulted {
  readonly readings: Readings;
  readonly keys: ReadonlySet<string>;
}

/** The same readings: whoever asks for one leaves its key behind. */
export function consulted(readings: Readings): Consulted {
  const keys = new Set<string>();
  const watched = new Proxy(readings, {
    get(target, key) {
      if (typeof key !== 'string') return Reflect.get(target, key);
      keys.add(key);
      return target[key];
    },
  });
  return { readings: watched, keys };
}
