import { HarnessError } from '#src/base/errors.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Mutant } from '#src/contract/side.ts';
import type { Profile } from '#src/contract/target.ts';
import { referenceProfile } from './reference-profile.ts';

/** For an owed answer of a mutant, ms: those that fall silent cost it each time. */
const mutantReplyMs = 500;
/** For an answer of a side that always answers: only a busy machine takes long, ms. */
const correctReplyMs = 10_000;

/** A mutant of a protocol, as a target. */
export function mutantProfile(protocol: Protocol, { side, id }: Mutant): Profile {
  return referenceProfile(protocol, { side, mutant: id, readings: {}, replyMs: mutantReplyMs });
}

/** One of the protocol's own sides, as a target that follows some readings. */
export function correctProfile(
  protocol: Protocol,
  { side, readings }: Pick<Profile, 'side' | 'readings'>,
): Profile {
  return referenceProfile(protocol, { side, mutant: null, readings, replyMs: correctReplyMs });
}

/** @throws HarnessError `internal` where a protocol has no such mutant. */
export function mutantOf({ name, mutants }: Protocol, id: string): Mutant {
  const found = mutants.find((mutant) => mutant.id === id);
  if (found === undefined) throw new HarnessError('internal', `${name} has no mutant '${id}'`);
  return found;
}
