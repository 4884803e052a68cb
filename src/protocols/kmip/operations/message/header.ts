import type { Item, Structure, Version } from '../../tree.ts';
import { enumerations } from '../../registry/enumerations.ts';
import { tags } from '../../registry/tags.ts';
import { failed, isFailure, type Failure } from '../model/failure.ts';
import * as items from '../model/items.ts';
import type { ProtocolVersion, Settings } from '../model/server.ts';
import type { Fields } from './field.ts';
import { fieldsFailure } from './fields.ts';

/** What a request header says. */
export interface Header {
  readonly protocol: ProtocolVersion;
  readonly version: Version;
  readonly maximumResponseSizeBytes: number;
  readonly clientCorrelationValue: string | undefined;
  /** The client insists on an answer later. */
  readonly asynchronous: boolean;
  readonly onError: 'Continue' | 'Stop' | 'Undo';
  readonly ordered: boolean;
}

/** A message that is refused as a whole. */
export interface Refusal {
  /** The version to answer in. */
  readonly protocol: ProtocolVersion;
  readonly version: Version;
  readonly failure: Failure;
}

/** Reads the header of a request, or says why the whole message is refused. */
export function readHeader(request: Item, settings: Settings): Header | Refusal {
  const highest = settings.versions[0] ?? { major: 2, minor: 1 };
  const asked = askedVersion(request);
  if (asked === undefined) {
    const failure = failed('unparsable', 'no request message with a protocol version');
    return { protocol: highest, version: registryOf(highest), failure };
  }
  if (!settings.versions.some(({ major, minor }) => sameVersion(asked, { major, minor }))) {
    const echoed = settings.habits.unsupportedVersion === 'echoed';
    return {
      protocol: echoed ? asked : highest,
      version: registryOf(asked),
      failure: failed(
        'unsupportedVersion',
        `KMIP ${asked.major}.${asked.minor} is not spoken here`,
      ),
    };
  }
  const said = { protocol: asked, version: registryOf(asked) };
  const header = messageHeader(request, { ...said, settings });
  return isFailure(header) ? { ...said, failure: header } : { ...said, ...header };
}

function askedVersion(request: Item): ProtocolVersion | undefined {
  if (request.tag !== tags.RequestMessage) return undefined;
  const version = items.part(items.part(request, tags.RequestHeader), tags.ProtocolVersion);
  const major = items.integerOf(version, tags.ProtocolVersionMajor);
  const minor = items.integerOf(version, tags.ProtocolVersionMinor);
  return major === undefined || minor === undefined ? undefined : { major, minor };
}

/** 1.0 to 1.3 go by the registry of 1.4; what is later than 2.1 by that of 2.1. */
function registryOf({ major, minor }: ProtocolVersion): Version {
  if (major < 2) return '1.4';
  return major === 2 && minor === 0 ? '2.0' : '2.1';
}

function sameVersion(left: ProtocolVersion, right: ProtocolVersion): boolean {
  return left.major === right.major && left.minor === right.minor;
}

interface Reading {
  readonly protocol: ProtocolVersion;
  readonly version: Version;
  readonly settings: Settings;
}

function messageHeader(
  request: Item,
  { protocol, version, settings }: Reading,
): Omit<Header, 'protocol' | 'version'> | Failure {
  const { habits } = settings;
  const rules = { version, habits };
  if (request.type !== 'Structure') return failed('unparsable', 'a message is a structure');
  const header = items.structureOf(request, tags.RequestHeader);
  if (header === undefined) return failed('unparsable', 'the header is no structure');
  const wrong =
    fieldsFailure(request, messageFields[habits.emptyBatch], rules) ??
    optionFailure(header) ??
    fieldsFailure(header, fieldsIn(protocol), rules) ??
    countFailure(request, header, settings);
  if (wrong !== null) return wrong;
  const asynchronous =
    items.enumerationOf(header, tags.AsynchronousIndicator) ===
    enumerations.AsynchronousIndicator.Mandatory;
  if (asynchronous && habits.asynchronousRefused === 'message') {
    return failed('asynchronous', 'answers come at once here');
  }
  return {
    maximumResponseSizeBytes: items.integerOf(header, tags.MaximumResponseSize) ?? Infinity,
    clientCorrelationValue: items.textOf(header, tags.ClientCorrelationValue),
    asynchronous,
    onError: optionOf(header),
    ordered:
      items.booleanOf(header, tags.BatchOrderOption) ??
      (protocol.major >= 2 || habits.batchOrder === 'always'),
  };
}

const messageFields: Readonly<Record<'refused' | 'answered', Fields>> = {
  refused: ['RequestHeader', 'BatchItem+'],
  answered: ['RequestHeader', 'BatchItem*'],
};

/** Correlation values came with 1.4. */
function fieldsIn({ major, minor }: ProtocolVersion): Fields {
  return major > 1 || minor >= 4 ? headerFields : fieldsBefore14;
}

const headerFields: Fields = [
  'ProtocolVersion',
  'MaximumResponseSize?',
  'ClientCorrelationValue?',
  'ServerCorrelationValue?',
  'AsynchronousIndicator?',
  'AttestationCapableIndicator?',
  'AttestationType*',
  'Authentication?',
  'BatchErrorContinuationOption?',
  'BatchOrderOption?',
  'TimeStamp?',
  'BatchCount',
];
const fieldsBefore14: Fields = headerFields.filter((field) => !field.includes('Correlation'));

function optionOf(header: Structure): Header['onError'] {
  const { Continue, Undo } = enumerations.BatchErrorContinuationOption;
  const option = items.enumerationOf(header, tags.BatchErrorContinuationOption);
  if (option === Continue) return 'Continue';
  return option === Undo ? 'Undo' : 'Stop';
}

function optionFailure(header: Structure): Failure | null {
  const option = items.enumerationOf(header, tags.BatchErrorContinuationOption);
  if (option === undefined || (option >= 1 && option <= 3)) return null;
  return failed('continuationOption', `Batch Error Continuation Option has no value ${option}`);
}

function countFailure(request: Item, header: Item, { habits }: Settings): Failure | null {
  const batch = items.all(request, tags.BatchItem);
  const count = items.integerOf(header, tags.BatchCount);
  if (count !== batch.length) {
    return failed('batchCount', `the batch count is ${count}, but ${batch.length} items are there`);
  }
  const lone = items.part(header, tags.BatchErrorContinuationOption) !== undefined && count === 1;
  if (lone && habits.loneContinuationOption === 'refused') {
    return failed('loneContinuationOption', 'Batch Error Continuation Option is for several items');
  }
  return batch.length > 1 ? idsFailure(batch, habits) : null;
}

function idsFailure(batch: readonly Item[], habits: Settings['habits']): Failure | null {
  const ids = batch.map((item) => items.bytesOf(item, tags.UniqueBatchItemID));
  if (habits.missingBatchItemId === 'refused' && ids.includes(undefined)) {
    return failed('batchItemId', 'of several items each needs a Unique Batch Item ID');
  }
  const given = ids.filter((id) => id !== undefined).map((id) => Buffer.from(id).toString('hex'));
  if (habits.repeatedBatchItemId === 'refused' && new Set(given).size < given.length) {
    return failed('batchItemId', 'two items have the same Unique Batch Item ID');
  }
  return null;
}
