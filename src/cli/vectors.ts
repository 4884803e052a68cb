import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Case } from '#src/contract/case.ts';
import { today } from '#src/base/clock.ts';
import type { Subject } from './profile.ts';
import { usage } from './usage.ts';

/**
 * The published test cases in a folder and below it, as cases for a target.
 * @throws HarnessError `usage` where there are none, or none of this protocol.
 */
export function vectorsIn(folder: string, { protocol, profile }: Subject): readonly Case[] {
  const { vectors, name } = protocol;
  if (vectors === undefined) throw usage(`${name} has no published test cases`);
  const files = filesBelow(folder).filter((file) => file.endsWith(`.${vectors.extension}`));
  if (files.length === 0) throw usage(`no file *.${vectors.extension} in '${folder}'`);
  const read = files.map((file) => ({
    name: file,
    text: readFileSync(join(folder, file), 'utf8'),
  }));
  const now = BigInt(Math.floor(today().getTime() / 1000));
  const cases = vectors.cases(read, now).filter(({ against }) => against === profile.side);
  if (cases.length === 0)
    throw usage(`the test cases in '${folder}' are not about ${profile.side}`);
  return cases;
}

function filesBelow(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted((left, right) =>
      left.localeCompare(right, 'en', { numeric: true }),
    );
  } catch {
    throw usage(`'${folder}' is no folder that can be read`);
  }
}
