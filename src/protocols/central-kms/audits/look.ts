import { member } from '#models/central-kms/index.ts';
import type { Requirement } from '#models/language/index.ts';
import type { JudgedFrame } from '#src/contract/case.ts';
import type { Audit } from '#src/contract/protocol.ts';

/** What a frame breaks, in one sentence; `null`: nothing. */
export type Look = (frame: JudgedFrame) => string | null;

/**
 * A property of every frame of the peer's; `begin` makes its look anew for each trace, `unless` is
 * the reading under which it does not hold.
 */
export function audit(
  requirement: Requirement,
  begin: () => Look,
  unless?: readonly [key: string, reading: string],
): Audit {
  const ofPeer =
    (peers: Look): Look =>
    (frame) =>
      frame.by === 'peer' ? peers(frame) : null;
  return auditOfBoth(requirement, () => ofPeer(begin()), unless);
}

/** A property of every frame of the peer's, for which frames of both sides are looked at. */
export function auditOfBoth(
  requirement: Requirement,
  begin: () => Look,
  unless?: readonly [key: string, reading: string],
): Audit {
  return {
    requirement,
    check(frames, peer, readings) {
      if (unless !== undefined && readings[unless[0]] === unless[1]) return null;
      if (requirement.binds !== peer && requirement.binds !== 'any') return null;
      const look = begin();
      for (const frame of frames) {
        const detail = look(frame);
        if (detail !== null && frame.by === 'peer') return { at: frame.at, detail };
      }
      return null;
    },
  };
}

/** What a frame says. */
export function contentIn({ perceived }: JudgedFrame): unknown {
  return perceived.payload['content'];
}

/** A text in the params or the result of a message; `null` where it has none, or is another. */
export function textOf(
  frame: JudgedFrame,
  message: string,
  [place, name]: readonly ['params' | 'result', string],
): string | null {
  if (frame.perceived.message !== message) return null;
  const value = member(member(contentIn(frame), place), name);
  return typeof value === 'string' ? value : null;
}

/** Whether each text of a kind is one that did not come before: what is told where it is not. */
export function fresh(pick: (frame: JudgedFrame) => string | null, what: string): () => Look {
  return () => {
    const known = new Map<string, number>();
    return (frame) => {
      const text = pick(frame);
      if (text === null) return null;
      const before = known.get(text);
      known.set(text, frame.session);
      return before === undefined ? null : `${what} came twice.`;
    };
  };
}
