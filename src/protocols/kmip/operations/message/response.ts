import type { Item } from '../../tree.ts';
import { enumerations } from '../../registry/enumerations.ts';
import { tags } from '../../registry/tags.ts';
import { reasonOf, type Failure } from '../model/failure.ts';
import { ttlvBytes } from '../../ttlv/write.ts';
import * as items from '../model/items.ts';
import type { ProtocolVersion, ServerState, Surroundings } from '../model/server.ts';
import type { Header, Refusal } from './header.ts';

/** What became of one batch item. */
export interface ItemAnswer {
  /** As far as the request item had them. */
  readonly operation: number | undefined;
  readonly batchItemId: Uint8Array | undefined;
  readonly result:
    | { readonly status: 'success' | 'undone'; readonly payload: readonly Item[] }
    | { readonly status: 'failed'; readonly failure: Failure };
}

/** Begins the response to a message: what goes into its header is decided here. */
export function responseTo(
  message: Header | Refusal,
  { settings }: ServerState,
  { now, random }: Surroundings,
): Response {
  const { protocol, version } = message;
  const { clientCorrelation, serverCorrelation, reasons } = settings.habits;
  const correlated = atLeast14(protocol);
  const client = 'clientCorrelationValue' in message ? message.clientCorrelationValue : undefined;
  const header = [
    items.structure(tags.ProtocolVersion, [
      items.integer(tags.ProtocolVersionMajor, protocol.major),
      items.integer(tags.ProtocolVersionMinor, protocol.minor),
    ]),
    items.dateTime(tags.TimeStamp, now),
    correlated && clientCorrelation === 'echoed' && client !== undefined
      ? items.text(tags.ClientCorrelationValue, client)
      : null,
    correlated && serverCorrelation === 'sent'
      ? items.text(tags.ServerCorrelationValue, Buffer.from(random.bytes(8)).toString('hex'))
      : null,
  ];
  const itemOf = ({ operation, batchItemId, result }: ItemAnswer): Item =>
    items.structure(tags.BatchItem, [
      operation === undefined ? null : items.enumeration(tags.Operation, operation),
      batchItemId === undefined ? null : items.bytes(tags.UniqueBatchItemID, batchItemId),
      ...(result.status === 'failed'
        ? [
            items.enumeration(tags.ResultStatus, enumerations.ResultStatus.OperationFailed),
            items.enumeration(tags.ResultReason, reasonOf(result.failure, version, reasons)),
            items.text(tags.ResultMessage, result.failure.message),
          ]
        : [
            items.enumeration(tags.ResultStatus, statuses[result.status]),
            items.structure(tags.ResponsePayload, result.payload),
          ]),
    ]);
  const messageOf = (answers: readonly ItemAnswer[]): Item =>
    items.structure(tags.ResponseMessage, [
      items.structure(tags.ResponseHeader, [
        ...header,
        items.integer(tags.BatchCount, answers.length),
      ]),
      ...answers.map(itemOf),
    ]);
  return {
    message: messageOf,
    emptySizeBytes: () => ttlvBytes(messageOf([])),
    itemSizeBytes: (answer) => ttlvBytes(itemOf(answer)),
  };
}

/** A response whose header is settled. */
export interface Response {
  message(answers: readonly ItemAnswer[]): Item;
  /** What it takes in TTLV without any items, and what one item adds. */
  emptySizeBytes(): number;
  itemSizeBytes(answer: ItemAnswer): number;
}

const statuses = {
  success: enumerations.ResultStatus.Success,
  undone: enumerations.ResultStatus.OperationUndone,
} as const;

function atLeast14({ major, minor }: ProtocolVersion): boolean {
  return major > 1 || minor >= 4;
}
