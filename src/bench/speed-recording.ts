import { HarnessError } from '#src/base/errors.ts';
import { settingsFor } from '#src/contract/choose.ts';
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
  readonly turns: readonly Turn[];
  /** Frames of the session. */
  readonly frames: number;
}

/** What the client says, and what comes of it. */
export interface Turn {
  readonly step: Extract<Step, { do: 'say' }>;
  readonly sent: Uint8Array;
  readonly received: Uint8Array;
  /** Frames in what is received. */
  readonly answers: number;
}

const seed = 42;

/** Records the session that the reference sides have with each other. */
export async function recordSession(protocol: Protocol, signal: AbortSignal): Promise<Recording> {
  const settings = settingsFor(protocol);
  const { server } = protocol.model;
  const client = protocol.model.sides.find((side) => side !== server) ?? server;
  const { traces } = await duet({ protocol, settings, seed, signal, watch: () => {} });
  const trace = traces[server];
  if (trace === undefined) throw new HarnessError('internal', 'the session was not recorded');
  const turns = turnsOf(protocol, trace, settings);
  const frames = turns.reduce((sum, { answers }) => sum + 1 + answers, 0);
  return { protocol, settings, server, client, trace, turns, frames };
}

function turnsOf(protocol: Protocol, trace: Trace, settings: Settings): readonly Turn[] {
  const turns: Turn[] = [];
  const seen = new Set<number>();
  for (const { by, perceived, at } of followed(protocol, trace, settings)) {
    const event = trace.events[at];
    const bytes = event !== undefined && 'bytes' in event ? event.bytes : nothing;
    const { message } = perceived;
    const turn = turns.at(-1);
    if (by === 'player' && message !== null) {
      const step = { do: 'say', message, variant: 0 } as const;
      turns.push({ step, sent: bytes, received: nothing, answers: 0 });
    } else if (turn !== undefined) {
      const received = seen.has(at) ? turn.received : Buffer.concat([turn.received, bytes]);
      turns[turns.length - 1] = { ...turn, received, answers: turn.answers + 1 };
    }
    seen.add(at);
  }
  return turns;
}

const nothing = new Uint8Array(0);
