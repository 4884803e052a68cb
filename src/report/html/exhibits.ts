import type { Exhibit } from '#src/contract/exhibit.ts';
import type { Result } from '#src/contract/report.ts';
import { embeddedJson } from './embed.ts';
import { exhibitRecord } from './exhibit-record.ts';
import type { ExhibitRecord } from './record.ts';

/** So many traces a page lays out, and of so many characters. */
const most = { exhibits: 200, characters: 6_000_000 } as const;

/** The traces of what did not pass, as far as a page holds them; results are in its order. */
export function exhibitsOf(
  results: readonly Result[],
  exhibit: (result: Result) => Exhibit | null,
): {
  readonly exhibits: Readonly<Record<string, ExhibitRecord>>;
  readonly exhibitsLeftOut: number;
} {
  const exhibits: Record<string, ExhibitRecord> = {};
  let left: number = most.exhibits;
  let room: number = most.characters;
  let exhibitsLeftOut = 0;
  for (const [index, result] of results.entries()) {
    if (result.verdict === 'pass' || result.trace === null) continue;
    const found = left > 0 && room > 0 ? exhibit(result) : null;
    if (found === null) {
      exhibitsLeftOut += left > 0 && room > 0 ? 0 : 1;
      continue;
    }
    const record = exhibitRecord(found);
    exhibits[index] = record;
    left -= 1;
    room -= embeddedJson(record).length;
  }
  return { exhibits, exhibitsLeftOut };
}
