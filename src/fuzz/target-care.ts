import type { Blame, Requirement } from '#models/language/index.ts';
import { HarnessError } from '#src/base/errors.ts';
import type { Step } from '#src/contract/fuzz.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Trace } from '#src/contract/trace.ts';
import type { Violation } from '#src/contract/verdict.ts';
import { followed } from '#src/judge/followed.ts';
import { signature } from './identify.ts';
import { replay, type Replayed } from './replay.ts';
import type { Arena } from './walker.ts';

/** `hung`: it takes connections and answers nothing; `gone`: it takes none. */
export type Health = 'well' | 'hung' | 'gone';

/** What a campaign may ask about its target, and ask for it, between sessions. */
export interface Care {
  /** Looks on a connection of its own. */
  probe(): Promise<Health>;
  /** @throws HarnessError `unreachable` where the target does not come back. */
  revive(): Promise<void>;
  /** How often it was brought back. */
  readonly restarts: number;
  /** True where nobody else talks to the target: what befalls it is our doing. */
  readonly alone: boolean;
}

/** How a target fell: its process died, or it answers nobody any more. */
export type Fall = 'crash' | 'hang';

/** What a fall breaks, and how it is told. */
export type FallViolation = Omit<Violation, 'kind'> & { readonly kind: Fall };

/** Steps played again, with a look at what is left of the target. */
export interface Exhibit extends Omit<Replayed, 'verdict'> {
  readonly violation: Violation | FallViolation | null;
  readonly readings: readonly string[];
}

/**
 * Plays steps and looks whether the target survived them; one that fell was brought back.
 * @throws HarnessError `unreachable` where it does not come back.
 */
export async function exhibit(
  { arena, care }: { readonly arena: Arena; readonly care: Care },
  shown: { readonly steps: readonly Step[]; readonly seed: number; readonly falls: boolean },
): Promise<Exhibit> {
  const { verdict, ...replayed } = await replay(arena, shown.steps, shown.seed);
  const { violation, readings } = verdict;
  const plain = { ...replayed, violation, readings };
  if (!shown.falls && !suspicious(replayed.trace)) return plain;
  const health = await care.probe();
  if (health === 'well') return plain;
  await care.revive();
  const fall = fallOf(arena.protocol, replayed.trace, health === 'gone' ? 'crash' : 'hang');
  return {
    ...replayed,
    readings,
    violation: fall,
    signature: fallSignature(arena, fall, replayed.trace),
  };
}

/** True where the peer ended a connection or fell silent: it may be gone altogether. */
function suspicious({ events }: Trace): boolean {
  return events.some(
    (event) => event.kind === 'silence' || (event.kind === 'closed' && event.by === 'peer'),
  );
}

/** A fall, as what it breaks: a server goes on serving, a side answers what it owes. */
export function fallOf(protocol: Protocol, trace: Trace, kind: Fall): FallViolation {
  const requirement = requirementOf(protocol, trace.peer, kind);
  const actual =
    kind === 'crash'
      ? 'the target is gone: it takes no connection any more'
      : 'the target hangs: silence here, and no answer on a fresh connection';
  return {
    kind,
    requirement,
    expected: [{ outcome: 'the target goes on serving', why: requirement.text }],
    actual,
    explanation: `${requirement.id} says: "${requirement.text}" After what was sent, ${actual}.`,
    at: Math.max(0, trace.events.length - 1),
  };
}

/** What falls that are the same have in common. */
export function fallSignature(arena: Arena, fall: FallViolation, trace: Trace): string {
  return signature(fall, followed(arena.protocol, trace, arena.settings));
}

function requirementOf({ model }: Protocol, peer: string, kind: Fall): Requirement {
  const blame: Blame = kind === 'crash' ? 'closing' : 'silence';
  const requirement = model.blame[blame][peer] ?? Object.values(model.blame[blame])[0];
  if (requirement !== undefined) return requirement;
  throw new HarnessError('internal', `the model blames nobody for ${blame}`);
}
