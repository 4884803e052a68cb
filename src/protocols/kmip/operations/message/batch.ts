import type { Item, Structure } from '../../tree.ts';
import { tags } from '../../registry/tags.ts';
import { since, type Context } from '../model/context.ts';
import { failed, isFailure, type Failure } from '../model/failure.ts';
import * as items from '../model/items.ts';
import type { ServerState } from '../model/server.ts';
import { operations } from '../table.ts';
import type { Fields } from './field.ts';
import { fieldsFailure } from './fields.ts';
import type { Header } from './header.ts';
import { rememberAnswer } from './placeholders.ts';
import type { ItemAnswer, Response } from './response.ts';

/** A batch that is to be run. */
export interface Batch {
  readonly header: Header;
  readonly batchItems: readonly Item[];
  readonly response: Response;
}

/**
 * Runs the items of a batch in their order. What an item that fails has done so far is taken back,
 * and with Undo all that the batch has done.
 */
export function runBatch(batch: Batch, context: Context): readonly ItemAnswer[] {
  const { header, batchItems, response } = batch;
  const { habits } = context.server.settings;
  const takeBackAll = moment(context.server);
  const answers: ItemAnswer[] = [];
  let roomBytes = header.maximumResponseSizeBytes - response.emptySizeBytes();
  for (const [index, item] of batchItems.entries()) {
    const takeBack = moment(context.server);
    const fitting = fitted(
      runItem(item, { header, context, isWrong: index === context.wrong }),
      roomBytes,
      response,
    );
    answers.push(fitting);
    roomBytes -= response.itemSizeBytes(fitting);
    if (fitting.result.status !== 'failed') continue;
    takeBack();
    if (habits.placeholderAfterFailure === 'emptied') context.batch.placeholder = undefined;
    if (header.onError === 'Continue') continue;
    const before = answers.slice(0, -1);
    if (header.onError === 'Undo') takeBackAll();
    return [
      ...(header.onError === 'Undo' ? before.map(undone) : before),
      fitting,
      ...(habits.afterStop === 'cancelled' ? batchItems.slice(index + 1).map(cancelled) : []),
    ];
  }
  return answers;
}

/** A way back to the server's memory as it is now. */
function moment({ objects, streams }: ServerState): () => void {
  const marks = { objects: objects.mark(), streams: streams.mark() };
  return () => {
    objects.undo(marks.objects);
    streams.undo(marks.streams);
  };
}

function fitted(answer: ItemAnswer, roomBytes: number, response: Response): ItemAnswer {
  if (answer.result.status === 'failed' || response.itemSizeBytes(answer) <= roomBytes) {
    return answer;
  }
  const failure = failed('responseTooLarge', 'more than the Maximum Response Size');
  return { ...answer, result: { status: 'failed', failure } };
}

function undone(answer: ItemAnswer): ItemAnswer {
  const { result } = answer;
  return result.status === 'success'
    ? { ...answer, result: { status: 'undone', payload: result.payload } }
    : answer;
}

function cancelled(item: Item): ItemAnswer {
  const failure = failed('cancelled', 'not run: an item before it failed');
  return { ...named(item), result: { status: 'failed', failure } };
}

/** What every answer to an item repeats of it. */
function named(item: Item): Pick<ItemAnswer, 'operation' | 'batchItemId'> {
  return {
    operation: items.enumerationOf(item, tags.Operation),
    batchItemId: items.bytesOf(item, tags.UniqueBatchItemID),
  };
}

interface ItemRun {
  readonly header: Header;
  readonly context: Context;
  /** Found wrong as it was written. */
  readonly isWrong: boolean;
}

function runItem(item: Item, run: ItemRun): ItemAnswer {
  const payload = resultOf(item, run);
  return isFailure(payload)
    ? { ...named(item), result: { status: 'failed', failure: payload } }
    : { ...named(item), result: { status: 'success', payload } };
}

function resultOf(item: Item, { header, context, isWrong }: ItemRun): readonly Item[] | Failure {
  if (item.type !== 'Structure') return failed('unparsable', 'a batch item is a structure');
  const code = items.enumerationOf(item, tags.Operation);
  const operation = code === undefined ? undefined : operations.get(code);
  const isUnknown =
    code !== undefined && (operation === undefined || !since(context, ...operation.since));
  if (isUnknown) return failed('operationNotSupported', `no operation ${code} here`);
  const wrong = itemFailure(item, context);
  if (wrong !== null) return wrong;
  if (header.asynchronous) return failed('asynchronous', 'answers come at once here');
  const payload = items.structureOf(item, tags.RequestPayload);
  if (operation === undefined || code === undefined || payload === undefined) {
    return failed('missingField', 'Operation or Request Payload is missing');
  }
  const fields = context.version === '1.4' ? operation.fields.one : operation.fields.two;
  const rules = { version: context.version, habits: context.server.settings.habits };
  const wrongPayload =
    fieldsFailure(payload, fields, rules) ??
    (isWrong ? failed('unparsable', 'an item that is not well written') : null);
  const answer = wrongPayload ?? operation.run(payload, context);
  if (isFailure(answer)) return answer;
  rememberAnswer(code, answer, context);
  return items.booleanOf(item, tags.Ephemeral) === true ? withoutData(answer) : answer;
}

function itemFailure(item: Structure, context: Context): Failure | null {
  const { version, server } = context;
  const fields = version === '1.4' ? fieldsOfOne : fieldsOfTwo;
  const rules = { version, habits: server.settings.habits };
  return (
    fieldsFailure(item, fields, rules) ??
    (items.all(item, tags.MessageExtension).some(isCritical)
      ? failed('criticalExtension', 'a critical Message Extension that nobody here knows')
      : null)
  );
}

const fieldsOfOne: Fields = [
  'Operation',
  'UniqueBatchItemID?',
  'RequestPayload',
  'MessageExtension*',
];
const fieldsOfTwo: Fields = [
  'Operation',
  'Ephemeral?',
  'UniqueBatchItemID?',
  'RequestPayload',
  'MessageExtension*',
];

function isCritical(extension: Item): boolean {
  return items.booleanOf(extension, tags.CriticalityIndicator) === true;
}

/** Ephemeral: what was worked out stays with the server, for the items after it. */
function withoutData(answer: readonly Item[]): readonly Item[] {
  const kept: readonly number[] = [tags.Data, tags.SignatureData, tags.MACData];
  return answer.filter((item) => !kept.includes(item.tag));
}
