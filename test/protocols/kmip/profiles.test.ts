import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { subjectOf } from '#src/cli/profile.ts';
import type { Readings } from '#models/language/index.ts';
import { protocols } from '#src/protocols/index.ts';
import { kmip } from '#src/protocols/kmip/index.ts';
import { playCase } from '#src/suite/run-case.ts';
import { benchFor } from './bench.ts';

const file = (name: string) =>
  fileURLToPath(new URL(`../../../fixtures/profiles/${name}.yaml`, import.meta.url));

/** What public servers do by their sources, as mutants of ours do it: a profile, a mutant, a case. */
const known = [
  ['kmip-cosmian-5', 'server-stop-goes-on', 'batches/stop-order-kept-of-3-1-fails'],
  ['kmip-cosmian-5', 'server-usual-goes-on', 'batches/usual-order-kept-of-4-2-fails'],
  ['kmip-cosmian-5', 'server-undo-relabels', 'batches/undo-order-kept-of-2-2-fails'],
  ['kmip-cosmian-5', 'server-count-unchecked', 'batch-count/two-of-one'],
] as const;

/** What none of them may do, profile or not. */
const wrong = [
  ['kmip-cosmian-5', 'server-continue-stops', 'batches/continue-order-kept-of-3-1-fails'],
  ['kmip-cosmian-5', 'server-activates-anything', 'lifecycle/active-activate'],
  ['kmip-pykmip-0.10', 'server-stop-goes-on', 'batches/stop-order-kept-of-3-1-fails'],
  ['kmip-ovh-0.8', 'server-continue-stops', 'batches/continue-order-kept-of-3-1-fails'],
] as const;

describe('a profile of public software', () => {
  it.each(known)('%s allows what %s does, and nothing else allows it', async (name, mutant, id) => {
    const { readings } = await profileNamed(name);
    expect(await verdictOf(mutant, id, readings)).not.toBe('fail');
    expect(await verdictOf(mutant, id, {})).toBe('fail');
  });

  it.each(wrong)('%s does not allow what %s does', async (name, mutant, id) => {
    const { readings } = await profileNamed(name);
    expect(await verdictOf(mutant, id, readings)).toBe('fail');
  });
});

async function profileNamed(name: string) {
  const { profile } = await subjectOf({ profile: file(name) }, protocols);
  return profile;
}

/** What the judge, told of these readings, says of a mutant in a case. */
async function verdictOf(mutant: string, id: string, readings: Readings) {
  const one = kmip.cases.find((found) => found.id === `kmip/${id}`);
  if (one === undefined) throw new Error(`there is no case ${id}`);
  await using bench = await benchFor('server', mutant);
  const { verdict } = await playCase({ ...bench, profile: { ...bench.profile, readings } }, one);
  return verdict.verdict;
}
