import { assumedReadings } from '#models/language/index.ts';
import { messages, qosstModel, requirements, type MessageName } from '#models/qosst/index.ts';
import { seededRandom } from '#src/base/random.ts';
import { chartOf } from '#src/chart/chart-of.ts';
import type { Position } from '#src/chart/chart.ts';
import { moves, type Move } from '#src/chart/path.ts';
import type { Case } from '#src/contract/case.ts';
import type { QosstBend } from '../compose.ts';
import { contents } from '../contents.ts';
import { qosstCase } from './case.ts';

const chart = chartOf(qosstModel.session);
const settings = {
  dialect: 'qosst/0.2',
  readings: assumedReadings(qosstModel.ambiguities),
  options: {},
};

/** Where Bob says nothing more, or what only wrong frames reach. */
const asides = ['refusal', 'stranded', 'challengeChain', 'disconnection', 'link.distrust'];

/**
 * Legal and illegal sequences, read off the model: each of Bob's moves in each state where it is
 * legal, and each of all 59 messages in each state where it is not.
 */
export const sequence: readonly Case<QosstBend>[] = states().flatMap((state) => [
  ...legalMoves(state),
  ...illegalMessages(state),
]);

/** A state in which it is Bob's turn, and the nearest position in it. */
interface BobState {
  readonly state: string;
  readonly position: Position;
  /** `choice`: reached only where Alice chooses another answer than the usual one. */
  readonly tags: readonly string[];
}

function states(): readonly BobState[] {
  const usual = reachable((moves) => moves.slice(0, 1));
  const all = reachable((moves) => moves);
  return [...all].map(([state, position]) => {
    const nearest = usual.get(state);
    return { state, position: nearest ?? position, tags: nearest === undefined ? ['choice'] : [] };
  });
}

/** The nearest position of Bob's in each state, when Alice chooses among her answers so. */
function reachable(
  choose: (answers: readonly Move[]) => readonly Move[],
): ReadonlyMap<string, Position> {
  const found = new Map<string, Position>();
  const start = chart.initial({ readings: settings.readings });
  const seen = new Set([start.place.index]);
  let edge: Position[] = [start];
  while (edge.length > 0) {
    const next: Position[] = [];
    for (const position of edge) {
      if (!position.place.tags.has('owes:alice')) {
        for (const state of position.place.states) {
          const aside = asides.some((name) => state.startsWith(name));
          if (!aside && !found.has(state)) found.set(state, position);
        }
      }
      for (const { step } of onward(position, choose)) {
        if (seen.has(step.place.index)) continue;
        seen.add(step.place.index);
        next.push(step);
      }
    }
    edge = next;
  }
  return found;
}

function onward(
  position: Position,
  choose: (answers: readonly Move[]) => readonly Move[],
): readonly Move[] {
  const legal = [...moves(chart, qosstModel, { position, contents: canonical })];
  const answers = legal.filter(
    ({ speaker, message }) => speaker === 'alice' && message !== 'abort',
  );
  return [...legal.filter(({ speaker }) => speaker === 'bob'), ...choose(answers)];
}

function canonical(message: string, position: Position): readonly unknown[] {
  if (!isMessage(message)) return [];
  return contents(message, { position, settings, random: seededRandom(0) });
}

function legalMoves({ state, position, tags }: BobState): readonly Case<QosstBend>[] {
  const legal = [...moves(chart, qosstModel, { position, contents: canonical })];
  return legal
    .filter((move) => move.speaker === 'bob')
    .map(({ message, variant, step }) => {
      const branch = variant === 0 ? '' : `-${variant + 1}`;
      return qosstCase({
        id: `sequence/${state}/${message}${branch}`,
        title: `In ${state} Alice answers ${wireName(message)}${variant === 0 ? '' : ' (other content)'}`,
        covers:
          step.place.covers.length > 0 ? step.place.covers : [requirements.answersEveryRequest],
        against: 'alice',
        from: state,
        tags: [...tags, `says:${message}`],
        play: (bob) =>
          bob.say(message, { content: canonicalContent(message, bob.context, variant) }),
      });
    });
}

function illegalMessages({ state, position, tags }: BobState): readonly Case<QosstBend>[] {
  const legal = new Set(
    [...moves(chart, qosstModel, { position, contents: canonical })].map((move) => move.message),
  );
  return Object.keys(messages)
    .filter(isMessage)
    .filter((message) => !legal.has(message))
    .map((message) =>
      qosstCase({
        id: `sequence/${state}/${message}-is-unexpected`,
        title: `In ${state} Alice refuses ${wireName(message)}`,
        covers: [requirements.unexpectedCommandAnswered, requirements.unexpectedCommandReturnsCode],
        against: 'alice',
        from: state,
        tags: [...tags, `says:${message}`],
        reusable: true,
        play: (bob) => bob.say(message),
      }),
    );
}

function canonicalContent(message: string, context: unknown, variant: number): unknown {
  const [place] = [chart.initial({ readings: settings.readings }).place];
  return canonical(message, { place, context })[variant];
}

function wireName(message: string): string {
  return isMessage(message) ? messages[message].wireName : message;
}

function isMessage(name: string): name is MessageName {
  return Object.hasOwn(messages, name);
}
