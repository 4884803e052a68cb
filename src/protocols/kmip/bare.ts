import type { Dialect } from './json/dialect.ts';
import { exactBareOperation } from './json/dialects/reading/bare-operation.ts';
import { enumerationName } from './registry/enumeration-names.ts';
import { enumerationNamedLoosely } from './registry/loose-names.ts';
import { tags } from './registry/tags.ts';
import type { Item, ReadTree, Structure, Tag } from './tree.ts';

/**
 * Where operations are posted alone, in JSON; of messages they have the version of the path.
 * @see Cosmian KMS, Bulk mode with Messages
 */
export const barePath = '/kmip/2_1';

const version = '2.1';

/** Whether a target of HTTP is that path. */
export function isBarePath(target: string): boolean {
  return target.split('?')[0] === barePath;
}

/** A dialect whose reader takes operations alone too. */
export function takingBare(json: Dialect): Dialect {
  const { tolerates, tagSpellings } = json.reading;
  if (tolerates.has('bareOperation')) return json;
  const reading = {
    ...json.reading,
    tolerates: new Set([...tolerates, 'bareOperation' as const]),
    tagSpellings: [...tagSpellings, exactBareOperation],
  };
  return { ...json, reading };
}

/** The message that an operation alone, or its response, stands for; `null`: it is none. */
export function messageAround({ item, problems }: ReadTree): ReadTree | null {
  if (item?.type !== 'Structure' || item.unknownName === undefined) return null;
  const name = item.unknownName;
  const isResponse = name.endsWith('Response');
  const operation = enumerationNamedLoosely(
    tags.Operation,
    isResponse ? name.slice(0, -'Response'.length) : name,
    version,
  );
  if (operation === undefined) return null;
  const message = isResponse ? around(item, operation, response) : around(item, operation, request);
  return { item: message, problems: problems.filter(({ kind }) => kind !== 'bareOperation') };
}

interface Envelope {
  readonly message: Tag;
  readonly header: Tag;
  readonly payload: Tag;
  /** What stands between the operation and its payload. */
  readonly status: readonly Item[];
}

const request: Envelope = {
  message: tags.RequestMessage,
  header: tags.RequestHeader,
  payload: tags.RequestPayload,
  status: [],
};

const response: Envelope = {
  message: tags.ResponseMessage,
  header: tags.ResponseHeader,
  payload: tags.ResponsePayload,
  /** Success: a failure is told by a status of HTTP. */
  status: [{ tag: tags.ResultStatus, type: 'Enumeration', value: 0 }],
};

function around({ value }: Structure, operation: number, envelope: Envelope): Structure {
  const { message, header, payload, status } = envelope;
  const said = structure(tags.ProtocolVersion, [
    { tag: tags.ProtocolVersionMajor, type: 'Integer', value: 2 },
    { tag: tags.ProtocolVersionMinor, type: 'Integer', value: 1 },
  ]);
  const count: Item = { tag: tags.BatchCount, type: 'Integer', value: 1 };
  const named: Item = { tag: tags.Operation, type: 'Enumeration', value: operation };
  return structure(message, [
    structure(header, [said, count]),
    structure(tags.BatchItem, [named, ...status, structure(payload, value)]),
  ]);
}

function structure(tag: Tag, value: readonly Item[]): Structure {
  return { tag, type: 'Structure', value };
}

/**
 * What a message says as an operation alone; `null` where that would lose something: several
 * items, ids, fields of headers, another version, a failure.
 */
export function operationIn(message: Item): Structure | null {
  if (message.type !== 'Structure') return null;
  const isRequest = message.tag === tags.RequestMessage;
  const envelope = isRequest ? request : response;
  const item = message.value[1];
  const payload = item?.type === 'Structure' ? item.value.at(-1) : undefined;
  const named = item?.type === 'Structure' ? item.value[0] : undefined;
  if (payload?.type !== 'Structure' || named?.type !== 'Enumeration') return null;
  const name = enumerationName(tags.Operation, named.value, version);
  if (name === undefined || !isSame(around(payload, named.value, envelope), plain(message))) {
    return null;
  }
  const unknownName = isRequest ? name : `${name}Response`;
  return { tag: 0, unknownName, type: 'Structure', value: payload.value };
}

/** Without the time: of one response it says nothing. */
function plain(message: Structure): Structure {
  const [header, ...items] = message.value;
  if (header?.tag !== tags.ResponseHeader || header.type !== 'Structure') return message;
  const value = header.value.filter(({ tag }) => tag !== tags.TimeStamp);
  return { ...message, value: [{ ...header, value }, ...items] };
}

/** Whether two trees are the same down to their payloads, which are one. */
function isSame(left: Item, right: Item): boolean {
  if (left.tag !== right.tag || left.unknownName !== right.unknownName) return false;
  if (left.type !== 'Structure' || right.type !== 'Structure') {
    return left.type === right.type && left.value === right.value;
  }
  if (left.value === right.value) return true;
  return (
    left.value.length === right.value.length &&
    left.value.every((item, index) => {
      const other = right.value[index];
      return other !== undefined && isSame(item, other);
    })
  );
}
