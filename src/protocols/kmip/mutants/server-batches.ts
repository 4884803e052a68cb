import {
  continuationOf,
  field,
  isFields,
  itemsOf,
  requirements,
  textAt,
  type Fields,
} from '#models/kmip/index.ts';
import type { Mutant } from '#src/contract/side.ts';
import { inHeader, inItems } from '../altered.ts';
import { serverMutant } from './mutant.ts';

/** Takes the option of a batch for another. */
function taking(from: string, to: string) {
  return (request: Fields): Fields =>
    continuationOf(request) === from
      ? inHeader((header) => inOrder({ ...header, BatchErrorContinuationOption: to }))(request)
      : request;
}

/** The option stands before what follows it. */
function inOrder(header: Fields): Fields {
  const { BatchErrorContinuationOption, BatchOrderOption, TimeStamp, BatchCount, ...rest } = header;
  return { ...rest, BatchErrorContinuationOption, BatchOrderOption, TimeStamp, BatchCount };
}

const undone = ({ Operation, UniqueBatchItemID }: Fields): Fields => ({
  Operation,
  UniqueBatchItemID,
  ResultStatus: 'OperationUndone',
});

const isFailed = (item: Fields) => item['ResultStatus'] === 'OperationFailed';

/** Servers that do batches wrong in one place. */
export const serverBatchMutants: readonly Mutant[] = [
  serverMutant({
    id: 'server-stop-goes-on',
    title: 'goes on behind an error with Stop',
    breaks: requirements.stopStops,
    shortest: 2,
    asks: (request) =>
      'BatchErrorContinuationOption' in Object(request['RequestHeader'])
        ? taking('Stop', 'Continue')(request)
        : request,
  }),
  serverMutant({
    id: 'server-usual-goes-on',
    title: 'goes on behind an error where nothing is said of it',
    breaks: requirements.stopIsUsual,
    shortest: 2,
    asks: (request) =>
      'BatchErrorContinuationOption' in Object(request['RequestHeader'])
        ? request
        : taking('Stop', 'Continue')(request),
  }),
  serverMutant({
    id: 'server-continue-stops',
    title: 'stops at an error with Continue',
    breaks: requirements.everyItemAnswered,
    shortest: 2,
    asks: taking('Continue', 'Stop'),
  }),
  serverMutant({
    id: 'server-undo-stops',
    title: 'takes Undo for Stop',
    breaks: requirements.undoneTold,
    shortest: 2,
    asks: taking('Undo', 'Stop'),
  }),
  serverMutant({
    id: 'server-undo-relabels',
    title: 'answers with Undo as undone, and keeps what was done',
    breaks: requirements.stateTold,
    shortest: 6,
    asks: taking('Undo', 'Stop'),
    tells: (response, request) =>
      continuationOf(request) === 'Undo'
        ? inItems((items) =>
            items.some(isFailed)
              ? items.map((item) => (isFailed(item) ? item : undone(item)))
              : items,
          )(response)
        : response,
  }),
  serverMutant({
    id: 'server-stop-undoes',
    title: 'undoes what a stopped batch has done',
    breaks: requirements.stateTold,
    shortest: 6,
    asks: taking('Stop', 'Undo'),
    tells: (response, request) =>
      continuationOf(request) === 'Stop'
        ? inItems((items) =>
            items.map((item) =>
              item['ResultStatus'] === 'OperationUndone'
                ? { ...item, ResultStatus: 'Success' }
                : item,
            ),
          )(response)
        : response,
  }),
  serverMutant({
    id: 'server-results-reversed',
    title: 'says the results of a batch in reverse, with the ids of their places',
    breaks: requirements.operationEchoed,
    shortest: 2,
    tells: inItems((items) =>
      items.toReversed().map((item, index) => ({
        ...item,
        ...('UniqueBatchItemID' in item
          ? { UniqueBatchItemID: items[index]?.['UniqueBatchItemID'] }
          : {}),
      })),
    ),
  }),
  serverMutant({
    id: 'server-last-result-lost',
    title: 'leaves the last result of a batch out',
    breaks: requirements.everyItemAnswered,
    shortest: 2,
    tells: inItems((items) => (items.length > 1 ? items.slice(0, -1) : items)),
  }),
  serverMutant({
    id: 'server-result-twice',
    title: 'says the last result of a batch twice',
    breaks: requirements.everyItemAnswered,
    shortest: 2,
    tells: inItems((items) => (items.length > 1 ? [...items, ...items.slice(-1)] : items)),
  }),
  serverMutant({
    id: 'server-items-last-first',
    title: 'does the items of a batch from the last to the first',
    breaks: requirements.everyItemAnswered,
    shortest: 2,
    asks: inItems((items) => items.toReversed()),
    tells: inItems((items) => items.toReversed()),
  }),
  serverMutant({
    id: 'server-third-item-dropped',
    title: 'does no more than two items of a batch, and says that a third one is done',
    breaks: requirements.stateTold,
    shortest: 8,
    deep: true,
    asks: (request) =>
      endsInChange(request) ? inItems((items) => items.slice(0, 2))(request) : request,
    tells: (response, request) =>
      inItems((items) => {
        if (items.length !== 2 || items.some(isFailed) || !endsInChange(request)) return items;
        return [...items, ...itemsOf(request).slice(2).filter(isFields).map(pretended)];
      })(response),
  }),
];

/** Three items, of which the third one is to change the state of an object that it names. */
function endsInChange(request: Fields): boolean {
  const items = itemsOf(request);
  const [, , third] = items;
  return (
    items.length === 3 &&
    ['Activate', 'Revoke'].includes(textAt(third, 'Operation') ?? '') &&
    textAt(field(third, 'RequestPayload'), 'UniqueIdentifier') !== null
  );
}

/** A success of something that was not done. */
function pretended({ Operation, UniqueBatchItemID, RequestPayload }: Fields): Fields {
  const ResponsePayload = { UniqueIdentifier: field(RequestPayload, 'UniqueIdentifier') };
  return { Operation, UniqueBatchItemID, ResultStatus: 'Success', ResponsePayload };
}
