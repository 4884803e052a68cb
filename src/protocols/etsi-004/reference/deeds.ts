import type { Deed } from '#src/contract/side.ts';

/** The shortest of some waits, as a deed; none where nothing waits. */
export function delayOf(waits: readonly number[]): Deed | null {
  const left = waits.filter((ms) => ms > 0);
  return left.length === 0 ? null : { do: 'later', ms: Math.min(...left) };
}

/** What is done by itself; where that is to wait, for no longer than something else does. */
export function soonest(deeds: Deed | readonly Deed[], wait: Deed | null): Deed | readonly Deed[] {
  if (wait === null) return deeds;
  const own = 'length' in deeds ? deeds : [deeds];
  const isWaiting = own.every((deed) => deed.do === 'later');
  if (!isWaiting) return own;
  const ms = [...own, wait].map((deed) => (deed.do === 'later' ? deed.ms : Infinity));
  return { do: 'later', ms: Math.min(...ms) };
}
