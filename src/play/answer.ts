import type { Model } from '#models/language/index.ts';
import { HarnessError } from '#src/base/errors.ts';
import type { Random } from '#src/base/random.ts';
import type { Place, Position } from '#src/chart/chart.ts';
import { mayTalk } from '#src/chart/tracker.ts';
import type { Perceived } from '#src/contract/frame.ts';
import type { Settings } from '#src/contract/settings.ts';
import type { Answer, Answers, Deed, SideRecord, SideScene } from '#src/contract/side.ts';

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
  readonly nowMs: number;
}

/** What a side sees at one moment. */
export function sceneOf(session: Session, moment: Moment): SideScene {
  return {
    context: moment.position.context,
    heard: moment.heard,
    memory: session.memory,
    random: session.random,
    settings: moment.settings,
    nowMs: moment.nowMs,
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
export function answerOf(
  { model, side, record }: Part,
  session: Session,
  moment: Moment,
): readonly Deed[] | Promise<readonly Deed[]> {
  const { position } = moment;
  if (!mayTalk(model, position, side)) return [];
  const answer = firstRow(record.answers, position.place);
  if (answer === null) return [];
  const deeds = answer(sceneOf(session, moment));
  return 'then' in deeds ? deeds.then(listed) : listed(deeds);
}

/** What a side answers at once: the reflex of an active state, without asking whose turn it is. */
export function reflexOf(
  { record }: Part,
  session: Session,
  moment: Moment,
): readonly Deed[] | Promise<readonly Deed[]> {
  const { states } = moment.position.place;
  const state = record.reflexes?.find((name) => states.includes(name));
  const answer = state === undefined ? undefined : record.answers[state];
  if (answer === undefined) return [];
  const deeds = answer(sceneOf(session, moment));
  return 'then' in deeds ? deeds.then(listed) : listed(deeds);
}

/** How long a side waits before it is asked again, where its deeds say so; `null`: for ever. */
export function delayOf(deeds: readonly Deed[]): number | null {
  const delays = deeds.flatMap((deed) => (deed.do === 'later' ? deed.ms : []));
  return delays.length === 0 ? null : Math.min(...delays);
}

/** A side whose answer does not settle what it answers: it would be given for ever. */
export function endless(
  { side, record, position }: Omit<Part, 'model'> & Pick<Moment, 'position'>,
  deeds: readonly Deed[],
): HarnessError {
  const at = speakingState(record.answers, position.place) ?? 'no state';
  const said = deeds.map((deed) => (deed.do === 'say' ? deed.utterance.message : deed.do));
  const answer = said.join(', ');
  return new HarnessError(
    'internal',
    `the ${side} would go on for ever: what it does at ${at}, ${answer}, settles nothing there`,
  );
}

function listed(deeds: Deed | readonly Deed[]): readonly Deed[] {
  return 'length' in deeds ? deeds : [deeds];
}

const rows = new WeakMap<Answers, WeakMap<Place, Answer | null>>();

/** The first row whose state is active at a place; worked out once. */
function firstRow(answers: Answers, place: Place): Answer | null {
  const ofTable = rows.get(answers) ?? new WeakMap<Place, Answer | null>();
  const known = ofTable.get(place);
  if (known !== undefined) return known;
  const state = speakingState(answers, place);
  const answer = (state === undefined ? undefined : answers[state]) ?? null;
  rows.set(answers, ofTable.set(place, answer));
  return answer;
}

function speakingState(answers: Answers, place: Place): string | undefined {
  return Object.keys(answers).find((name) => place.states.includes(name));
}
