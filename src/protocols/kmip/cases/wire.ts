import { requirements, type Fields } from '#models/kmip/index.ts';
import type { Requirement } from '#models/language/index.ts';
import { tags } from '../registry/tags.ts';
import type { Item, Structure, Tag } from '../tree.ts';
import { typeCodes } from '../ttlv/type-codes.ts';
import { rowsOf, table, type KmipCase, type KmipPlayer, type Row } from './case.ts';
import { askAll, askGood, reading, requestOf, say, stillServes } from './saying.ts';

const { ttlvTags, ttlvTypes, ttlvLengths, ttlvPadding, childrenInside, textIsUtf8 } = requirements;
const { booleanValues, bigIntegerLength, paddingZero, depthLimited, lengthLimited } = requirements;
const { badMessageRefused, framingErrorEnds, staysUp, everyRequestAnswered } = requirements;
const { messageWhole, nothingUnasked, refusalHasNoOperation, connectionKept } = requirements;

/** A header whose fields have most of the types. */
const header: Fields = {
  MaximumResponseSize: 100_000,
  ClientCorrelationValue: 'abcdefgh-z',
  BatchOrderOption: true,
};

/** Where an item with a tag begins. */
function placeOf(bytes: Uint8Array, tag: Tag): number {
  const wanted = Buffer.from(tag.toString(16).padStart(6, '0'), 'hex');
  return Math.max(0, Buffer.from(bytes).indexOf(wanted));
}

/** The bytes of an item changed, from its tag on. */
function at(tag: Tag, change: (item: Buffer) => void) {
  return (bytes: Uint8Array): Uint8Array => {
    const changed = Buffer.from(bytes);
    change(changed.subarray(placeOf(changed, tag)));
    return changed;
  };
}

const typeAt = 3;
const lengthAt = 4;
const valueAt = 8;

const length = (tag: Tag, bytes: number) =>
  at(tag, (item) => item.writeUInt32BE(bytes >>> 0, lengthAt));
const longer = (tag: Tag, bytes: number) =>
  at(tag, (item) => item.writeUInt32BE((item.readUInt32BE(lengthAt) + bytes) >>> 0, lengthAt));
const type = (tag: Tag, code: number) => at(tag, (item) => item.writeUInt8(code, typeAt));
const value = (tag: Tag, index: number, byte: number) =>
  at(tag, (item) => item.writeUInt8(byte, valueAt + index));
const tagByte = (tag: Tag, index: number, byte: number) =>
  at(tag, (item) => item.writeUInt8(byte, index));

interface Broken {
  readonly breaks: Requirement;
  readonly bytes: (message: Uint8Array) => Uint8Array;
}

const broken = (breaks: Requirement, bytes: Broken['bytes']): Broken => ({ breaks, bytes });

/** Where the next message begins is plain: only this one cannot be read. */
const within: Readonly<Record<string, Broken>> = {
  'boolean-2': broken(booleanValues, value(tags.BatchOrderOption, 7, 2)),
  'boolean-in-first-byte': broken(booleanValues, value(tags.BatchOrderOption, 0, 1)),
  'boolean-all-ones': broken(
    booleanValues,
    at(tags.BatchOrderOption, (item) => item.fill(0xff, valueAt, valueAt + 8)),
  ),
  'integer-of-8-bytes': broken(ttlvLengths, length(tags.BatchCount, 8)),
  'integer-of-3-bytes': broken(ttlvLengths, length(tags.BatchCount, 3)),
  'integer-of-0-bytes': broken(ttlvLengths, length(tags.BatchCount, 0)),
  'enumeration-of-8-bytes': broken(ttlvLengths, length(tags.Operation, 8)),
  'enumeration-of-1-byte': broken(ttlvLengths, length(tags.Operation, 1)),
  'boolean-of-4-bytes': broken(ttlvLengths, length(tags.BatchOrderOption, 4)),
  'boolean-of-1-byte': broken(ttlvLengths, length(tags.BatchOrderOption, 1)),
  'text-not-utf8': broken(textIsUtf8, value(tags.ClientCorrelationValue, 0, 0xff)),
  'text-cut-character': broken(textIsUtf8, value(tags.ClientCorrelationValue, 9, 0xc3)),
  'text-surrogate': broken(
    textIsUtf8,
    at(tags.ClientCorrelationValue, (item) => item.set([0xed, 0xa0, 0x80], valueAt)),
  ),
  'text-overlong': broken(
    textIsUtf8,
    at(tags.ClientCorrelationValue, (item) => item.set([0xc0, 0xaf], valueAt)),
  ),
  'padding-of-integer': broken(paddingZero, value(tags.BatchCount, 4, 1)),
  'padding-of-text': broken(paddingZero, value(tags.ClientCorrelationValue, 10, 0x55)),
  'type-0': broken(ttlvTypes, type(tags.BatchCount, 0)),
  'type-12': broken(ttlvTypes, type(tags.BatchCount, 12)),
  'type-255': broken(ttlvTypes, type(tags.ClientCorrelationValue, 255)),
  'tag-of-41': broken(ttlvTags, tagByte(tags.BatchOrderOption, 0, 0x41)),
  'tag-of-00': broken(ttlvTags, tagByte(tags.ClientCorrelationValue, 0, 0)),
  'text-too-long': broken(childrenInside, length(tags.ClientCorrelationValue, 0x1000)),
  'text-of-4-gigabytes': broken(childrenInside, length(tags.ClientCorrelationValue, 0xffff_ffff)),
  'text-of-2-gigabytes': broken(childrenInside, length(tags.ClientCorrelationValue, 0x7fff_ffff)),
  'header-8-longer': broken(childrenInside, longer(tags.RequestHeader, 8)),
  'header-8-shorter': broken(childrenInside, longer(tags.RequestHeader, -8)),
  'header-unaligned': broken(ttlvLengths, longer(tags.RequestHeader, 4)),
  'header-of-0-bytes': broken(childrenInside, length(tags.RequestHeader, 0)),
  'header-of-4-gigabytes': broken(childrenInside, length(tags.RequestHeader, 0xffff_fff8)),
  'item-8-longer': broken(childrenInside, longer(tags.BatchItem, 8)),
  'item-8-shorter': broken(childrenInside, longer(tags.BatchItem, -8)),
  'item-huge': broken(childrenInside, length(tags.BatchItem, 0x1000_0000)),
  'payload-8-longer': broken(childrenInside, longer(tags.RequestPayload, 8)),
  'version-8-longer': broken(childrenInside, longer(tags.ProtocolVersion, 8)),
  'structure-as-integer': broken(ttlvLengths, type(tags.RequestPayload, typeCodes.Integer)),
};

/** Nobody can tell where the next message begins. */
const beyond: Readonly<Record<string, Broken>> = {
  'outer-8-longer': broken(messageWhole, longer(tags.RequestMessage, 8)),
  'outer-8-shorter': broken(childrenInside, longer(tags.RequestMessage, -8)),
  'outer-of-0-bytes': broken(childrenInside, length(tags.RequestMessage, 0)),
  'outer-unaligned': broken(ttlvLengths, longer(tags.RequestMessage, -4)),
  'outer-of-1-gigabyte': broken(lengthLimited, length(tags.RequestMessage, 0x4000_0000)),
  'outer-of-2-gigabytes': broken(lengthLimited, length(tags.RequestMessage, 0x7fff_fff8)),
  'outer-of-4-gigabytes': broken(lengthLimited, length(tags.RequestMessage, 0xffff_fff8)),
  'outer-type-integer': broken(ttlvTypes, type(tags.RequestMessage, typeCodes.Integer)),
  'outer-type-12': broken(ttlvTypes, type(tags.RequestMessage, 12)),
  'outer-tag-of-00': broken(ttlvTags, tagByte(tags.RequestMessage, 0, 0)),
  zeros: broken(ttlvTags, () => new Uint8Array(64)),
  ones: broken(ttlvTags, () => new Uint8Array(64).fill(0xff)),
  'http-request': broken(ttlvTags, () => Buffer.from('GET / HTTP/1.1\r\nHost: kmip\r\n\r\n')),
  'tls-hello': broken(ttlvTags, () =>
    Buffer.from(`1603010200010001fc0303${'00'.repeat(32)}`, 'hex'),
  ),
};

/** A message whose outermost item is no request. */
const noRequests: Readonly<Record<string, (message: Structure) => Item>> = {
  'response-message': (message) => ({ ...message, tag: tags.ResponseMessage }),
  'bare-header': (message) => message.value[0] ?? message,
  'bare-item': (message) => message.value[1] ?? message,
  'unknown-tag': (message) => ({ ...message, tag: 0x4202fd }),
  'extension-tag': (message) => ({ ...message, tag: 0x540001 }),
  'empty-message': (message) => ({ ...message, value: [] }),
  'empty-structure': () => ({ tag: tags.BatchItem, type: 'Structure', value: [] }),
};

/** A payload with structures in structures. */
function nested(depth: number) {
  return (message: Structure): Structure => {
    const tag = 0x4202ff;
    let inner: Item = { tag, type: 'Structure', value: [] };
    for (let level = 1; level < depth; level += 1)
      inner = { tag, type: 'Structure', value: [inner] };
    const into = (item: Item): Item => {
      if (item.type !== 'Structure') return item;
      if (item.tag !== tags.RequestPayload) return { ...item, value: item.value.map(into) };
      return { ...item, value: [...item.value, inner] };
    };
    return { ...message, value: message.value.map(into) };
  };
}

const depths: Readonly<Record<string, number>> = {
  'depth-30': 30,
  'depth-61': 61,
  'depth-62': 62,
  'depth-100': 100,
  'depth-2000': 2000,
};

function saidWith(player: KmipPlayer, bytes: Broken['bytes']) {
  return player.say('query', { content: requestOf(player, [reading], header), bytes });
}

/** Big integers as no key has them. */
const bigIntegers: Readonly<Record<string, number>> = {
  'big-integer-of-7-bytes': 7,
  'big-integer-of-4-bytes': 4,
};

const hostile = ['hostile'];

const rows: Readonly<Record<string, Row>> = {
  ...rowsOf(within, ({ breaks, bytes }, name) => ({
    title: `A broken message is refused, and the server lives on: ${name.replaceAll('-', ' ')}`,
    covers: [badMessageRefused, breaks, refusalHasNoOperation, staysUp],
    tags: hostile,
    play: async (player) => stillServes(player, await saidWith(player, bytes)),
  })),
  ...rowsOf(beyond, ({ breaks, bytes }, name) => ({
    title: `A broken stream ends or is passed over, and the server lives on: ${name.replaceAll('-', ' ')}`,
    covers: [framingErrorEnds, breaks, staysUp],
    tags: hostile,
    play: async (player) => {
      player.send('query', { content: requestOf(player, [reading], header), bytes });
      await player.listen(80);
      await player.reconnect();
      await askGood(player);
    },
  })),
  ...rowsOf(noRequests, (tree, name) => ({
    title: `What is no request is refused: ${name.replaceAll('-', ' ')}`,
    covers: [badMessageRefused, requirements.responseIsMessage, staysUp],
    tags: hostile,
    play: async (player) => {
      const heard = await say(player, requestOf(player, [reading]), { tree });
      await stillServes(player, heard);
    },
  })),
  ...rowsOf(depths, (depth, name) => ({
    title: `Structures in structures harm nobody: ${name.replaceAll('-', ' ')}`,
    covers: [depthLimited, staysUp],
    tags: hostile,
    play: async (player) => {
      const heard = await say(player, requestOf(player, [reading]), { tree: nested(depth) });
      await stillServes(player, heard);
    },
  })),
  ...rowsOf(bigIntegers, (bytes, name) => ({
    title: `A Big Integer has as many bytes as its padding asks for: ${name.replaceAll('-', ' ')}`,
    covers: [bigIntegerLength, staysUp],
    tags: hostile,
    play: async (player) => {
      const content = requestOf(player, [reading], {
        ClientCorrelationValue: { type: 'BigInteger', value: 1n },
      });
      const bend = length(tags.ClientCorrelationValue, bytes);
      const heard = await player.say('query', { content, bytes: bend });
      await stillServes(player, heard);
    },
  })),
  'half-a-message': {
    title: 'A message that is not finished harms nobody',
    covers: [staysUp, messageWhole],
    tags: hostile,
    play: async (player) => {
      const whole = player.compose('query');
      player.write(whole.subarray(0, whole.length >> 1));
      await player.reconnect();
      await askGood(player);
    },
  },
  'half-a-header': {
    title: 'A header that is not finished harms nobody',
    covers: [staysUp, messageWhole],
    tags: hostile,
    play: async (player) => {
      player.write(player.compose('query').subarray(0, 5));
      await player.reconnect('reset');
      await askGood(player);
    },
  },
  'byte-by-byte': {
    title: 'A message is read however it is cut',
    covers: [everyRequestAnswered, ttlvPadding],
    play: async (player) => {
      for (const byte of player.compose('query')) player.write(Uint8Array.of(byte));
      await askGood(player);
    },
  },
  'cut-in-header': {
    title: 'A message is read whose header comes in two pieces',
    covers: [everyRequestAnswered],
    play: async (player) => {
      const whole = player.compose('query');
      player.write(whole.subarray(0, 6));
      await player.pause(20);
      player.write(whole.subarray(6));
      await askGood(player);
    },
  },
  'two-in-one-segment': {
    title: 'Two requests in one segment have two responses',
    covers: [everyRequestAnswered, nothingUnasked],
    play: async (player) => {
      player.write(Buffer.concat([player.compose('query'), player.compose('discoverVersions')]));
      await askGood(player);
    },
  },
  'two-the-same-in-one-segment': {
    title: 'Two requests that are the same have two responses',
    covers: [everyRequestAnswered, nothingUnasked],
    play: async (player) => {
      player.write(Buffer.concat([player.compose('query'), player.compose('query')]));
      await player.say('query');
    },
  },
  'ten-in-one-segment': {
    title: 'Ten requests in one segment have ten responses, in their order',
    covers: [everyRequestAnswered, nothingUnasked, connectionKept],
    play: async (player) => {
      const messages = Array.from({ length: 10 }, (_, index) =>
        player.compose(index % 2 === 0 ? 'query' : 'discoverVersions'),
      );
      player.write(Buffer.concat(messages));
      await askGood(player);
    },
  },
  'one-and-a-half': {
    title: 'A request and the beginning of the next one in one segment',
    covers: [everyRequestAnswered, nothingUnasked],
    play: async (player) => {
      const [first, second] = [player.compose('query'), player.compose('discoverVersions')];
      player.write(Buffer.concat([first, second.subarray(0, 20)]));
      await player.pause(20);
      player.write(second.subarray(20));
      await askGood(player);
    },
  },
  'good-behind-broken': {
    title: 'A good request in one segment with one that cannot be read',
    covers: [badMessageRefused, framingErrorEnds, staysUp],
    tags: hostile,
    play: async (player) => {
      const bad = value(
        tags.BatchOrderOption,
        7,
        2,
      )(player.compose('query', { content: requestOf(player, [reading], header) }));
      player.write(Buffer.concat([bad, player.compose('discoverVersions')]));
      await player.listen(80);
      await player.reconnect();
      await askGood(player);
    },
  },
  'long-batch-in-one': {
    title: 'A long message is read',
    covers: [everyRequestAnswered, lengthLimited],
    play: async (player) => {
      await askAll(player, [reading], { ClientCorrelationValue: 'x'.repeat(60_000) });
      await askGood(player);
    },
  },
};

/** What a server makes of binary TTLV that is broken, or comes in pieces. */
export const wireCases: readonly KmipCase[] = table('ttlv', { against: 'server' }, rows).map(
  (one) => ({ ...one, dialects: ['kmip/ttlv'] }),
);
