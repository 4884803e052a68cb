import { messages, requirements, type SaidBy } from '#models/qosst/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { QosstBend } from '../compose.ts';
import type { QosstPlayer } from './case.ts';
import { answerCase, canonical, type BentAnswer } from './client-case.ts';

/** Answers whose content Bob needs, and where he is given them. */
const answers: Partial<Readonly<Record<SaidBy<'alice'>, string>>> = {
  identificationResponse: 'identification.answering',
  parameterChanged: 'parameterChange.answering',
  parameterUnknown: 'parameterChange.answering',
  parameterInvalidValue: 'parameterChange.answering',
  parameterUnchanged: 'parameterChange.answering',
  initializationDenied: 'initialization.answering',
  initializationProposal: 'initialization.answering',
  initializationConfig: 'initialization.configuring',
  peSymbolsResponse: 'parameterEstimation.answeringIndices',
  peNphotonResponse: 'parameterEstimation.answeringPhotonNumber',
  frameEndedAck: 'endOfFrame.acknowledging',
};

/** Values of a wrong type, whatever the right one is. */
const misfits = { null: null, number: 7, text: 'seven', list: [true], object: { seven: 7 } };

const photons = {
  from: 'parameterEstimation.answeringPhotonNumber',
  message: 'peNphotonResponse',
} as const;
const symbols = {
  from: 'parameterEstimation.answeringIndices',
  message: 'peSymbolsResponse',
} as const;

type Content = Readonly<Record<string, unknown>>;
type Misfit = keyof typeof misfits;

/** Which misfits are none of a member's type: by the kind of its example. */
const wrongFor = (example: unknown): readonly Misfit[] => {
  const kind = Array.isArray(example) ? 'list' : typeof example;
  const right: Readonly<Record<string, readonly Misfit[]>> = {
    string: ['text'],
    number: ['number'],
    list: [],
    object: ['object', 'text'],
  };
  const all: readonly Misfit[] = ['null', 'number', 'text', 'list', 'object'];
  return all.filter((misfit) => right[kind]?.includes(misfit) !== true);
};

/** Members that may have any value: nothing but their absence is wrong. */
const free = ['old_value', 'new_value'];

/** Kinds of wrong content that stand for the others where each case starts a client. */
const telling = /-(none|no-\w+|\w+-null)$/;

/** Lists of another length than that of the indices, for so many of them. */
const lengths: Readonly<Record<string, (asked: number) => readonly [number, number]>> = {
  short: (asked) => [asked - 1, asked - 1],
  long: (asked) => [asked + 1, asked + 1],
  uneven: (asked) => [asked, asked - 1],
  empty: () => [0, 0],
};

/** What Bob makes of answers whose content is not what is described. */
export const clientContent: readonly Case<QosstBend>[] = [
  ...Object.entries(answers).flatMap(([message, from]) =>
    isAnswer(message) ? contentCases(message, from) : [],
  ),
  ...Object.entries(lengths).map(([name, lists]) =>
    bad({
      id: `client-content/symbols-${name}`,
      title: `Bob objects to ${name} lists of symbols`,
      ...symbols,
      play: (alice) => {
        const [real, imag] = lists(count(canonical(alice, 'peSymbolsResponse')));
        return alice.say('peSymbolsResponse', { content: powerless(real, imag) });
      },
    }),
  ),
  ...['NaN', 'Infinity', '-Infinity'].map((literal) =>
    bad({
      id: `client-content/photon-number-${literal}`,
      title: `Bob objects to the photon number ${literal}, which is no JSON`,
      ...photons,
      bend: { frame: { content: Buffer.from(`{"n_photon": ${literal}}`) } },
    }),
  ),
  ...Object.entries({ zero: 0, negative: -1, tiny: 1e-300, huge: 1.7e308 }).map(([name, photons]) =>
    answerCase({
      id: `client-content/photon-number-${name}`,
      title: `Bob estimates in numbers, or gives the frame up, with ${photons} photons a symbol`,
      covers: [requirements.estimatesContent, requirements.contentIsJson],
      from: 'parameterEstimation.answeringPhotonNumber',
      message: 'peNphotonResponse',
      bend: { content: { n_photon: photons } },
      tags: [],
    }),
  ),
  answerCase({
    id: 'client-content/symbols-dark',
    title: 'Bob gives a frame up that Alice denies, as its symbols leave no key',
    covers: [requirements.estimatesContent, requirements.denialEndsFrame],
    ...symbols,
    play: (alice) => {
      const asked = count(canonical(alice, 'peSymbolsResponse'));
      return alice.say('peSymbolsResponse', { content: powerless(asked, asked) });
    },
    tags: [],
  }),
];

/** One case a member and misfit, and those about the content as a whole. */
function contentCases(message: SaidBy<'alice'>, from: string): readonly Case<QosstBend>[] {
  const example: unknown = messages[message].example;
  const members = Object.entries(isRecord(example) ? example : {});
  const begin = (id: string) => ({
    id,
    from: begins(from),
    message,
    tags: [...tagsFor(from), ...(telling.test(id) ? [] : ['exhaustive'])],
  });
  const whole = (name: string, what: string, content: unknown) =>
    bad({
      ...begin(`client-content/${message}-${name}`),
      title: `Bob objects to ${messages[message].wireName} with ${what}`,
      play: async (alice) => {
        await arrive(alice, from);
        await alice.say(message, { content });
      },
    });
  const bent = (name: string, what: string, bend: (content: Content) => Content) =>
    bad({
      ...begin(`client-content/${message}-${name}`),
      title: `Bob objects to ${messages[message].wireName} ${what}`,
      play: async (alice) => {
        await arrive(alice, from);
        await alice.say(message, { content: bend(canonical(alice, message)) });
      },
    });
  return [
    whole('none', 'no content', undefined),
    whole('list', 'a list', [1, 2]),
    whole('text', 'a string', 'content'),
    whole('number', 'a number', 1.54),
    ...members.flatMap(([member, value]) => [
      bent(`no-${member}`, `without ${member}`, (content) => without(content, member)),
      ...(free.includes(member) ? [] : wrongFor(value)).map((misfit) =>
        bent(`${member}-${misfit}`, `whose ${member} is ${misfit}`, (content) => ({
          ...content,
          [member]: misfits[misfit],
        })),
      ),
    ]),
  ];
}

function bad(row: Omit<BentAnswer, 'covers'>): Case<QosstBend> {
  return answerCase({ covers: [requirements.invalidResponseSent], ...row });
}

/** The configuration is sent to a Bob who asks for it after a proposal. */
function begins(from: string): string {
  return from === 'initialization.configuring' ? 'initialization.proposed' : from;
}

async function arrive(alice: QosstPlayer, from: string): Promise<void> {
  if (begins(from) !== from) await alice.walk(from);
}

function tagsFor(from: string): readonly string[] {
  return ['hostile', ...(begins(from) === from ? [] : ['choice'])];
}

function isAnswer(name: string): name is SaidBy<'alice'> {
  return Object.hasOwn(answers, name);
}

function isRecord(value: unknown): value is Content {
  return typeof value === 'object' && value !== null;
}

function without(content: Content, member: string): Content {
  return Object.fromEntries(Object.entries(content).filter(([name]) => name !== member));
}

function count(content: Content): number {
  const list = content['symbols_real'];
  return Array.isArray(list) ? list.length : 0;
}

/** Symbols without any power. */
function powerless(real: number, imag: number): object {
  const zeros = (length: number) => Array.from({ length: Math.max(0, length) }, () => 0);
  return { symbols_real: zeros(real), symbols_imag: zeros(imag) };
}
