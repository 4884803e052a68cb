import {
  all,
  at,
  continuationOf,
  field,
  fieldRules,
  has,
  isFields,
  itemsOf,
  keyOf,
  numberAt,
  operations,
  requirements,
  textAt,
} from '#models/kmip/index.ts';
import type { Readings, Requirement } from '#models/language/index.ts';
import type { JudgedFrame } from '#src/contract/case.ts';
import type { Audit } from '#src/contract/protocol.ts';

/** What is wrong with the content of one request, or `null`. */
type Look = (content: unknown, readings: Readings) => string | null;

/** A property of each request of a client's by itself. */
function ofRequests(requirement: Requirement, look: Look): Audit {
  return {
    requirement,
    check(frames, peer, readings) {
      if (peer !== 'client') return null;
      for (const frame of frames) {
        const detail = frame.by === 'peer' ? look(contentOf(frame), readings) : null;
        if (detail !== null) return { at: frame.at, detail };
      }
      return null;
    },
  };
}

/** Of a frame that could be read. */
function contentOf({ perceived }: JudgedFrame): unknown {
  return perceived.payload['content'];
}

const idsGiven: Look = (content, readings) => {
  const items = itemsOf(content);
  if (items.length < 2 || readings['missingItemIds'] !== 'required') return null;
  const bare = items.findIndex((item) => !has(item, 'UniqueBatchItemID'));
  return bare < 0 ? null : `item ${bare + 1} of ${items.length} has no Unique Batch Item ID`;
};

const idsUnique: Look = (content) => {
  const ids = itemsOf(content).flatMap((item) => all(item, 'UniqueBatchItemID'));
  const twin = ids.findIndex((id, index) => ids.indexOf(id) !== index);
  return twin < 0 ? null : `two items have the Unique Batch Item ID ${String(ids[twin])}`;
};

const optionInBatch: Look = (content) => {
  const isSaid = has(field(content, 'RequestHeader'), 'BatchErrorContinuationOption');
  if (!isSaid || itemsOf(content).length !== 1) return null;
  return `got ${continuationOf(content)} in a message of one item`;
};

const limitPositive: Look = (content) => {
  const limit = numberAt(field(content, 'RequestHeader'), 'MaximumResponseSize');
  return limit === null || limit >= 0 ? null : `got ${limit}`;
};

/** Operations that are followed, and such that put nothing into the ID Placeholder. */
const filling: readonly unknown[] = ['Create', 'CreateKeyPair', 'Register', 'Locate'];

/** Operations that are not followed may fill the placeholder: nothing is said behind them. */
const placeholderFilled: Look = (content) => {
  for (const [index, item] of itemsOf(content).entries()) {
    const operation = field(item, 'Operation');
    const key = keyOf(operation);
    if (key === null || filling.includes(operation)) return null;
    const [first] = fieldRules(operations[key].request);
    const named = field(field(item, 'RequestPayload'), 'UniqueIdentifier');
    const isBare = named === undefined || named === 'IDPlaceholder';
    if (first?.name === 'UniqueIdentifier' && isBare) {
      return `item ${index + 1}, ${String(operation)}, names no object, and none before it does`;
    }
  }
  return null;
};

/** Attributes that nobody but the server gives. @see KMIP 2.1, Object Attributes */
const serverSet: readonly string[] = [
  'UniqueIdentifier',
  'State',
  'InitialDate',
  'DestroyDate',
  'CompromiseDate',
  'CompromiseOccurrenceDate',
  'RevocationReason',
  'LastChangeDate',
  'ArchiveDate',
  'Digest',
  'LeaseTime',
  'AlwaysSensitive',
  'NeverExtractable',
  'KeyValuePresent',
];

const holders = [
  'Attributes',
  'CommonAttributes',
  'PrivateKeyAttributes',
  'PublicKeyAttributes',
] as const;

const serverAttributes: Look = (content) => {
  for (const item of itemsOf(content)) {
    const operation = textAt(item, 'Operation') ?? '';
    if (!['Create', 'CreateKeyPair', 'Register'].includes(operation)) continue;
    const given = holders.flatMap((name) => {
      const attributes = at(item, 'RequestPayload', name);
      return isFields(attributes) ? Object.keys(attributes) : [];
    });
    const wrong = given.find((name) => serverSet.includes(name));
    if (wrong !== undefined) return `${operation} gives ${wrong}`;
  }
  return null;
};

/** A template that is named in KMIP 1.x may say it. */
const neededAttributes: Look = (content) => {
  for (const item of itemsOf(content)) {
    const attributes = at(item, 'RequestPayload', 'Attributes');
    const isCreate = textAt(item, 'Operation') === 'Create';
    if (!isCreate || !isFields(attributes)) continue;
    const missing = ['CryptographicAlgorithm', 'CryptographicUsageMask'].find(
      (name) => !has(attributes, name),
    );
    if (missing !== undefined) return `Create without ${missing}`;
  }
  return null;
};

const compromiseDate: Look = (content) => {
  for (const item of itemsOf(content)) {
    const payload = field(item, 'RequestPayload');
    if (textAt(item, 'Operation') !== 'Revoke') continue;
    if (!has(payload, 'CompromiseOccurrenceDate')) continue;
    const code = textAt(field(payload, 'RevocationReason'), 'RevocationReasonCode');
    if (code !== null && !['KeyCompromise', 'CACompromise'].includes(code)) {
      return `got one with the reason ${code}`;
    }
  }
  return null;
};

/** Rules of requests that ask for more than the fields of one structure. */
export const requestAudits: readonly Audit[] = [
  ofRequests(requirements.itemIdsGiven, idsGiven),
  ofRequests(requirements.itemIdsUnique, idsUnique),
  ofRequests(requirements.optionOnlyInBatch, optionInBatch),
  ofRequests(requirements.sizeLimitPositive, limitPositive),
  ofRequests(requirements.placeholderPerBatch, placeholderFilled),
  ofRequests(requirements.serverAttributesLeft, serverAttributes),
  ofRequests(requirements.neededAttributesGiven, neededAttributes),
  ofRequests(requirements.compromiseDateFits, compromiseDate),
];
