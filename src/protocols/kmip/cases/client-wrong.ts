import { isFields, requirements, type Fields } from '#models/kmip/index.ts';
import { inHeader, inItems, without } from '../altered.ts';
import type { KmipBend } from '../compose.ts';
import { tags } from '../registry/tags.ts';
import type { Item, Structure } from '../tree.ts';
import { rowsOf, table, type KmipCase, type KmipPlayer, type Row } from './case.ts';
import { isSuccessOf, once, serve, type Told } from './client-desk.ts';
import { neverNames } from './client-expect.ts';

const { staysConformant, failureTaken } = requirements;

/** An identifier that no object has. */
const nobody = 'an object that was not made';

const making = ['Create', 'Register'];

/** The only item changed. */
const item = (change: (item: Fields) => Fields) => inItems((items) => items.map(change));

const payload = (change: (payload: Fields) => Fields) =>
  item((said) => {
    const told = said['ResponsePayload'];
    return { ...said, ResponsePayload: change(isFields(told) ? told : {}) };
  });

/** The same result with another status, in its order. */
function ended(status: Fields) {
  return item((said) => {
    const { ResponsePayload, ...head } = without(said, 'ResultStatus');
    const told = isFields(ResponsePayload) ? ResponsePayload : {};
    return { ...head, ...status, ResponsePayload: { ...told, UniqueIdentifier: nobody } };
  });
}

const failed = { ResultStatus: 'OperationFailed' };

/** What was not done, though the payload names an object. */
const undone: Readonly<Record<string, (response: Fields) => Fields>> = {
  failed: ended({ ...failed, ResultReason: 'PermissionDenied', ResultMessage: 'no' }),
  'failed-without-message': ended({ ...failed, ResultReason: 'PermissionDenied' }),
  'failed-without-reason': ended(failed),
  'failed-for-a-reason-of-a-vendor': ended({ ...failed, ResultReason: '0x80000001' }),
  undone: ended({ ResultStatus: 'OperationUndone' }),
};

/** Responses that are wrong in one place, though they can be read. */
const wrong: Readonly<Record<string, (response: Fields) => Fields>> = {
  'version-other': inHeader((header) => ({
    ...header,
    ProtocolVersion: { ProtocolVersionMajor: 7, ProtocolVersionMinor: 9 },
  })),
  'version-missing': inHeader((header) => without(header, 'ProtocolVersion')),
  'time-missing': inHeader((header) => without(header, 'TimeStamp')),
  'count-missing': inHeader((header) => without(header, 'BatchCount')),
  'count-too-large': inHeader((header) => ({ ...header, BatchCount: 2 })),
  'count-zero': inHeader((header) => ({ ...header, BatchCount: 0 })),
  'count-as-text': inHeader((header) => ({ ...header, BatchCount: 'one' })),
  'header-missing': (response) => without(response, 'ResponseHeader'),
  'items-missing': inItems(() => []),
  'item-twice': inItems((items) => [...items, ...items]),
  'operation-other': item((said) => ({ ...said, Operation: 'Destroy' })),
  'operation-missing': item((said) => without(said, 'Operation')),
  'operation-unknown': item((said) => ({ ...said, Operation: '0x0000ffff' })),
  'status-missing': item((said) => without(said, 'ResultStatus')),
  'status-unknown': item((said) => ({ ...said, ResultStatus: '0x00000009' })),
  'reason-of-success': item(({ ResultStatus, ...said }) => ({
    Operation: said['Operation'],
    ResultStatus,
    ResultReason: 'GeneralFailure',
    ResponsePayload: said['ResponsePayload'],
  })),
  'pending-unasked': item(({ Operation }) => ({
    Operation,
    ResultStatus: 'OperationPending',
    AsynchronousCorrelationValue: '01',
  })),
  'payload-missing': item((said) => without(said, 'ResponsePayload')),
  'payload-empty': payload(() => ({})),
  'payload-as-text': item((said) => ({
    ...said,
    ResponsePayload: { type: 'TextString', value: '' },
  })),
  'identifier-missing': payload((told) => without(told, 'UniqueIdentifier')),
  'identifier-as-integer': payload((told) => ({ ...told, UniqueIdentifier: 7 })),
  'identifier-as-bytes': payload((told) => ({
    ...told,
    UniqueIdentifier: { type: 'ByteString', value: '01' },
  })),
  'field-unknown': payload((told) => ({ ...told, '0x42ffff': { type: 'Integer', value: 1 } })),
  'item-id-of-nobody': item(({ Operation, ...said }) => ({
    Operation,
    UniqueBatchItemID: 'ffff',
    ...said,
  })),
};

const tree = (change: (message: Structure) => Item): KmipBend => ({ tree: change });
const bytes = (change: (bytes: Buffer) => Uint8Array): KmipBend => ({
  written: (said) => change(Buffer.from(said)),
});

/** Responses that cannot be read, in binary TTLV. */
const unreadable: Readonly<Record<string, KmipBend>> = {
  'request-tag': tree((message) => ({ ...message, tag: tags.RequestMessage })),
  'header-last': tree((message) => ({ ...message, value: message.value.toReversed() })),
  'only-an-integer': tree(({ tag }) => ({ tag, type: 'Integer', value: 1 })),
  'type-unknown': bytes((said) => (said.writeUInt8(0x0e, 3 + 8), said)),
  'child-too-long': bytes((said) => (said.writeUInt32BE(0x7fff_fff8, 12), said)),
  'length-below-zero': bytes((said) => (said.writeUInt32BE(0xffff_fff8, 12), said)),
  'length-unaligned': bytes((said) => (said.writeUInt32BE(said.readUInt32BE(12) - 1, 12), said)),
};

/** What is no message. */
const noise: Readonly<Record<string, Uint8Array>> = {
  zeros: new Uint8Array(64),
  text: Buffer.from('HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n'),
  'half-a-header': Uint8Array.of(0x42, 0x00, 0x7b, 0x01),
};

const binary = ['kmip/ttlv'];
const hostile = ['hostile'];

/** Serves a client, and departs in the first success that makes something, else in none. */
function answering(told: (content: Fields) => Told) {
  return (player: KmipPlayer) =>
    serve(
      player,
      once(isSuccessOf(...making), ({ content }) => told(content)),
    );
}

/** The same in its first success. */
function firstAnswering(told: (content: Fields) => Told) {
  return (player: KmipPlayer) =>
    serve(
      player,
      once(isSuccessOf(), ({ content }) => told(content)),
    );
}

/** Writes something, leaves, and serves whoever comes then. */
function leaving(write: (player: KmipPlayer, said: Uint8Array) => void): NonNullable<Row['play']> {
  return async (player) => {
    await serve(
      player,
      once(isSuccessOf(), ({ message, content }) => {
        write(player, player.compose(message, { content }));
        return 'left';
      }),
    );
    await player.reconnect();
    await serve(player);
  };
}

const words = (name: string) => name.replaceAll('-', ' ');

const rows: Readonly<Record<string, Row>> = {
  ...rowsOf(
    undone,
    (change, name) => ({
      title: `The client uses nothing of what was not made: ${words(name)}`,
      covers: [failureTaken, staysConformant],
      play: answering((content) => ({ content: change(content), message: 'failed' })),
      expect: neverNames(nobody, failureTaken),
    }),
    'not-made-',
  ),
  ...rowsOf(wrong, (change, name) => ({
    title: `The client stays conformant behind a wrong response: ${words(name)}`,
    covers: [staysConformant],
    tags: hostile,
    play: firstAnswering((content) => ({ content: change(content) })),
  })),
  ...rowsOf(
    wrong,
    (change, name) => ({
      title: `The client stays conformant where a key was made by a wrong response: ${words(name)}`,
      covers: [staysConformant],
      tags: hostile,
      play: answering((content) => ({ content: change(content) })),
    }),
    'making-',
  ),
  ...rowsOf(unreadable, (frame, name) => ({
    title: `The client stays conformant behind a response that it cannot read: ${words(name)}`,
    covers: [staysConformant],
    tags: hostile,
    dialects: binary,
    play: firstAnswering((content) => ({ content, frame })),
  })),
  ...rowsOf(noise, (said, name) => ({
    title: `The client stays conformant behind what is no response: ${words(name)}`,
    covers: [staysConformant],
    tags: hostile,
    dialects: binary,
    play: leaving((player) => player.write(said)),
  })),
  refused: {
    title: 'The client goes on, or leaves, where its message is refused as a whole',
    covers: [staysConformant],
    play: (player) =>
      serve(
        player,
        once(
          () => true,
          ({ content }) => ({
            message: 'rejected',
            content: inItems(() => [{ ...failed, ResultReason: 'GeneralFailure' }])(content),
          }),
        ),
      ),
  },
  'too-large': {
    title: 'The client goes on, or leaves, where its response is too large',
    covers: [staysConformant],
    play: firstAnswering((content) => ({
      message: 'failed',
      content: item(({ Operation }) => ({
        Operation,
        ...failed,
        ResultReason: 'ResponseTooLarge',
      }))(content),
    })),
  },
  'half-a-response': {
    title: 'The client stays conformant where the server leaves in the middle of a response',
    covers: [staysConformant],
    tags: hostile,
    play: leaving((player, said) => player.write(said.subarray(0, said.length >> 1))),
  },
  'leaves-unanswered': {
    title: 'The client stays conformant where the server leaves instead of answering',
    covers: [staysConformant],
    tags: hostile,
    play: leaving(() => {}),
  },
};

/** What a client does behind responses that are none to its requests. */
export const clientWrongCases: readonly KmipCase[] = table(
  'client-wrong',
  { against: 'client' },
  rows,
);
