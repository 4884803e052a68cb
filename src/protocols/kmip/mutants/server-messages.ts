import { requirements } from '#models/kmip/index.ts';
import type { Mutant } from '#src/contract/side.ts';
import { eachItem, inHeader, inItems, without } from '../altered.ts';
import { serverMutant } from './mutant.ts';

const failed = (item: Readonly<Record<string, unknown>>) =>
  item['ResultStatus'] === 'OperationFailed';
const succeeded = (item: Readonly<Record<string, unknown>>) => item['ResultStatus'] === 'Success';
const whatever = () => true;

/** Servers whose messages are wrong in one place. */
export const serverMessageMutants: readonly Mutant[] = [
  serverMutant({
    id: 'server-version-other',
    title: 'answers in version 2.0 whatever was asked',
    breaks: requirements.versionEchoed,
    shortest: 2,
    tells: inHeader((header) => ({
      ...header,
      ProtocolVersion: { ProtocolVersionMajor: 2, ProtocolVersionMinor: 0 },
    })),
  }),
  serverMutant({
    id: 'server-time-missing',
    title: 'leaves the Time Stamp out',
    breaks: requirements.timeStampGiven,
    shortest: 2,
    tells: inHeader((header) => without(header, 'TimeStamp')),
  }),
  serverMutant({
    id: 'server-header-order',
    title: 'writes Batch Count first',
    breaks: requirements.headerOrder,
    shortest: 2,
    tells: inHeader(({ BatchCount, ...header }) => ({ BatchCount, ...header })),
  }),
  serverMutant({
    id: 'server-count-of-request',
    title: 'counts the items of the request where a batch was stopped',
    breaks: requirements.batchCountRight,
    shortest: 2,
    tells: (response, { RequestHeader }) =>
      inHeader((header) => ({
        ...header,
        BatchCount: Reflect.get(Object(RequestHeader), 'BatchCount'),
      }))(response),
  }),
  serverMutant({
    id: 'server-operation-missing',
    title: 'leaves the operation out of failures',
    breaks: requirements.operationEchoed,
    shortest: 2,
    tells: eachItem(failed, (item) => without(item, 'Operation')),
  }),
  serverMutant({
    id: 'server-operation-of-first',
    title: 'names the operation of the first item in all of them',
    breaks: requirements.operationEchoed,
    shortest: 2,
    tells: inItems((items) =>
      items.map((item) => ({ ...item, Operation: items[0]?.['Operation'] })),
    ),
  }),
  serverMutant({
    id: 'server-item-ids-missing',
    title: 'leaves the Unique Batch Item IDs out',
    breaks: requirements.itemIdEchoed,
    shortest: 2,
    tells: eachItem(whatever, (item) => without(item, 'UniqueBatchItemID')),
  }),
  serverMutant({
    id: 'server-item-ids-own',
    title: 'has Unique Batch Item IDs of its own',
    breaks: requirements.itemIdEchoed,
    shortest: 2,
    tells: inItems((items) =>
      items.map((item, index) =>
        'UniqueBatchItemID' in item ? { ...item, UniqueBatchItemID: `ff0${index}` } : item,
      ),
    ),
  }),
  serverMutant({
    id: 'server-status-missing',
    title: 'leaves the status of successes out',
    breaks: requirements.statusGiven,
    shortest: 2,
    tells: eachItem(succeeded, (item) => without(item, 'ResultStatus')),
  }),
  serverMutant({
    id: 'server-reason-missing',
    title: 'gives no reason of failures',
    breaks: requirements.reasonOfFailure,
    shortest: 2,
    tells: eachItem(failed, (item) => without(item, 'ResultReason')),
  }),
  serverMutant({
    id: 'server-reason-of-success',
    title: 'gives a reason of successes',
    breaks: requirements.noReasonOfSuccess,
    shortest: 2,
    tells: eachItem(succeeded, ({ ResultStatus, ResponsePayload, ...item }) => ({
      ...item,
      ResultStatus,
      ResultReason: 'GeneralFailure',
      ResponsePayload,
    })),
  }),
  serverMutant({
    id: 'server-reason-always-one',
    title: 'says Cryptographic Failure for every error',
    breaks: requirements.reasonFits,
    shortest: 2,
    tells: eachItem(failed, (item) => ({ ...item, ResultReason: 'CryptographicFailure' })),
  }),
  serverMutant({
    id: 'server-payload-missing',
    title: 'leaves the payload of successes out',
    breaks: requirements.payloadFits,
    shortest: 2,
    tells: eachItem(succeeded, (item) => without(item, 'ResponsePayload')),
  }),
  serverMutant({
    id: 'server-item-field-unknown',
    title: 'has a field in every result that nobody knows',
    breaks: requirements.unknownFieldRefused,
    shortest: 2,
    tells: eachItem(whatever, (item) => ({ ...item, ['0x420200']: { type: 'Integer', value: 1 } })),
  }),
  serverMutant({
    id: 'server-count-unchecked',
    title: 'does not look at Batch Count',
    breaks: requirements.badMessageRefused,
    shortest: 2,
    asksWrong: true,
    asks: inItems((items) => items),
  }),
  serverMutant({
    id: 'server-size-unlimited',
    title: 'does not look at Maximum Response Size',
    breaks: requirements.maximumSizeKept,
    shortest: 2,
    asks: inHeader((header) => without(header, 'MaximumResponseSize')),
  }),
  serverMutant({
    id: 'server-too-large-always',
    title: 'says Response Too Large for every failure',
    breaks: requirements.tooLargeRight,
    shortest: 2,
    tells: eachItem(failed, (item) => ({ ...item, ResultReason: 'ResponseTooLarge' })),
  }),
  serverMutant({
    id: 'server-correlation-other',
    title: 'returns another Client Correlation Value',
    breaks: requirements.clientCorrelationKept,
    shortest: 2,
    tells: (response, request) =>
      'ClientCorrelationValue' in Object(request['RequestHeader'])
        ? inHeader(({ BatchCount, ServerCorrelationValue, ...header }) => ({
            ...header,
            ClientCorrelationValue: 'of somebody else',
            ServerCorrelationValue,
            BatchCount,
          }))(response)
        : response,
  }),
];
