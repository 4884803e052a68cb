import type { Item, Structure } from '../../tree.ts';
import { tags } from '../../registry/tags.ts';
import type { Context } from '../model/context.ts';
import { failed, isFailure, type Failure } from '../model/failure.ts';
import * as items from '../model/items.ts';
import type { Stream } from '../model/stream.ts';
import { dataIn } from './data.ts';

/** One part of a cryptographic operation, all parts before it joined to it. */
export interface Part {
  /** The fields that hold for all parts: those of the first request. */
  readonly fields: Structure;
  /** All data so far; `undefined`: there never were any. */
  readonly data: Uint8Array | undefined;
  /** How much of the result has gone out already. */
  readonly sentBytes: number;
  readonly isLast: boolean;
  readonly correlation: Uint8Array | undefined;
}

/** What a part is of: the operation and, where it has one, the key. */
export interface StreamOwner {
  readonly operation: number;
  readonly identifier: string | undefined;
}

/** Reads a request that may be one part of several. */
export function partIn(payload: Structure, owner: StreamOwner, context: Context): Part | Failure {
  const data = dataIn(payload, context);
  if (isFailure(data)) return data;
  const correlation = items.bytesOf(payload, tags.CorrelationValue);
  const begins = items.booleanOf(payload, tags.InitIndicator) === true;
  const ends = items.booleanOf(payload, tags.FinalIndicator) === true;
  if (correlation === undefined) {
    // Without Init Indicator all comes at once.
    return { fields: payload, data, sentBytes: 0, isLast: !begins || ends, correlation };
  }
  const before = context.server.streams.at(nameOf(correlation));
  if (before?.operation !== owner.operation || before.identifier !== owner.identifier) {
    return failed('correlationValue', 'no such stream is open');
  }
  const joined = Buffer.concat([before.data, data ?? new Uint8Array()]);
  if (joined.length > context.server.settings.dataLimit) {
    return failed('serverLimit', 'the stream is too long');
  }
  const fields = items.structure(tags.RequestPayload, [...before.first, ...finals(payload)]);
  const { sentBytes } = before;
  return { fields, data: joined, sentBytes, isLast: ends, correlation };
}

/** What the last part may bring: the tag or signature to check. */
function finals(payload: Structure): readonly Item[] {
  const own: readonly number[] = [
    tags.AuthenticatedEncryptionTag,
    tags.SignatureData,
    tags.MACData,
    tags.DigestedData,
  ];
  return payload.value.filter((item) => own.includes(item.tag));
}

/** Keeps a stream open, or closes it; its Correlation Value, where it goes on. */
export function streamAfter(
  part: Part,
  { operation, identifier }: StreamOwner,
  { sentBytes, context }: { readonly sentBytes: number; readonly context: Context },
): readonly Item[] | Failure {
  const { streams, settings } = context.server;
  if (part.isLast) {
    if (part.correlation !== undefined) streams.remove(nameOf(part.correlation));
    return [];
  }
  if (part.correlation === undefined && streams.size >= settings.streamLimit) {
    return failed('serverLimit', 'no more streams are kept open');
  }
  const correlation = part.correlation ?? context.random.bytes(16);
  const stream: Stream = {
    operation,
    identifier,
    first: part.fields.value.filter(({ tag }) => tag !== tags.Data),
    data: part.data ?? new Uint8Array(),
    sentBytes,
  };
  streams.put(nameOf(correlation), stream);
  return [items.bytes(tags.CorrelationValue, correlation)];
}

const nameOf = (correlation: Uint8Array) => Buffer.from(correlation).toString('hex');
