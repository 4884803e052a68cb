import type { Report } from '#src/contract/report.ts';

/** How a target reads one question, and how that is known. */
export interface KnownReading {
  /** More than one where cases showed several. */
  readonly readings: readonly string[];
  readonly by: 'profile' | 'observed';
}

/** Verdicts whose readings explain all that the peer did. */
const explained: readonly string[] = ['pass', 'reading', 'warn'];

/**
 * The readings of a run's target, by the ambiguity's key: those that it needed, and those that its
 * profile pins. Who needed none may follow the assumed one, or was never asked.
 */
export function knownReadings({ results, profile }: Report): ReadonlyMap<string, KnownReading> {
  const known = new Map<string, KnownReading>();
  const needed = results
    .filter(({ verdict }) => explained.includes(verdict))
    .flatMap(({ reading }) => reading);
  for (const name of new Set(needed)) {
    const [key = '', reading = ''] = name.split('=');
    const before = known.get(key)?.readings ?? [];
    known.set(key, { readings: [...before, reading], by: 'observed' });
  }
  for (const [key, reading] of Object.entries(profile['readings'] ?? {})) {
    if (typeof reading === 'string') known.set(key, { readings: [reading], by: 'profile' });
  }
  return known;
}
