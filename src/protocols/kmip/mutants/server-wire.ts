import { requirements } from '#models/kmip/index.ts';
import type { Reader } from '#src/contract/frame.ts';
import type { Mutant } from '#src/contract/side.ts';
import { readerOf } from '../compose.ts';
import { recall } from '../context.ts';
import { answers, respond, server } from '../reference/server.ts';
import { tags } from '../registry/tags.ts';
import { mutant, type ServerMemory } from './mutant.ts';

/** A reader that loses all but the first frame of what comes at once. */
function forgetful(reader: Reader): Reader {
  return {
    push: (chunk) => reader.push(chunk).slice(0, 1),
    get pendingBytes() {
      return reader.pendingBytes;
    },
  };
}

/** Bytes behind a tag changed, wherever it stands. */
function behind(tag: number, change: (item: Buffer) => void) {
  return (message: Uint8Array): Uint8Array => {
    const changed = Buffer.from(message);
    const wanted = Buffer.from(tag.toString(16).padStart(6, '0'), 'hex');
    const place = changed.indexOf(wanted);
    if (place >= 0) change(changed.subarray(place));
    return changed;
  };
}

/** Servers that go wrong on the connection, or in how they write. */
export const serverWireMutants: readonly Mutant[] = [
  mutant<ServerMemory>('server', server, {
    id: 'server-response-twice',
    title: 'says the response to every batch twice',
    breaks: requirements.nothingUnasked,
    shortest: 2,
    answers: {
      'exchange.stopping': (scene) => {
        const deeds = [respond(scene)].flat();
        return [...deeds, ...deeds.filter(({ do: what }) => what === 'say')];
      },
    },
  }),
  mutant<ServerMemory>('server', server, {
    id: 'server-ends-at-failure',
    title: 'ends the connection instead of saying that an operation failed',
    breaks: requirements.everyRequestAnswered,
    shortest: 2,
    answers: {
      'exchange.answering': (scene) => {
        const deeds = [respond(scene)].flat();
        const hasFailed = deeds.some(
          (deed) => deed.do === 'say' && deed.utterance.message === 'failed',
        );
        return hasFailed ? { do: 'close' } : deeds;
      },
    },
  }),
  mutant<ServerMemory>('server', server, {
    id: 'server-pipelined-lost',
    title: 'loses all but the first of the requests that come at once',
    breaks: requirements.everyRequestAnswered,
    shortest: 3,
    reader: (settings) => forgetful(readerOf(settings)),
  }),
  mutant<ServerMemory>('server', server, {
    id: 'server-dies-of-bad-message',
    title: 'takes a message that cannot be read for a good one',
    breaks: requirements.badMessageRefused,
    shortest: 2,
    answers: {
      'exchange.refusing': (scene) => {
        const [request] = recall(scene.context).pending;
        if (request?.fault !== 'encoding') return answers['exchange.refusing']?.(scene) ?? [];
        const payload = { Operation: ['Query'] };
        return {
          do: 'say',
          utterance: {
            message: 'succeeded',
            content: {
              ResponseHeader: {
                ProtocolVersion: { ProtocolVersionMajor: 2, ProtocolVersionMinor: 1 },
                TimeStamp: 1_605_916_800,
                BatchCount: 1,
              },
              BatchItem: [
                { Operation: 'Query', ResultStatus: 'Success', ResponsePayload: payload },
              ],
            },
          },
        };
      },
    },
  }),
  mutant<ServerMemory>('server', server, {
    id: 'server-padding-of-ones',
    title: 'pads with other bytes than zero',
    breaks: requirements.paddingZero,
    shortest: 2,
    bends: (utterance) => ({
      ...utterance,
      bytes: behind(tags.BatchCount, (item) => item.fill(0xff, 12, 16)),
    }),
  }),
  mutant<ServerMemory>('server', server, {
    id: 'server-enumeration-of-8',
    title: 'says that an enumeration has eight bytes',
    breaks: requirements.ttlvLengths,
    shortest: 2,
    bends: (utterance) => ({
      ...utterance,
      bytes: behind(tags.ResultStatus, (item) => item.writeUInt32BE(8, 4)),
    }),
  }),
  mutant<ServerMemory>('server', server, {
    id: 'server-item-too-long',
    title: 'says that an item is longer than the message that holds it',
    breaks: requirements.childrenInside,
    shortest: 2,
    bends: (utterance) => ({
      ...utterance,
      bytes: behind(tags.BatchItem, (item) => item.writeUInt32BE(item.readUInt32BE(4) + 8, 4)),
    }),
  }),
  mutant<ServerMemory>('server', server, {
    id: 'server-message-cut',
    title: 'ends a response eight bytes early',
    breaks: requirements.messageWhole,
    shortest: 2,
    bends: (utterance) => ({ ...utterance, bytes: (message) => message.subarray(0, -8) }),
  }),
];
