import type { Blame, Requirement } from '#models/language/index.ts';
import { HarnessError } from '#src/base/errors.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Trace } from '#src/contract/trace.ts';
import type { Violation } from '#src/contract/verdict.ts';
import { followed } from '#src/judge/followed.ts';
import type { Exit } from '#src/transport/command.ts';
import { exitText } from '#src/transport/exit-text.ts';
import { died } from './client-death.ts';
import { signature } from './identify.ts';
import { replay, type Play, type Replayed } from './replay.ts';
import type { Arena } from './walker.ts';

/** A process that has closed its connection or its port may take a moment to end, ms. */
const endingMs = 3000;
/** What differs between two deaths of the same cause: sizes, positions, addresses. */
const numbers = /0x[0-9a-f]+|\d+/gi;
const goesOnServing = 'the target goes on serving';
const leavesAsItMay = 'the target goes on, or takes its leave';

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
  /** How the target's process ended by itself, within so long, where it was started here. */
  exit?(limitMs: number): Promise<Exit | null>;
}

/** A target, and who cares for it. */
export interface Ward {
  readonly arena: Arena;
  readonly care: Care;
}

/** What somebody did wrong, and what it has in common with others of its kind. */
export interface Charge<Kind = FallViolation> {
  readonly violation: Kind;
  readonly signature: string;
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
  { arena, care }: Ward,
  shown: Play & { readonly falls: boolean },
): Promise<Exhibit> {
  const { verdict, ...replayed } = await replayedUp({ arena, care }, shown);
  const { violation, readings } = verdict;
  const plain = { ...replayed, violation, readings };
  if (replayed.isBarred) return plain;
  const death = await deathOf({ arena, care }, replayed.trace, violation);
  if (death !== null) return { ...plain, ...death };
  if (!shown.falls && !suspicious(replayed.trace)) return plain;
  const health = await care.probe();
  if (health === 'well') return plain;
  const kind = health === 'gone' ? 'crash' : 'hang';
  const exit = kind === 'hang' ? null : ((await care.exit?.(endingMs)) ?? null);
  await care.revive();
  return { ...plain, ...chargeOf(arena, replayed.trace, { kind, exit }) };
}

/** Plays steps; a target that what was played before felled, unnoticed, is brought back first. */
async function replayedUp({ arena, care }: Ward, play: Play): Promise<Replayed> {
  try {
    return await replay(arena, play);
  } catch (fault) {
    if (!(fault instanceof HarnessError) || fault.code !== 'unreachable') throw fault;
    await care.revive();
    return replay(arena, play);
  }
}

/**
 * What a client's end amounts to where it was no leave but a death; `null` for one that goes on,
 * or left, and for servers: they are asked whether they live.
 */
export async function deathOf(
  { arena, care }: Ward,
  trace: Trace,
  shown: Violation | null,
): Promise<Charge | null> {
  const { protocol, side } = arena;
  const left = trace.events.some((event) => event.kind === 'closed' && event.by === 'peer');
  if (side !== protocol.model.server || care.exit === undefined || !left) return null;
  const exit = await care.exit(endingMs);
  if (exit === null || !died(exit, { hadLeave: shown?.kind !== 'closed' })) return null;
  return chargeOf(arena, trace, { kind: 'crash', exit });
}

/** A fall; that of a process with last words is the same whenever it dies with the same words. */
function chargeOf(
  arena: Arena,
  trace: Trace,
  { kind, exit }: { readonly kind: Fall; readonly exit: Exit | null },
): Charge {
  const fall = fallOf(arena.protocol, trace, kind);
  const shape = fallSignature(arena, fall, trace);
  if (exit === null) return { violation: fall, signature: shape };
  const actual = `the target ended with ${exitText(exit)}`;
  const { id, text } = fall.requirement;
  const explanation = `${id} says: "${text}" After what was sent, ${actual}.`;
  const words = exit.lastWords.trim() === '' ? null : exitText(exit).replace(numbers, '#');
  const signature = words === null ? shape : [id, kind, words].join('|');
  return { violation: { ...fall, actual, explanation }, signature };
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
  const serves = trace.peer === protocol.model.server;
  const actual =
    kind === 'crash'
      ? 'the target is gone: it takes no connection any more'
      : 'the target hangs: silence here, and no answer on a fresh connection';
  return {
    kind,
    requirement,
    expected: [{ outcome: serves ? goesOnServing : leavesAsItMay, why: requirement.text }],
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
