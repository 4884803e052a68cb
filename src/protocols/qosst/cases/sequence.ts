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

/** The nearest position of Bob's in each state, when Alice gives her usual answers. */
const usual = reachable((moves) => moves.slice(0, 1));

/**
 * Legal and illegal sequences, read off the model: each of Bob's moves in each state where it is
 * legal, and each of all 59 messages in each state where it is not.
 */
export const sequence: readonly Case<QosstBend>[] = states().flatMap((state) => [
  ...legalMoves(state),
  ...illegalMessages(state),
  ...brokenTrust(state),
  ...abortedWork(state),
]);

/** A state in which it is Bob's turn, and the nearest position in it. */
interface BobState {
  readonly state: string;
  readonly position: Position;
  /** `choice`: reached only where Alice chooses another answer than the usual one. */
  readonly tags: readonly string[];
}

function states(): readonly BobState[] {
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

/** In each state a frame that is not authentic is refused, whatever it says. */
function brokenTrust({ state, position, tags }: BobState): readonly Case<QosstBend>[] {
  const message = ownMessages(position)[0];
  if (message === undefined || state === 'link.unidentified') return [];
  const bends: Readonly<Record<string, QosstBend>> = {
    'stale-challenge': { challenge: 'issued-by-nobody' },
    'wrong-digest': { digest: (honest) => honest.map((byte) => byte ^ 0xff) },
  };
  return Object.entries(bends).map(([name, frame]) =>
    qosstCase({
      id: `sequence/${state}/${name}`,
      title: `In ${state} Alice does not trust ${wireName(message)} with a ${name.replace('-', ' ')}`,
      covers: [requirements.unauthenticAnswered, requirements.unauthenticReidentifies],
      against: 'alice',
      from: state,
      tags: [...tags, 'hostile', `says:${message}`],
      play: (bob) => bob.say(message, { frame }),
    }),
  );
}

/** In each state ABORT drops the frame: what was legal for it only is refused afterwards. */
function abortedWork({ state, position, tags }: BobState): readonly Case<QosstBend>[] {
  const work = ownMessages(position);
  if (work.length === 0) return [];
  return [
    qosstCase({
      id: `sequence/${state}/nothing-is-left-after-abort`,
      title: `After an ABORT in ${state} Alice knows nothing of the frame`,
      covers: [requirements.abortDropsFrame, requirements.abortAcknowledged],
      against: 'alice',
      from: state,
      tags: [...tags, 'says:abort'],
      play: async (bob) => {
        await bob.say('abort');
        for (const message of work) await bob.say(message);
      },
    }),
  ];
}

/** Bob's messages that are legal at a position and would not be without a frame. */
function ownMessages(position: Position): readonly MessageName[] {
  const idle = usual.get('initialization.requesting');
  const anywhere = new Set(idle === undefined ? [] : legalFor(idle, 'bob'));
  return legalFor(position, 'bob').filter((message) => !anywhere.has(message));
}

function legalFor(position: Position, side: string): readonly MessageName[] {
  const legal = [...moves(chart, qosstModel, { position, contents: canonical })];
  const names = legal.filter(({ speaker }) => speaker === side).map(({ message }) => message);
  return [...new Set(names)].filter(isMessage);
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
