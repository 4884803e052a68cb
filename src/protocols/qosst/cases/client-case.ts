import { assumedReadings, type Requirement } from '#models/language/index.ts';
import { messages, qosstModel, type MessageName, type SaidBy } from '#models/qosst/index.ts';
import { seededRandom } from '#src/base/random.ts';
import { chartOf } from '#src/chart/chart-of.ts';
import type { Case, Expectation, JudgedFrame } from '#src/contract/case.ts';
import type { Utterance } from '#src/contract/frame.ts';
import type { QosstBend } from '../compose.ts';
import { contents } from '../contents.ts';
import { qosstCase, type QosstPlayer } from './case.ts';

/** What an answer is, besides the message's name. */
export type Bent = Omit<Utterance<QosstBend>, 'message'>;

/** One answer of Alice's to one request of Bob's, bent in one place. */
export interface BentAnswer {
  /** `<topic>/<name>`. */
  readonly id: string;
  readonly title: string;
  readonly covers: readonly Requirement[];
  /** The state in which Alice owes the answer. */
  readonly from: string;
  readonly message: SaidBy<'alice'>;
  readonly bend?: Bent;
  /** Where the answer is not said in one piece. */
  readonly play?: (alice: QosstPlayer) => Promise<unknown>;
  readonly expect?: Expectation;
  readonly tags?: readonly string[];
}

/** A case against Bob that gives one bent answer, and goes on as Alice until he leaves. */
export function answerCase(row: BentAnswer): Case<QosstBend> {
  const { message, bend, play, ...rest } = row;
  return qosstCase({
    ...rest,
    against: 'bob',
    tags: row.tags ?? ['hostile'],
    play: play ?? ((alice) => alice.say(message, bend)),
  });
}

/** The content that an honest Alice would give an answer here; an empty object for none. */
export function canonical(
  alice: QosstPlayer,
  message: SaidBy<'alice'>,
): Readonly<Record<string, unknown>> {
  const readings = assumedReadings(qosstModel.ambiguities);
  const { place } = chartOf(qosstModel.session).initial({ readings });
  const [content] = contents(message, {
    position: { place, context: alice.context },
    settings: { dialect: 'qosst/0.2', readings, options: {} },
    random: seededRandom(0),
  });
  return { ...(typeof content === 'object' ? content : {}) };
}

/** Gives these answers to the requests that they are for, so often, as long as Bob asks. */
export async function keepAnswering(
  alice: QosstPlayer,
  answers: Partial<Readonly<Record<SaidBy<'bob'>, SaidBy<'alice'>>>> | SaidBy<'alice'>,
  { rounds, bend }: { readonly rounds: number; readonly bend?: Bent },
): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    const heard = await alice.hear();
    if (heard.kind !== 'frame') return;
    const { message } = heard.perceived;
    const answer = typeof answers === 'string' ? answers : answerTo(answers, message);
    if (answer === undefined || message === 'disconnection') return;
    alice.send(answer, bend);
  }
}

function answerTo(
  answers: Readonly<Record<string, SaidBy<'alice'> | undefined>>,
  message: string | null,
): SaidBy<'alice'> | undefined {
  return message === null ? undefined : answers[message];
}

/** Bob must take the first answer of this name as good: he neither objects nor begins anew. */
export function takes(requirement: Requirement, answer: MessageName): Expectation {
  const refusals = [messages.invalidResponse, messages.identificationRequest];
  const text = `another message than ${refusals.map((row) => row.wireName).join(' or ')}`;
  return {
    text,
    check(frames) {
      const at = frames.findIndex(({ by, perceived }) => isOf(by, 'player', perceived, answer));
      if (at < 0) return null;
      const next = frames.find(({ by }, index) => index > at && by === 'peer');
      const refuses = refusals.some((row) => row.code === next?.perceived.payload['code']);
      if (next !== undefined && !refuses) return null;
      const actual = next?.perceived.message ?? 'silence';
      return {
        kind: next === undefined ? 'silence' : 'answer',
        requirement,
        expected: [{ outcome: text, why: requirement.text }],
        actual,
        explanation: `${requirement.text} [${requirement.id}] What followed was ${actual}.`,
        at: (next ?? frames[at])?.at ?? 0,
      };
    },
  };
}

function isOf(
  by: JudgedFrame['by'],
  who: JudgedFrame['by'],
  { message }: JudgedFrame['perceived'],
  name: MessageName,
): boolean {
  return by === who && message === name;
}
