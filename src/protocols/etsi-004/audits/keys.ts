import { requirements } from '#models/etsi-004/index.ts';
import { sameBytes } from '#src/base/bytes.ts';
import type { Audit } from '#src/contract/protocol.ts';
import { behind, halfOfIndices, type Delivery } from '../deliveries.ts';
import { keyDigest } from '../keys.ts';
import { ofKeys } from './audit.ts';

/** Shorter keys are the same by chance; of longer ones the beginning tells, whatever their length. */
const tellingBytes = 8;
const beginningBytes = 16;
const largest = 2 ** 32 - 1;

const nameOf = ({ stream, index }: Delivery) => `${stream} ${String(index)}`;

/** @see ETSI GS QKD 004, GET_KEY */
const keysEqual = ofKeys(requirements.keysEqual, () => {
  const known = new Map<string, Delivery>();
  return (delivery) => {
    const other = known.get(nameOf(delivery));
    if (other === undefined) known.set(nameOf(delivery), delivery);
    if (other === undefined || other.end === delivery.end) return null;
    if (sameBytes(other.key, delivery.key)) return null;
    const both = `${keyDigest(other.key)} and ${keyDigest(delivery.key)}`;
    return `The keys of index ${String(delivery.index)} differ at the two ends: ${both}.`;
  };
});

/** A key that the KMS refused, or gave no answer to, may come again. */
const indexUnique = ofKeys(requirements.indexUnique, () => {
  const known = new Map<string, Delivery>();
  return (delivery) => {
    const before = known.get(atEnd(delivery));
    known.set(atEnd(delivery), delivery);
    if (before === undefined || delivery.isRepeated) return null;
    const isSame = sameBytes(before.key, delivery.key);
    const what = isSame ? 'the same key, which was accepted' : 'another key';
    return `Index ${String(delivery.index)} came twice at end ${String(delivery.end)}, with ${what}.`;
  };
});

const pushRepeats = ofKeys(requirements.pushRepeats, () => {
  const known = new Map<string, Delivery>();
  return (delivery) => {
    const before = known.get(atEnd(delivery));
    known.set(atEnd(delivery), delivery);
    if (before === undefined || !delivery.isRepeated) return null;
    if (sameBytes(before.key, delivery.key)) return null;
    return `Index ${String(delivery.index)} came again, with another key.`;
  };
});

const atEnd = (delivery: Delivery) => `${nameOf(delivery)} ${String(delivery.end)}`;

/** Keys that are pushed at the same time overtake each other by no more than so many. */
const mostInFlight = 8;

/** A falling index at the end of the range is the wrap's affair. */
const indexIncreases = ofKeys(requirements.indexIncreases, () => (delivery) => {
  const { highest, index, end } = delivery;
  if (highest === largest || !isFalling(delivery)) return null;
  return `After index ${String(highest)} came ${String(index)} at end ${String(end)}.`;
});

const indexWraps = ofKeys(requirements.indexWraps, ({ indexGaps }) => (delivery) => {
  const { highest, index, isRepeated } = delivery;
  if (highest !== largest || isRepeated) return null;
  const skips = indexGaps === 'none' && behind(largest, index) > mostInFlight;
  return skips || isFalling(delivery) ? `After index ${largest} came ${String(index)}.` : null;
});

function isFalling({ highest, index, isRepeated }: Delivery): boolean {
  if (highest === undefined || isRepeated) return false;
  const distance = behind(index, highest);
  return distance > mostInFlight && distance <= halfOfIndices;
}

const keysFresh = ofKeys(requirements.keysFresh, () => {
  const known = new Map<string, Delivery>();
  return (delivery) => {
    const other = remember(known, delivery);
    if (other === null || other.stream !== delivery.stream || other.index === delivery.index) {
      return null;
    }
    return `Indices ${String(other.index)} and ${String(delivery.index)} have the same key.`;
  };
});

const keysOfOneStream = ofKeys(requirements.keysOfOneStream, () => {
  const known = new Map<string, Delivery>();
  return (delivery) => {
    const other = remember(known, delivery);
    if (other === null || other.stream === delivery.stream) return null;
    return `A key (${keyDigest(delivery.key)}) was delivered in two streams.`;
  };
});

/** The first delivery of the same key; `null` where this is the first. */
function remember(known: Map<string, Delivery>, delivery: Delivery): Delivery | null {
  if (delivery.key.length < tellingBytes) return null;
  const text = Buffer.from(delivery.key.subarray(0, beginningBytes)).toString('base64');
  const other = known.get(text) ?? null;
  if (other === null) known.set(text, delivery);
  return other;
}

/** Each key is delivered once at each end, and the same at both. */
export const keyAudits: readonly Audit[] = [
  indexUnique,
  keysEqual,
  indexWraps,
  indexIncreases,
  keysFresh,
  keysOfOneStream,
  pushRepeats,
];
