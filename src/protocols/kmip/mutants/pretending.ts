import { isFields, itemsOf, textAt, type Fields } from '#models/kmip/index.ts';
import { eachItem } from '../altered.ts';
import type { Departure } from './mutant.ts';

type Payload = (asked: Fields) => Fields;

/** Failures of an operation become successes. */
export function pretending(operation: string, payload: Payload) {
  return pretendingFor(operation, null, payload);
}

/** Failures of an operation for such reasons (`null`: for any) become successes. */
export function pretendingFor(
  operation: string,
  reasons: readonly string[] | null,
  payload: Payload,
) {
  return (response: Fields, request: Fields): Fields => {
    const asked = Reflect.get(request, 'BatchItem');
    const items: readonly unknown[] = Array.isArray(asked) ? asked : [];
    let index = -1;
    return eachItem(
      () => true,
      (item) => {
        index += 1;
        const said = items[index];
        const reason = textAt(item, 'ResultReason');
        const isSuch = reason !== null && reasons?.includes(reason) !== false;
        const isMeant = item['Operation'] === operation && isSuch;
        if (!isMeant || !isFields(said)) return item;
        const { Operation, UniqueBatchItemID } = item;
        return {
          Operation,
          ...(UniqueBatchItemID === undefined ? {} : { UniqueBatchItemID }),
          ResultStatus: 'Success',
          ResponsePayload: payload({ ...Object(said['RequestPayload']) }),
        };
      },
    )(response);
  };
}

/** The payload of a result that only names its object. */
export const onlyId = ({ UniqueIdentifier }: Fields): Fields => ({
  UniqueIdentifier: UniqueIdentifier ?? '1',
});

/** Answers a request of one such operation as it should, and does nothing. */
export function forgetting(operation: string): Departure {
  return {
    forgets: (request) => {
      const [item, ...others] = itemsOf(request);
      return others.length === 0 && textAt(item, 'Operation') === operation;
    },
  };
}
