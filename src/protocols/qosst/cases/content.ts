import { messages, requirements, type MessageName } from '#models/qosst/index.ts';
import type { Json } from '#src/base/json.ts';
import type { Case } from '#src/contract/case.ts';
import type { QosstBend } from '../compose.ts';
import type { QosstPlayer } from './case.ts';
import { aliceTable, identified, type Row } from './table.ts';

/** Where each request with members is legal, and values of other types for each member. */
const requests: readonly {
  readonly message: MessageName;
  readonly from: string;
  readonly members: Readonly<Record<string, Readonly<Record<string, Json>>>>;
}[] = [
  {
    message: 'identificationRequest',
    from: 'link.unidentified',
    members: {
      serial_number: { number: 2, list: ['QOSST/0002'] },
      qosst_version: { number: 0.2, list: ['QOSST/0.2'], object: { major: 0 } },
    },
  },
  {
    message: 'initializationRequest',
    from: identified,
    members: {
      frame_uuid: {
        number: 42,
        list: [],
        nested: { frame_uuid: '9f0b6ea4-9e8c-11ed-8b23-0028f86a9730' },
        'empty-text': '',
        'no-uuid': 'my first frame',
        'one-digit-short': '9f0b6ea4-9e8c-11ed-8b23-0028f86a973',
        'one-digit-long': '9f0b6ea4-9e8c-11ed-8b23-0028f86a97300',
        'no-hexadecimal': '9f0b6ea4-9e8c-11ed-8b23-0028f86a973g',
        'dashes-elsewhere': '9f0b6ea49-e8c-11ed-8b23-0028f86a9730',
      },
    },
  },
  {
    message: 'qieRequest',
    from: 'quantumInformationExchange.requesting',
    members: { frame_uuid: { number: 42, 'no-uuid': 'my first frame', list: [] } },
  },
  {
    message: 'peSymbolsRequest',
    from: 'parameterEstimation.estimating',
    members: {
      indices: { number: 1, text: '1, 2', object: { 0: 1 }, texts: ['1', '2'], nested: [[1]] },
    },
  },
  {
    message: 'peFinished',
    from: 'parameterEstimation.estimating',
    members: {
      n_photon: { text: '1.54' },
      transmittance: { text: '0.5', list: [0.5] },
      excess_noise: { text: '0.1', object: {} },
      electronic_noise: { text: '0.05' },
      eta: { text: '0.8' },
      key_rate: { text: '200', list: [200] },
    },
  },
  {
    message: 'ecInitialization',
    from: 'errorCorrection.requesting',
    members: { matrix: { text: '[[1]]', number: 1 }, noise: { text: '0.1' } },
  },
  {
    message: 'ecBlock',
    from: 'errorCorrection.correcting',
    members: { syndrome: { number: 1.87, text: '1.87', texts: ['1.87'] } },
  },
  {
    message: 'ecVerification',
    from: 'errorCorrection.correcting',
    members: { hash: { list: [1], fraction: 0.5, object: {} } },
  },
  {
    message: 'paRequest',
    from: 'privacyAmplification.requesting',
    members: {
      seed: { text: '10110', number: 22 },
      secret_key_length: { text: '2000', negative: -1, fraction: 0.5 },
      subblock_length: { text: '5', negative: -5 },
      feedback_polynomial: { text: '11100', number: 28 },
    },
  },
  {
    message: 'frameEnded',
    from: 'endOfFrame.requesting',
    members: { frame_uuid: { number: 42, 'no-uuid': 'my first frame', list: [] } },
  },
  {
    message: 'changeParameterRequest',
    from: identified,
    members: { parameter: { number: 5, list: ['frame', 'quantum'] }, value: {} },
  },
];

/** Contents that are JSON, and no object. */
const noObjects: Readonly<Record<string, string>> = {
  list: '[1]',
  'empty-list': '[]',
  text: '"9f0b6ea4-9e8c-11ed-8b23-0028f86a9730"',
  number: '5',
  true: 'true',
  false: 'false',
  null: 'null',
};

const covers = [requirements.invalidContentAnswered, requirements.invalidContentReturnsCode];

/** Content that is not what its message must have. */
export const content: readonly Case<QosstBend>[] = requests.flatMap(
  ({ message, from, members }) => [
    ...aliceTable(
      `content/${message}`,
      { from, reusable: true, covers, tags: ['hostile', ...tagsOf(message)] },
      Object.fromEntries(
        Object.entries(members).flatMap(([member, values]) => [
          ...(message === 'qieRequest' ? [] : [absent(message, member)]),
          ...Object.entries({ null: null, ...values })
            .filter(([name]) => !(name === 'null' && member === 'value'))
            .map(([name, value]) => mistyped(message, member, { name, value })),
        ]),
      ),
    ),
    ...aliceTable(
      `content/${message}`,
      { from, reusable: true, covers, tags: ['hostile', ...tagsOf(message)] },
      Object.fromEntries(
        Object.entries(noObjects).map(([name, text]): [string, Row] => [
          `is-${name}`,
          {
            title: `Alice refuses ${wire(message)} whose content is no object: ${name}`,
            play: (bob) => bob.say(message, { frame: { content: Buffer.from(text) } }),
          },
        ]),
      ),
    ),
  ],
);

function absent(message: MessageName, member: string): [string, Row] {
  return [
    `without-${member}`,
    {
      title: `Alice refuses ${wire(message)} without ${member}`,
      play: (bob) =>
        bob.say(message, {
          frame: { content: asBytes(without(canonical(bob, message), member)) },
        }),
    },
  ];
}

function mistyped(
  message: MessageName,
  member: string,
  { name, value }: { name: string; value: Json },
): [string, Row] {
  return [
    `${member}-is-${name}`,
    {
      title: `Alice refuses ${wire(message)} whose ${member} is wrong: ${name.replaceAll('-', ' ')}`,
      play: (bob) =>
        bob.say(message, {
          frame: { content: asBytes({ ...canonical(bob, message), [member]: value }) },
        }),
    },
  ];
}

/** The content of the honest message, as it is written. */
function canonical(bob: QosstPlayer, message: MessageName): Record<string, unknown> {
  const bytes = Buffer.from(bob.compose(message));
  const text = bytes.subarray(bytes.lastIndexOf('}{"') + 1).toString();
  return JSON.parse(text);
}

function without(object: Record<string, unknown>, member: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== member));
}

function asBytes(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}

function wire(message: MessageName): string {
  return messages[message].wireName;
}

function tagsOf(message: MessageName): readonly string[] {
  const tags = message === 'changeParameterRequest' ? ['destructive'] : [];
  return [...tags, `says:${message}`];
}
