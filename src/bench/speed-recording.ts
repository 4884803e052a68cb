import { HarnessError } from '#src/base/errors.ts';
import { settingsFor } from '#src/contract/choose.ts';
import type { Round } from '#src/contract/baseline.ts';
import type { Step } from '#src/contract/fuzz.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Settings } from '#src/contract/settings.ts';
import type { Trace } from '#src/contract/trace.ts';
import { followed } from '#src/judge/followed.ts';
import { duet } from '#src/suite/duet.ts';

/** One whole session between both reference sides: what is measured is played from it. */
export interface Recording {
  readonly protocol: Protocol;
  readonly settings: Settings;
  readonly server: string;
  readonly client: string;
  /** With the server as the peer. */
  readonly trace: Trace;
  /** The session; or one round of it, as the room says, behind what is said once. */
  readonly turns: readonly Turn[];
  /** How many of the turns are said once. */
  readonly opening: number;
  /** Frames of the turns. */
  readonly frames: number;
}

/** What the client says, and what comes of it. */
export interface Turn {
  readonly step: Extract<Step, { do: 'say' }>;
  /** Frames that come back for it. */
  readonly answers: number;
}

const seed = 42;

/** Records the session that the reference sides have with each other. */
export async function recordSession(protocol: Protocol, signal: AbortSignal): Promise<Recording> {
  const round = protocol.baseline?.round;
  const settings = settingsFor(protocol, { options: round?.options ?? {} });
  const { server } = protocol.model;
  const client = protocol.model.sides.find((side) => side !== server) ?? server;
  const { traces } = await duet({ protocol, settings, seed, signal, watch: () => {} });
  const trace = traces[server];
  if (trace === undefined) throw new HarnessError('internal', 'the session was not recorded');
  const turns = round === undefined ? turnsOf(protocol, trace, settings) : turnsIn(round);
  const opening = round?.opening?.length ?? 0;
  return { protocol, settings, server, client, trace, turns, opening, frames: framesOf(turns) };
}

/** Frames of both sides. */
export function framesOf(turns: readonly Turn[]): number {
  return turns.reduce((sum, { answers }) => sum + 1 + answers, 0);
}

function turnsIn({ opening = [], steps }: Round): readonly Turn[] {
  return [...opening, ...steps].map((step) => ({ step: { do: 'say', ...step }, answers: 1 }));
}

function turnsOf(protocol: Protocol, trace: Trace, settings: Settings): readonly Turn[] {
  const turns: Turn[] = [];
  for (const { by, perceived } of followed(protocol, trace, settings)) {
    const { message } = perceived;
    const turn = turns.at(-1);
    if (by === 'player' && message !== null) {
      turns.push({ step: { do: 'say', message, variant: 0 }, answers: 0 });
    } else if (turn !== undefined) turns[turns.length - 1] = { ...turn, answers: turn.answers + 1 };
  }
  return turns;
}
