import {
  all,
  field,
  isCritical,
  isFields,
  itemsOf,
  requirements,
  textAt,
  type Fields,
} from '#models/kmip/index.ts';
import type { Mutant } from '#src/contract/side.ts';
import { eachItem, inHeader, inItems, without } from '../altered.ts';
import { askedOf, payloadOf, serverMutant, type ServerMemory } from './mutant.ts';
import { pretendingFor } from './pretending.ts';

/** How many things of a kind each server has done. */
function counter(): (memory: ServerMemory) => number {
  const counts = new WeakMap<ServerMemory, number>();
  return (memory) => {
    const count = (counts.get(memory) ?? 0) + 1;
    counts.set(memory, count);
    return count;
  };
}

const version = (ProtocolVersionMajor: number, ProtocolVersionMinor: number): Fields => ({
  ProtocolVersionMajor,
  ProtocolVersionMinor,
});

const versions = [version(2, 1), version(2, 0), version(1, 4), version(1, 3)];

const created = counter();
const listed = counter();
const firstIds = new WeakMap<ServerMemory, unknown>();
const placeholders = new WeakMap<ServerMemory, unknown>();

/** Takes items for what they would be without their critical extensions. */
function uncritical(request: Fields): Fields {
  if (!itemsOf(request).some(isCritical)) return request;
  return eachItem(isCritical, (item) => without(item, 'MessageExtension'))(request);
}

function isList({ Operation, ResultStatus }: Fields): boolean {
  return Operation === 'GetAttributeList' && ResultStatus === 'Success';
}

/** Whether an item names its object twice. */
function isTwice(item: unknown): boolean {
  return all(field(item, 'RequestPayload'), 'UniqueIdentifier').length > 1;
}

function withFirst(item: Fields): Fields {
  const { UniqueIdentifier, ...payload } = Object(item['RequestPayload']);
  return { ...item, RequestPayload: { UniqueIdentifier: UniqueIdentifier[0], ...payload } };
}

/** Servers that conduct themselves wrong: what they say of themselves, and what they do in time. */
export const serverConductMutants: readonly Mutant[] = [
  serverMutant({
    id: 'server-versions-unasked',
    title: 'names all of its versions, whatever was asked',
    breaks: requirements.versionsAnswered,
    shortest: 2,
    tells: payloadOf('DiscoverVersions', () => ({ ProtocolVersion: versions })),
  }),
  serverMutant({
    id: 'server-versions-none',
    title: 'names no version at all',
    breaks: requirements.versionOfTalkKnown,
    shortest: 2,
    tells: payloadOf('DiscoverVersions', () => ({})),
  }),
  serverMutant({
    id: 'server-query-everything',
    title: 'names its operations, whatever Query asks for',
    breaks: requirements.queryAnswered,
    shortest: 2,
    tells: payloadOf('Query', (payload) => ({ Operation: ['Query'], ...payload })),
  }),
  serverMutant({
    id: 'server-information-first',
    title: 'says Server Information before Vendor Identification',
    breaks: requirements.payloadFits,
    shortest: 2,
    tells: payloadOf('Query', ({ VendorIdentification, ...payload }) => ({
      ...payload,
      VendorIdentification,
    })),
  }),
  serverMutant({
    id: 'server-correlation-too-early',
    title: 'says a Server Correlation Value to clients of every version',
    breaks: requirements.serverCorrelationSince14,
    shortest: 4,
    tells: inHeader(({ BatchCount, ...header }) => ({
      ...header,
      ServerCorrelationValue: 'of the server',
      BatchCount,
    })),
  }),
  serverMutant({
    id: 'server-register-type',
    title: 'answers Register with the type of the object, too',
    breaks: requirements.payloadFits,
    shortest: 2,
    tells: payloadOf('Register', (payload) => ({ ObjectType: 'SymmetricKey', ...payload })),
  }),
  serverMutant({
    id: 'server-get-other-material',
    title: 'returns other material than was registered',
    breaks: requirements.getReturnsRegistered,
    shortest: 4,
    tells: payloadOf('Get', (payload) => {
      const { SymmetricKey } = payload;
      if (!isFields(SymmetricKey)) return payload;
      const block = { ...Object(SymmetricKey['KeyBlock']) };
      const KeyValue = { KeyMaterial: 'ee'.repeat(16) };
      return { ...payload, SymmetricKey: { KeyBlock: { ...block, KeyValue } } };
    }),
  }),
  serverMutant({
    id: 'server-halves-the-same',
    title: 'gives both keys of a pair the same identifier',
    breaks: requirements.createKeyPairAnswered,
    shortest: 2,
    tells: payloadOf('CreateKeyPair', ({ PrivateKeyUniqueIdentifier }) => ({
      PrivateKeyUniqueIdentifier,
      PublicKeyUniqueIdentifier: PrivateKeyUniqueIdentifier,
    })),
  }),
  serverMutant({
    id: 'server-identifier-again',
    title: 'gives the fifth key the identifier of the first',
    breaks: requirements.identifiersNew,
    shortest: 10,
    deep: true,
    tells: (response, _, { memory }) =>
      payloadOf('Create', (payload) => {
        const count = created(memory);
        if (count === 1) firstIds.set(memory, payload['UniqueIdentifier']);
        return count < 5 ? payload : { ...payload, UniqueIdentifier: firstIds.get(memory) };
      })(response),
  }),
  serverMutant({
    id: 'server-unsupported-later',
    title: 'supports Get Attribute List once',
    breaks: requirements.servedAgain,
    shortest: 6,
    tells: (response, _, { memory }) =>
      eachItem(
        (item) => isList(item) && listed(memory) > 1,
        (item) => ({
          ...without(item, 'ResponsePayload'),
          ResultStatus: 'OperationFailed',
          ResultReason: 'OperationNotSupported',
        }),
      )(response),
  }),
  serverMutant({
    id: 'server-placeholder-kept',
    title: 'keeps the ID Placeholder from one batch to the next',
    breaks: requirements.placeholderEnds,
    shortest: 4,
    deep: true,
    asks: (request, { memory }) =>
      itemsOf(request).length > 1
        ? request
        : askedOf('Activate', (payload) => ({
            UniqueIdentifier: payload['UniqueIdentifier'] ?? placeholders.get(memory),
          }))(request),
    tells: (response, _, { memory }) =>
      payloadOf('Create', (payload) => {
        placeholders.set(memory, payload['UniqueIdentifier']);
        return payload;
      })(response),
  }),
  serverMutant({
    id: 'server-critical-passed-over',
    title: 'passes over critical extensions',
    breaks: requirements.criticalExtensionRefused,
    shortest: 2,
    asksWrong: true,
    asks: uncritical,
  }),
  serverMutant({
    id: 'server-refused-and-done',
    title: 'refuses an item with a critical extension, and does it all the same',
    breaks: requirements.stateTold,
    shortest: 6,
    asksWrong: true,
    asks: uncritical,
    tells: (response, request) => {
      const critical = itemsOf(request).map(isCritical);
      return inItems((items) =>
        items.map((item, index) =>
          critical[index] === true
            ? {
                ...without(item, 'ResponsePayload'),
                ResultStatus: 'OperationFailed',
                ResultReason: 'FeatureNotSupported',
              }
            : item,
        ),
      )(response);
    },
  }),
  serverMutant({
    id: 'server-unknown-operation-served',
    title: 'says that operations are done that nobody has',
    breaks: requirements.unknownOperationRefused,
    shortest: 2,
    tells: (response, request) =>
      itemsOf(request)
        .flatMap((item) => textAt(item, 'Operation') ?? [])
        .filter((operation) => operation.startsWith('0x'))
        .reduce<Fields>(
          (said, name) => pretendingFor(name, ['OperationNotSupported'], () => ({}))(said, request),
          response,
        ),
  }),
  serverMutant({
    id: 'server-field-twice-taken',
    title: 'takes the first of two fields that may stand there once',
    breaks: requirements.badItemRefused,
    shortest: 4,
    deep: true,
    asksWrong: true,
    asks: (request) =>
      itemsOf(request).some(isTwice) ? eachItem(isTwice, withFirst)(request) : request,
  }),
  serverMutant({
    id: 'server-prohibition-refused',
    title: 'refuses a request that wants its answer at once, and says so',
    breaks: requirements.goodServed,
    shortest: 2,
    tells: (response, request) => {
      const said = field(request['RequestHeader'], 'AsynchronousIndicator');
      if (said !== 'Prohibited' && said !== false) return response;
      const refused = { ResultStatus: 'OperationFailed', ResultReason: 'FeatureNotSupported' };
      return inItems(() => [refused])(response);
    },
  }),
  serverMutant({
    id: 'server-version-of-nobody',
    title: 'serves requests of any version',
    breaks: requirements.versionRefused,
    shortest: 2,
    asksWrong: true,
    asks: inHeader((header) => ({ ...header, ProtocolVersion: version(2, 1) })),
    tells: (response, request) =>
      inHeader((header) => ({
        ...header,
        ProtocolVersion: Reflect.get(Object(request['RequestHeader']), 'ProtocolVersion'),
      }))(response),
  }),
  serverMutant({
    id: 'server-size-doubled',
    title: 'takes twice the Maximum Response Size',
    breaks: requirements.maximumSizeKept,
    shortest: 4,
    asks: inHeader((header) => {
      const { MaximumResponseSize } = header;
      return typeof MaximumResponseSize === 'number'
        ? { ...header, MaximumResponseSize: MaximumResponseSize * 2 }
        : header;
    }),
  }),
  serverMutant({
    id: 'server-pending-unasked',
    title: 'answers that Activate is pending',
    breaks: requirements.asynchronousAsked,
    shortest: 4,
    tells: eachItem(
      (item) => item['Operation'] === 'Activate' && item['ResultStatus'] === 'Success',
      (item) => ({
        ...without(item, 'ResponsePayload'),
        ResultStatus: 'OperationPending',
        AsynchronousCorrelationValue: '01',
      }),
    ),
  }),
  serverMutant({
    id: 'server-time-as-number',
    title: 'says the time as a Long Integer',
    breaks: requirements.typesRight,
    shortest: 2,
    tells: inHeader((header) => ({
      ...header,
      TimeStamp: { type: 'LongInteger', value: 1_605_916_800 },
    })),
  }),
  serverMutant({
    id: 'server-reason-of-nobody',
    title: 'gives a reason that nobody has',
    breaks: requirements.enumerationsKnown,
    shortest: 2,
    tells: eachItem(
      (item) => item['ResultStatus'] === 'OperationFailed',
      (item) => ({ ...item, ResultReason: '0x000000fe' }),
    ),
  }),
];
