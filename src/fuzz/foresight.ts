import type { Deviation } from '#src/contract/fuzz.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Profile } from '#src/contract/target.ts';
import { destruction, nothingMalformed, withholding } from '#src/suite/restraint.ts';
import { operations } from './deviate.ts';
import type { Taste } from './menu.ts';
import { arrived, wandering } from './picker.ts';

/** What becomes of a message in a campaign. */
export interface ForeseenMessage {
  readonly message: string;
  /**
   * `legal`: it is said where the model allows it; `anywhere`: out of its place as well; `misplaced`:
   * it is the target's to say, and said all the same.
   */
  readonly said: 'legal' | 'anywhere' | 'misplaced';
  /** `sometimes`: it is looked at each time that it is to be said. */
  readonly passes: 'always' | 'sometimes' | 'never';
  /** Why it does not pass, or not always; what it destroys where it does; else `null`. */
  readonly why: string | null;
}

/** A way in which a campaign departs from what the model says. */
export interface ForeseenDeviation {
  readonly step: string;
  readonly isDrawn: boolean;
  /** How often it is drawn on the way somewhere, and where the session was led to, 0 … 1. */
  readonly share: { readonly onTheWay: number; readonly there: number };
  /** Why it is left out; `null`: it is not. */
  readonly why: string | null;
  /** By level: names of ways to bend a message. */
  readonly ways?: Readonly<Record<Deviation['level'], readonly string[]>>;
}

const legalOnly = 'safe mode: nothing is said but what is legal';

const deviations = {
  bent: 'a message is bent',
  misplaced: 'a message is said out of its place',
  repeat: 'a frame is said again, byte by byte',
  reconnect: 'a connection is ended or reset in the middle',
  hasty: 'the next message does not await the answer',
  pieces: 'a message comes in pieces',
} as const satisfies Partial<Record<keyof Taste, string>>;

/** Each message that a campaign may say, by the names of the model, and what becomes of it. */
export function foreseenMessages(protocol: Protocol, profile: Profile): readonly ForeseenMessage[] {
  return Object.entries(protocol.model.messages).flatMap(([message, { saidBy }]) => {
    const isOurs = saidBy.some((side) => side !== profile.side);
    if (!isOurs && profile.safe) return [];
    const said = profile.safe ? 'legal' : isOurs ? 'anywhere' : 'misplaced';
    return [{ message, said, ...passage(protocol, profile, message) }] as const;
  });
}

function passage(
  protocol: Protocol,
  profile: Profile,
  message: string,
): Pick<ForeseenMessage, 'passes' | 'why'> {
  const never = withholding(protocol, profile, message);
  if (never !== null) return { passes: 'never', why: never };
  const bound = destruction(protocol, profile, message);
  if (bound !== null) return { passes: 'sometimes', why: bound };
  const what = protocol.destructive?.[message];
  const why = profile.safe ? 'there is consent' : 'not in safe mode';
  return { passes: 'always', why: what === undefined ? null : `destructive (${what}): ${why}` };
}

/** Each way in which a campaign departs from the model, drawn or left out. */
export function foreseenDeviations(
  { fuzzing }: Protocol,
  { safe }: Profile,
): readonly ForeseenDeviation[] {
  const kinds = ['bent', 'misplaced', 'repeat', 'reconnect', 'hasty', 'pieces'] as const;
  return kinds.map((kind) => ({
    step: deviations[kind],
    isDrawn: !safe,
    share: { onTheWay: safe ? 0 : wandering[kind], there: safe ? 0 : arrived[kind] },
    why: safe ? (kind === 'bent' ? nothingMalformed : legalOnly) : null,
    ...(kind === 'bent' ? { ways: waysToBend(fuzzing) } : {}),
  }));
}

function waysToBend(fuzzing: Protocol['fuzzing']): NonNullable<ForeseenDeviation['ways']> {
  const all = operations(fuzzing);
  const of = (level: Deviation['level']) =>
    all.filter((one) => one.level === level).map(({ op }) => op);
  return { bytes: of('bytes'), frame: of('frame'), content: of('content') };
}
