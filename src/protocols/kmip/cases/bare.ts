import { requirements, type Fields } from '#models/kmip/index.ts';
import type { Requirement } from '#models/language/index.ts';
import { barePath } from '../bare.ts';
import type { KmipBend } from '../compose.ts';
import type { Asking } from '../contents.ts';
import { rowsOf, table, type KmipCase, type KmipPlayer, type Row } from './case.ts';
import { isSuccessOf, once, serve, type Told } from './client-desk.ts';
import { neverNames } from './client-expect.ts';
import { aesKey, ask, askGood, create, reading, requestOf, say, stillServes } from './saying.ts';

const { bareTaken, bareAnswered, bareFailureTold, bareStatusFits, staysUp } = requirements;
const { badMessageRefused, operationEchoed, absentRefused, failureTaken } = requirements;

/** The dialects in which operations are posted alone. */
export const bareDialects = ['kmip/bare', 'kmip/bare-cosmian-5', 'kmip/bare-cosmian-4'];

/** What needs no object. */
const simple: Readonly<Record<string, Asking>> = {
  query: reading,
  'discover-versions': ['DiscoverVersions', {}],
  create: ['Create', aesKey()],
  locate: ['Locate', { Attributes: { ObjectType: 'SymmetricKey' } }],
  'locate-everything': ['Locate', { Attributes: {} }],
};

/** What is about a key that is not active yet. */
const aboutKey: Readonly<Record<string, readonly [operation: string, more: Fields]>> = {
  get: ['Get', {}],
  'get-attributes': ['GetAttributes', { AttributeReference: 'State' }],
  'get-attribute-list': ['GetAttributeList', {}],
  activate: ['Activate', {}],
  destroy: ['Destroy', {}],
};

const nobody = { UniqueIdentifier: 'nobody' };

/** What must fail, and why. */
const failing: Readonly<Record<string, readonly [Asking, Requirement]>> = {
  'get-absent': [['Get', nobody], absentRefused],
  'activate-absent': [['Activate', nobody], absentRefused],
  'destroy-absent': [['Destroy', nobody], absentRefused],
  'get-attributes-absent': [['GetAttributes', nobody], absentRefused],
  'placeholder-empty': [['Get', {}], requirements.placeholderEnds],
};

type Rewrite = (text: string) => string;

const rewritten = (rewrite: Rewrite): KmipBend => ({
  written: (bytes) => Buffer.from(rewrite(Buffer.from(bytes).toString('utf8')), 'utf8'),
});

const called = (name: string): Rewrite => {
  const tag = JSON.stringify(name);
  return (text) => text.replace(/^\{"tag":"\w+"/, `{"tag":${tag}`);
};

/** What is no operation. */
const bad: Readonly<Record<string, Rewrite>> = {
  'name-unknown': called('Ask'),
  'name-empty': called(''),
  'name-of-response': called('QueryResponse'),
  'name-of-payload': called('RequestPayload'),
  'name-of-attribute': called('Name'),
  'name-in-hex': called('0x42005c'),
  'name-long': called('Q'.repeat(10_000)),
  'name-of-prototype': called('__proto__'),
  'name-missing': (text) => text.replace(/^\{"tag":"\w+",/, '{'),
  null: () => 'null',
  'empty-object': () => '{}',
  'empty-array': () => '[]',
  twice: (text) => `${text}${text}`,
  cut: (text) => text.slice(0, -2),
  text: () => 'Query',
  'value-object': (text) => text.replace(/"value":\[.*\]/, '"value":{}'),
  'value-text': (text) => text.replace(/"value":\[.*\]/, '"value":"QueryOperations"'),
  'type-integer': (text) =>
    text.replace(/^\{"tag":"(\w+)",.*$/, '{"tag":"$1","type":"Integer","value":1}'),
  'nested-in-itself': (text) => `{"tag":"Query","value":[${text}]}`,
};

/** What the document does not say whether it is taken. */
const either: Readonly<Record<string, KmipBend>> = {
  'without-type': { http: { omit: ['content-type'] } },
  'type-of-text': { contentType: 'text/plain' },
  'type-of-bytes': { contentType: 'application/octet-stream' },
  'type-of-form': { contentType: 'application/x-www-form-urlencoded' },
};

const words = (name: string) => name.replaceAll('-', ' ');

/** What only headers say: such a request is posted as a message. */
const inMessage = { MaximumResponseSize: 100_000 };

const inChunks = { http: { chunked: { sizes: [3] } } } as const;

const rows: Readonly<Record<string, Row>> = {
  ...rowsOf(simple, ([operation, payload], name) => ({
    title: `An operation posted alone is answered by its response alone: ${words(name)}`,
    covers: [bareTaken, bareAnswered, operationEchoed],
    play: (player) => ask(player, operation, payload),
  })),
  ...rowsOf(aboutKey, ([operation, more], name) => ({
    title: `An operation posted alone finds its object: ${words(name)}`,
    covers: [bareTaken, bareAnswered, operationEchoed],
    play: async (player) => {
      const id = await create(player);
      await ask(player, operation, { UniqueIdentifier: id, ...more });
    },
  })),
  ...rowsOf(failing, ([[operation, payload], requirement], name) => ({
    title: `A failure of an operation posted alone is told by a status: ${words(name)}`,
    covers: [bareFailureTold, bareStatusFits, bareAnswered, requirement],
    play: async (player) => {
      await ask(player, operation, payload);
      await askGood(player);
    },
  })),
  'failure-of-attribute': {
    title: 'A failure that is about nothing that is missing is not told by 404',
    covers: [bareFailureTold, bareStatusFits, requirements.singleValuedNotAdded],
    play: async (player) => {
      const id = await create(player);
      const described = { UniqueIdentifier: id, NewAttribute: { Description: 'a key' } };
      await ask(player, 'AddAttribute', described);
      await ask(player, 'AddAttribute', described);
      await askGood(player);
    },
  },
  'placeholder-not-kept': {
    title: 'What an operation posted alone has made is not the object of the next one',
    covers: [requirements.placeholderPerBatch, bareFailureTold],
    play: async (player) => {
      await create(player);
      await ask(player, 'Activate', {});
    },
  },
  'beside-messages': {
    title: 'Operations posted alone and in messages are about the same objects',
    covers: [bareTaken, bareAnswered, requirements.jsonEndpoint],
    play: async (player) => {
      const id = await create(player);
      const about = { UniqueIdentifier: id };
      await ask(player, 'Activate', about, inMessage);
      await ask(player, 'GetAttributes', { ...about, AttributeReference: 'State' });
    },
  },
  chunked: {
    title: 'An operation posted alone is read in chunks, or its length asked for',
    covers: [bareTaken, bareAnswered],
    tags: ['hostile'],
    play: async (player) => {
      const heard = await say(player, requestOf(player, [reading]), inChunks);
      await stillServes(player, heard);
    },
  },
  'message-there': {
    title: 'A message at the path of operations is answered as at its own, or refused',
    covers: [staysUp],
    tags: ['hostile'],
    play: async (player) => {
      const heard = await say(player, requestOf(player, [reading], inMessage), {
        target: barePath,
      });
      await stillServes(player, heard);
    },
  },
  'at-another-path': {
    title: 'An operation without a message around it is none at the path of messages',
    covers: [requirements.requestIsMessage, staysUp],
    tags: ['hostile'],
    play: (player) => sayThere(player, { target: '/kmip' }),
  },
  ...rowsOf(bad, (rewrite, name) => ({
    title: `What is no operation is refused: ${words(name)}`,
    covers: [badMessageRefused, staysUp],
    tags: ['hostile'],
    play: (player) => sayThere(player, rewritten(rewrite)),
  })),
  ...rowsOf(either, (frame, name) => ({
    title: `What is no operation in JSON, by what is said of it, harms nobody: ${words(name)}`,
    covers: [staysUp],
    tags: ['hostile'],
    play: (player) => sayThere(player, frame),
  })),
};

async function sayThere(player: KmipPlayer, frame: KmipBend): Promise<void> {
  const heard = await say(player, requestOf(player, [reading]), frame);
  await stillServes(player, heard);
}

/** The answers to an operation posted alone that a client may hear. */
const refusals: Readonly<Record<string, Told>> = Object.fromEntries(
  [400, 401, 403, 404, 405, 409, 422, 429, 500, 501, 503].map((status) => [
    `${status}`,
    { message: 'httpRefused', content: { status, text: 'no' } },
  ]),
);

/** A text of an error that looks like a response. */
const likeResponse =
  '{"tag":"CreateResponse","value":[{"tag":"UniqueIdentifier","type":"TextString","value":"nobody"}]}';

const clientRows: Readonly<Record<string, Row>> = {
  ...rowsOf(
    refusals,
    (told, name) => ({
      title: `The client goes on where an operation posted alone has failed: ${name}`,
      covers: [failureTaken, requirements.staysConformant],
      play: (player) =>
        serve(
          player,
          once(isSuccessOf('Create', 'Register'), () => told),
        ),
    }),
    'refused-',
  ),
  'not-made': {
    title: 'The client uses nothing of what a refusal names',
    covers: [failureTaken, requirements.staysConformant],
    play: (player) =>
      serve(
        player,
        once(isSuccessOf('Create', 'Register'), () => ({
          message: 'httpRefused',
          content: { status: 422, text: likeResponse },
        })),
      ),
    expect: neverNames('nobody', failureTaken),
  },
  operations: {
    title: 'What the client posts alone is an operation',
    covers: [requirements.bareIsOperation, requirements.httpPost],
  },
};

/** Operations without a message around them: what a server and a client make of them. */
export const bareCases: readonly KmipCase[] = [
  ...table('bare', { against: 'server' }, rows),
  ...table('client-bare', { against: 'client' }, clientRows),
].map((one) => ({ ...one, dialects: bareDialects }));
