import {
  all,
  continuationOf,
  field,
  has,
  isFields,
  itemsOf,
  textAt,
  type Fields,
} from '#models/kmip/index.ts';
import type { Readings } from '#models/language/index.ts';
import { eachItem, inHeader, inItems, without } from '../altered.ts';
import { usualHabits, type Habits } from '../operations/model/habits.ts';

/** The engine's own choices under readings of the model. */
export function habitsFor(readings: Readings): Habits {
  const follows = (key: string, reading: string) => readings[key] === reading;
  return {
    ...usualHabits,
    afterStop: follows('stoppedItems', 'failed') ? 'cancelled' : 'omitted',
    missingBatchItemId: follows('missingItemIds', 'required') ? 'refused' : 'accepted',
    repeatedBatchItemId: follows('twinItemIds', 'refused') ? 'refused' : 'accepted',
    loneContinuationOption: follows('optionOfSingle', 'refused') ? 'refused' : 'ignored',
    placeholderAfterLocate: follows('placeholderAfterLocate', 'kept') ? 'kept' : 'emptied',
    batchOrder: follows('batchOrderDefault', 'always') ? 'always' : 'byVersion',
    emptyBatch: follows('emptyBatch', 'answered') ? 'answered' : 'refused',
    unsupportedVersion: follows('rejectedVersion', 'echoed') ? 'echoed' : 'highest',
    fieldOrder: follows('fieldOrder', 'taken') ? 'free' : 'demanded',
    unknownFields: follows('unknownFields', 'ignored') ? 'ignored' : 'refused',
    clientCorrelation: follows('correlationEchoed', 'always') ? 'echoed' : 'omitted',
    names: follows('nameUniqueness', 'taken') ? 'shared' : 'unique',
    processInactive: follows('compromisedUse', 'taken') ? 'allowed' : 'refused',
    readRevoked: follows('revokedRead', 'refused') ? 'refused' : 'allowed',
    revokeAgain: follows('revokeTwice', 'taken') ? 'accepted' : 'refused',
    afterDestroy: follows('destroyedObjects', 'nothing') ? 'nothing' : 'attributes',
  };
}

/** What the server takes a request for. */
export function taken(request: Fields, readings: Readings): Fields {
  if (readings['locateDestroyed'] !== 'found') return request;
  return eachItem(
    (item) => item['Operation'] === 'Locate',
    (item) => ({
      ...item,
      RequestPayload: withDestroyed({ ...Object(item['RequestPayload']) }),
    }),
  )(request);
}

function withDestroyed(payload: Fields): Fields {
  const { MaximumItems, OffsetItems, StorageStatusMask, ...rest } = payload;
  if (StorageStatusMask !== undefined) return payload;
  const mask = 'OnLineStorage|DestroyedStorage';
  return { MaximumItems, OffsetItems, StorageStatusMask: mask, ...rest };
}

/** Why the server refuses a good request as a whole, before it does anything; `null`: it does not. */
export function refusedUnread(
  request: Fields,
  { readings, nowSeconds }: { readonly readings: Readings; readonly nowSeconds: number },
): string | null {
  const isUndo = continuationOf(request) === 'Undo';
  if (isUndo && readings['undoSupport'] === 'refused') return 'FeatureNotSupported';
  const said = field(request['RequestHeader'], 'TimeStamp');
  const isOff = typeof said === 'number' && Math.abs(said - nowSeconds) > mostSkewSeconds;
  return isOff && readings['timeStampSkew'] === 'refused' ? 'InvalidMessage' : null;
}

const mostSkewSeconds = 3600;

/** What the server makes of its response. */
export function told(response: Fields, request: Fields, readings: Readings): Fields {
  const [only, ...others] = itemsOf(response);
  const isTooLarge = others.length === 0 && textAt(only, 'ResultReason') === 'ResponseTooLarge';
  if (isTooLarge && readings['tooLargeScope'] === 'message') {
    return rejecting(response, 'ResponseTooLarge');
  }
  const whole = withRest(response, request, readings);
  const asked = itemsOf(request);
  let index = -1;
  return eachItem(
    () => true,
    (item) => {
      index += 1;
      return toldItem(item, asked[index], readings);
    },
  )(whole);
}

function toldItem(item: Fields, asked: unknown, readings: Readings): Fields {
  const payload = item['ResponsePayload'];
  if (item['ResultStatus'] !== 'Success' || !isFields(payload)) return item;
  const isInvalid = textAt(payload, 'ValidityIndicator') === 'Invalid';
  if (isInvalid && readings['invalidSignature'] === 'failure') {
    return failed(item, 'CryptographicFailure');
  }
  if (item['Operation'] !== 'GetAttributes') return item;
  const wanted = all(field(asked, 'RequestPayload'), 'AttributeReference');
  const lacks = wanted.some((name) => !has(payload['Attributes'], String(name)));
  return lacks && readings['attributeNamesKnown'] === 'refused'
    ? failed(item, 'AttributeNotFound')
    : item;
}

function failed(item: Fields, ResultReason: string): Fields {
  const rest = without(item, 'ResponsePayload');
  return { ...rest, ResultStatus: 'OperationFailed', ResultReason };
}

/** The items behind an error that undid a batch. */
function withRest(response: Fields, request: Fields, readings: Readings): Fields {
  const how = readings['undoneRest'];
  const isUndone = itemsOf(response).some(
    (item) => textAt(item, 'ResultStatus') === 'OperationFailed',
  );
  if (continuationOf(request) !== 'Undo' || !isUndone || how === 'leftOut') return response;
  const asked = itemsOf(request).filter(isFields);
  return inItems((items) => {
    if (items[0]?.['Operation'] === undefined) return items;
    return [...items, ...asked.slice(items.length).map((item) => restOf(item, how === 'undone'))];
  })(response);
}

function restOf({ Operation, UniqueBatchItemID }: Fields, isUndone: boolean): Fields {
  const head = UniqueBatchItemID === undefined ? { Operation } : { Operation, UniqueBatchItemID };
  if (isUndone) return { ...head, ResultStatus: 'OperationUndone' };
  return {
    ...head,
    ResultStatus: 'OperationFailed',
    ResultReason: 'OperationCanceledByRequester',
  };
}

/** A response that refuses a message as a whole, in the header of another one. */
function rejecting(response: Fields, ResultReason: string): Fields {
  const item = { ResultStatus: 'OperationFailed', ResultReason };
  return { ...inHeader((header) => ({ ...header, BatchCount: 1 }))(response), BatchItem: [item] };
}
