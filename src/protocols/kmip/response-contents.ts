import {
  continuationOf,
  field,
  isFields,
  itemsOf,
  messages,
  textAt,
  type Conversation,
  type Fields,
  type MessageName,
} from '#models/kmip/index.ts';
import type { Random } from '#src/base/random.ts';

/** Contents of a response to the oldest request; the document's example where none awaits one. */
export function responses(
  message: MessageName,
  { pending, world }: Conversation,
  random: Random,
): readonly unknown[] {
  const [request] = pending;
  if (request === undefined || message === 'httpRefused') return [messages[message].example];
  const items = itemsOf(request.content);
  switch (message) {
    case 'succeeded':
      return [response(request.content, [success(items[0], null, random)])];
    case 'failed':
      return failures.map((reason) => response(request.content, [failure(items[0], reason)]));
    case 'batchAnswered':
      return [
        response(request.content, inOrder(items, random)),
        response(request.content, withError(request.content, items, random)),
      ];
    default: {
      void world;
      const { example } = messages[message];
      const results: unknown = 'BatchItem' in example ? example.BatchItem : [];
      return [response(request.content, Array.isArray(results) ? results.filter(isFields) : [])];
    }
  }
}

/** Responses that are hardly ever sent: with a message, with a payload where nothing was done. */
export function rareResponses(
  message: MessageName,
  { pending }: Conversation,
  random: Random,
): readonly unknown[] {
  const [request] = pending;
  if (request === undefined) return [];
  const [item] = itemsOf(request.content);
  const { ResponsePayload, ...done } = success(item, null, random);
  if (message === 'succeeded') {
    return [response(request.content, [{ ...done, ResultMessage: 'done', ResponsePayload }])];
  }
  if (message !== 'failed') return [];
  return [response(request.content, [{ ...failure(item, 'ItemNotFound'), ResponsePayload }])];
}

/** Reasons that tell of most errors. */
const failures = ['ItemNotFound', 'WrongKeyLifecycleState', 'InvalidField', 'PermissionDenied'];

function response(request: unknown, items: readonly Fields[]): Fields {
  const header = field(request, 'RequestHeader');
  const version = field(header, 'ProtocolVersion');
  const example = { ProtocolVersionMajor: 2, ProtocolVersionMinor: 1 };
  return {
    ResponseHeader: {
      ProtocolVersion: version ?? example,
      TimeStamp: 1_605_916_800,
      BatchCount: items.length,
    },
    BatchItem: items,
  };
}

function head(item: unknown): Fields {
  const id = field(item, 'UniqueBatchItemID');
  const operation = textAt(item, 'Operation');
  return {
    ...(operation === null ? {} : { Operation: operation }),
    ...(id === undefined ? {} : { UniqueBatchItemID: id }),
  };
}

function failure(item: unknown, ResultReason: string): Fields {
  return { ...head(item), ResultStatus: 'OperationFailed', ResultReason };
}

function success(item: unknown, placeholder: string | null, random: Random): Fields {
  const payload = payloadFor(item, placeholder, random);
  return { ...head(item), ResultStatus: 'Success', ResponsePayload: payload };
}

/** The shortest payload of a success. */
function payloadFor(item: unknown, placeholder: string | null, random: Random): Fields {
  const asked = field(item, 'RequestPayload');
  const id = textAt(asked, 'UniqueIdentifier') ?? placeholder ?? '';
  switch (textAt(item, 'Operation')) {
    case 'Create':
      return { ObjectType: textAt(asked, 'ObjectType'), UniqueIdentifier: random.uuid() };
    case 'Register':
      return { UniqueIdentifier: random.uuid() };
    case 'CreateKeyPair':
      return {
        PrivateKeyUniqueIdentifier: random.uuid(),
        PublicKeyUniqueIdentifier: random.uuid(),
      };
    case 'Query':
      return { Operation: ['Query'] };
    case 'DiscoverVersions':
      return { ProtocolVersion: { ProtocolVersionMajor: 2, ProtocolVersionMinor: 1 } };
    case 'Locate':
    case 'Hash':
      return {};
    case 'RNGRetrieve':
      return { Data: '00' };
    case 'SignatureVerify':
    case 'MACVerify':
      return { UniqueIdentifier: id, ValidityIndicator: 'Valid' };
    case 'GetAttributes':
      return { UniqueIdentifier: id, Attributes: {} };
    default:
      return { UniqueIdentifier: id };
  }
}

/** Everything succeeds; what was made goes into the ID Placeholder. */
function inOrder(items: readonly unknown[], random: Random): readonly Fields[] {
  let placeholder: string | null = null;
  return items.map((item) => {
    const result = success(item, placeholder, random);
    const payload = result['ResponsePayload'];
    placeholder = textAt(payload, 'UniqueIdentifier') ?? placeholder;
    return result;
  });
}

/** The first item about an object that a client cannot know fails. */
function withError(request: unknown, items: readonly unknown[], random: Random): readonly Fields[] {
  const wrong = items.findIndex((item) => textAt(item, 'Operation') === 'Activate');
  const option = continuationOf(request);
  const results = inOrder(items, random).map((result, index) =>
    index === wrong ? failure(items[index], 'ItemNotFound') : result,
  );
  if (option === 'Continue') return results;
  const done = results.slice(0, wrong + 1);
  if (option === 'Stop') return done;
  return done.map((result, index) =>
    index < wrong ? { ...head(items[index]), ResultStatus: 'OperationUndone' } : result,
  );
}
