import { nearest } from '#src/base/nearest.ts';
import { isJsonObject, type Json } from '#src/base/json.ts';
import { memberAt, namesBeside, withMember, writePath, type Path } from './members.ts';
import type { Deed } from './script.ts';

/** What became of the members of a frame; `why`: why nothing did. */
export type Rewritten =
  { readonly ok: true; readonly members: Json } | { readonly ok: false; readonly why: string };

/** A deed that changes what a frame says. */
export type Change = Extract<Deed, { do: 'set' | 'remove' | 'swap' | 'replayMember' | 'corrupt' }>;

/** Changes members. `before`: what the same speaker had at a place in an earlier frame. */
export function rewritten(
  members: Json,
  change: Change,
  before: (at: Path, now: Json) => Json | undefined,
): Rewritten {
  switch (change.do) {
    case 'set':
      return inTurn(members, change.members, (all, { at, value }) => put(all, at, value));
    case 'remove':
      return inTurn(members, change.members, (all, at) => put(all, at, undefined, true));
    case 'swap':
      return swapped(members, change.members);
    case 'corrupt':
      return corrupted(members, change.at);
    case 'replayMember': {
      const now = memberAt(members, change.at);
      if (now === undefined) return missing(members, change.at);
      const old = before(change.at, now);
      if (old === undefined) {
        return { ok: false, why: `no frame before had another ${writePath(change.at)}` };
      }
      return put(members, change.at, old);
    }
  }
}

function inTurn<One>(
  members: Json,
  list: readonly One[],
  change: (members: Json, one: One) => Rewritten,
): Rewritten {
  return list.reduce<Rewritten>((so, one) => (so.ok ? change(so.members, one) : so), {
    ok: true,
    members,
  });
}

function put(members: Json, at: Path, value: Json | undefined, mustBe = false): Rewritten {
  if (mustBe && memberAt(members, at) === undefined) return missing(members, at);
  const next = withMember(members, at, value);
  return next === null ? missing(members, at) : { ok: true, members: next };
}

function missing(members: Json, at: Path): Rewritten {
  const known = namesBeside(members, at);
  const near = nearest(writePath(at), known);
  const meant = near === null ? '' : `; did you mean '${near}'?`;
  return { ok: false, why: `it has no ${writePath(at)}${meant}` };
}

function swapped(members: Json, paths: Extract<Deed, { do: 'swap' }>['members']): Rewritten {
  const [first] = paths;
  const list = memberAt(members, first);
  const [left, right] =
    paths.length === 2
      ? paths
      : [
          [...first, 0],
          [...first, 1],
        ];
  if (list === undefined) return missing(members, first);
  const [one, other] = [memberAt(members, left), memberAt(members, right)];
  if (one === undefined || other === undefined) {
    const count = Array.isArray(list) ? list.length : 1;
    return { ok: false, why: `there are not two of ${writePath(first)}, but ${count}` };
  }
  const half = put(members, left, other);
  return half.ok ? put(half.members, right, one) : half;
}

function corrupted(members: Json, at: number | Path): Rewritten {
  if (typeof at === 'number') return { ok: true, members };
  const now = memberAt(members, at);
  if (now === undefined) return missing(members, at);
  if (Array.isArray(now) || isJsonObject(now)) {
    return { ok: false, why: `${writePath(at)} holds more than one value` };
  }
  return put(members, at, spoilt(now));
}

function spoilt(value: Json): Json {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'bigint') return value + 1n;
  if (typeof value !== 'string') return 0;
  const last = value.at(-1) === '0' ? '1' : '0';
  return value === '' ? '0' : value.slice(0, -1) + last;
}
