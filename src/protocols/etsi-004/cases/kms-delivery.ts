import { requirements } from '#models/etsi-004/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { Etsi004Bend } from '../codec.ts';
import type { Etsi004Player } from './case.ts';
import { takesKeys } from './kms-expect.ts';
import { hearReceipts, insist, insistOn, keyContent, nextConnection } from './kms-speech.ts';
import { table, type Row } from './table.ts';

const { conflictRefused, everyPushAnswered, keyTaken } = requirements;
const largest = 2 ** 32 - 1;

/** Which keys KMSs take: in and out of order, at one end and at both, of one stream and of two. */
export const kmsDelivery: readonly Case<Etsi004Bend>[] = [
  ...table(
    'kms-delivery',
    { against: 'kms', from: 'oneA.pushing' },
    {
      'one-by-one': {
        title: 'The KMS takes one key after the other',
        covers: [keyTaken, everyPushAnswered],
        play: (device) => inTurn(device, [0, 1, 2]),
        expect: takesKeys(),
      },
      'first-index': {
        title: 'The KMS takes a stream whose first index is not 0',
        covers: [keyTaken],
        play: (device) => inTurn(device, [1000, 1001]),
        expect: takesKeys(),
      },
      gap: {
        title: 'The KMS takes a key after a gap',
        covers: [keyTaken],
        play: (device) => inTurn(device, [0, 5]),
        expect: takesKeys(),
      },
      wrap: {
        title: 'The KMS takes index 0 after the largest one',
        covers: [keyTaken],
        play: (device) => inTurn(device, [largest, 0]),
        expect: takesKeys(),
      },
      'beyond-31-bits': {
        title: 'The KMS takes indices that have no room in 31 bits',
        covers: [keyTaken],
        play: (device) => inTurn(device, [2 ** 31 - 1, 2 ** 31]),
        expect: takesKeys(),
      },
      'same-again': {
        title: 'The KMS takes a key once more that it has already',
        covers: [keyTaken],
        play: (device) => inTurn(device, [0, 0]),
        expect: takesKeys({ unless: { duplicatePush: 'refused' } }),
      },
      'other-under-same-index': {
        title: 'The KMS refuses another key under an index that it has',
        covers: [conflictRefused, everyPushAnswered],
        tags: ['hostile'],
        play: async (device) => {
          await insist(device, { index: 0 });
          const content = keyContent(device, { index: 0, keyOf: 77 });
          await device.say('keyMaterial', { content, frame: { end: 'a' } });
        },
      },
      'same-under-other-index': {
        title: 'The KMS answers a key that it has under another index',
        covers: [everyPushAnswered],
        tags: ['hostile'],
        play: async (device) => {
          await insist(device, { index: 0 });
          const content = keyContent(device, { index: 900, keyOf: 0 });
          await device.say('keyMaterial', { content, frame: { end: 'a' } });
        },
      },
      backwards: {
        title: 'The KMS answers keys whose indices fall',
        covers: [everyPushAnswered],
        tags: ['hostile'],
        play: (device) => inTurn(device, [9, 4]),
      },
      'in-parallel': {
        title: 'The KMS takes keys that come over three connections at once',
        covers: [everyPushAnswered, keyTaken],
        play: async (device) => {
          for (const index of [0, 1, 2]) send(device, index, {});
          await hearReceipts(device, 3);
        },
        expect: takesKeys({ unless: { parallelPushes: 'refused' } }),
      },
      'kept-alive': {
        title: 'The KMS takes three keys over one connection',
        covers: [everyPushAnswered, requirements.formsUnderstood],
        play: async (device) => {
          const connection = nextConnection(device);
          const kept = { connection, omit: ['connection'] };
          await insistOn(device, [
            { index: 0, frame: kept },
            { index: 1, frame: kept },
            { index: 2, frame: { connection } },
          ]);
        },
        expect: takesKeys(),
      },
      pipelined: {
        title: 'The KMS answers two keys that come over one connection at once, in their order',
        covers: [everyPushAnswered, requirements.oneAnswerACall],
        play: async (device) => {
          const connection = nextConnection(device);
          send(device, 0, { connection, omit: ['connection'] });
          send(device, 1, { connection });
          await hearReceipts(device, 2);
        },
        expect: takesKeys({ unless: { parallelPushes: 'refused' } }),
      },
      'chunk-short': odd('one byte short', (key) => key.subarray(1)),
      'chunk-long': odd('one byte long', (key) => Buffer.concat([key, Buffer.from([0])])),
      'chunk-twice': odd('of twice the length', (key) => Buffer.concat([key, key])),
      'no-key': {
        title: 'The KMS answers a push that says that there is no key',
        covers: [everyPushAnswered],
        play: (device) => {
          const content = { ...keyContent(device), status: 2, key_buffer: '' };
          return device.say('keyMaterial', { content, frame: { end: 'a' } });
        },
      },
      'status-with-key': {
        title: 'The KMS answers a key with another status than 0',
        covers: [everyPushAnswered],
        tags: ['hostile'],
        play: (device) =>
          device.say('keyMaterial', {
            content: { ...keyContent(device), status: 4 },
            frame: { end: 'a' },
          }),
      },
      'after-refusal': {
        title: 'The KMS takes good keys after one that it refused',
        covers: [keyTaken, everyPushAnswered],
        tags: ['hostile'],
        play: async (device) => {
          await device.say('keyMaterial', { frame: { end: 'a', body: Buffer.from('{') } });
          await inTurn(device, [0, 1]);
        },
        expect: takesKeys(),
      },
    },
  ),
  ...table(
    'kms-delivery',
    { against: 'kms', from: 'oneB.pushing', tags: ['choice'] },
    {
      'both-ends': {
        title: 'The KMS takes the same keys at both ends',
        covers: [keyTaken, everyPushAnswered],
        play: (device) =>
          insistOn(device, [{ end: 'a' }, { end: 'b' }, { end: 'b' }, { end: 'a' }]),
        expect: takesKeys(),
      },
      'both-ends-at-once': {
        title: 'The KMS takes keys that come at both ends at once',
        covers: [keyTaken, everyPushAnswered],
        play: async (device) => {
          for (const end of ['a', 'b'] as const) {
            device.send('keyMaterial', { content: keyContent(device, { end }), frame: { end } });
          }
          await hearReceipts(device, 2);
        },
        expect: takesKeys(),
      },
      'one-end-ahead': {
        title: 'The KMS takes keys at one end while the other waits',
        covers: [keyTaken],
        play: (device) =>
          insistOn(device, [{ end: 'b' }, { end: 'b' }, { end: 'b' }, { end: 'a' }]),
        expect: takesKeys(),
      },
      'ends-differ': {
        title: 'The KMS answers keys that differ at the two ends',
        covers: [everyPushAnswered],
        tags: ['hostile'],
        play: async (device) => {
          await insist(device, { end: 'a', index: 0 });
          const content = keyContent(device, { end: 'b', index: 0, keyOf: 77 });
          await device.say('keyMaterial', { content, frame: { end: 'b' } });
        },
      },
    },
  ),
  ...table(
    'kms-delivery',
    { against: 'kms', from: 'twoA.pushing', tags: ['choice'] },
    {
      'two-streams': {
        title: 'The KMS takes the keys of two streams, one in between the other',
        covers: [keyTaken, everyPushAnswered],
        play: (device) => insistOn(device, [{ slot: 'two' }, { slot: 'one' }, { slot: 'two' }]),
        expect: takesKeys(),
      },
      'two-streams-at-once': {
        title: 'The KMS takes keys of two streams that come at once',
        covers: [keyTaken, everyPushAnswered],
        play: async (device) => {
          for (const slot of ['one', 'two'] as const) {
            const content = keyContent(device, { slot });
            device.send('keyMaterial', { content, frame: { end: 'a' } });
          }
          await hearReceipts(device, 2);
        },
        expect: takesKeys(),
      },
      'two-streams-same-index': {
        title: 'The KMS keeps the indices of two streams apart',
        covers: [keyTaken, conflictRefused],
        play: (device) =>
          insistOn(device, [
            { slot: 'one', index: 9 },
            { slot: 'two', index: 9 },
          ]),
        expect: takesKeys(),
      },
    },
  ),
];

function inTurn(device: Etsi004Player, indices: readonly number[]): Promise<void> {
  return insistOn(
    device,
    indices.map((index) => ({ index })),
  );
}

function send(device: Etsi004Player, index: number, frame: Etsi004Bend): void {
  const content = keyContent(device, { index });
  device.send('keyMaterial', { content, frame: { end: 'a', ...frame } });
}

/** A key of another length than was agreed on: what a KMS does about it is its affair. */
function odd(how: string, change: (key: Buffer) => Uint8Array): Row {
  return {
    title: `The KMS answers a key that is ${how}`,
    covers: [everyPushAnswered],
    tags: ['hostile'],
    play: (device) => {
      const content = keyContent(device);
      const key = Buffer.from(String(content['key_buffer']), 'base64');
      const changed = { ...content, key_buffer: Buffer.from(change(key)).toString('base64') };
      return device.say('keyMaterial', { content: changed, frame: { end: 'a' } });
    },
  };
}
