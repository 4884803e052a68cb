import type { Model } from '#models/language/index.ts';
import type { Random } from '#src/base/random.ts';
import type { Position } from '#src/chart/chart.ts';
import { mayTalk } from '#src/chart/tracker.ts';
import type { Perceived } from '#src/contract/frame.ts';
import type { Settings } from '#src/contract/settings.ts';
import type { Deed, SideRecord, SideScene } from '#src/contract/side.ts';

/** What a side keeps while a session lasts. */
export interface Session {
  readonly memory: unknown;
  readonly random: Random;
}

/** What a side looks at when it is asked to speak. */
export interface Moment {
  readonly position: Position;
  readonly settings: Settings;
  readonly heard: Perceived | null;
}

/** What a side sees at one moment. */
export function sceneOf(session: Session, moment: Moment): SideScene {
  return {
    context: moment.position.context,
    heard: moment.heard,
    memory: session.memory,
    random: session.random,
    settings: moment.settings,
  };
}

/** Who is to act, and by which table. */
export interface Part {
  readonly model: Model;
  readonly side: string;
  readonly record: SideRecord;
}

/**
 * What a side does at one moment: the first row of its table whose state is active; nothing
 * while it is not its turn.
 */
export async function answerOf(
  { model, side, record }: Part,
  session: Session,
  moment: Moment,
): Promise<readonly Deed[]> {
  if (!mayTalk(model, moment.position, side)) return [];
  const { states } = moment.position.place;
  for (const [state, answer] of Object.entries(record.answers)) {
    if (!states.includes(state)) continue;
    const deeds = await answer(sceneOf(session, moment));
    return 'length' in deeds ? deeds : [deeds];
  }
  return [];
}
