import { isFields, itemsOf, type Fields } from '#models/kmip/index.ts';
import { eachItem, inItems } from '../altered.ts';
import type { Departure } from './mutant.ts';

/** Takes one operation for another. */
export function doing(from: string, to: string, payload: (asked: Fields) => Fields) {
  return eachItem(
    (item) => item['Operation'] === from,
    (item) => ({
      ...item,
      Operation: to,
      RequestPayload: payload({ ...Object(item['RequestPayload']) }),
    }),
  );
}

/** A failure of an operation becomes a success. */
export function pretending(operation: string, payload: (asked: Fields) => Fields) {
  return (response: Fields, request: Fields): Fields => {
    const asked = Reflect.get(request, 'BatchItem');
    const items: readonly unknown[] = Array.isArray(asked) ? asked : [];
    let index = -1;
    return eachItem(
      () => true,
      (item) => {
        index += 1;
        const said = items[index];
        const isMeant =
          item['Operation'] === operation && item['ResultStatus'] === 'OperationFailed';
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

/** Answers an operation as if it were done, and does something harmless instead. */
export function forgetting(operation: string): Departure {
  const instead = 'GetAttributeList';
  return {
    asks: doing(operation, instead, onlyId),
    tells: (response, request) => {
      const asked = itemsOf(request).map((item) => Reflect.get(Object(item), 'Operation'));
      let index = -1;
      return inItems((items) =>
        items.map((item) => {
          index += 1;
          if (asked[index] !== operation) return item;
          const isDone = item['ResultStatus'] === 'Success';
          const payload = onlyId({ ...Object(item['ResponsePayload']) });
          return {
            ...item,
            Operation: operation,
            ...(isDone ? { ResponsePayload: payload } : {}),
          };
        }),
      )(response);
    },
  };
}
