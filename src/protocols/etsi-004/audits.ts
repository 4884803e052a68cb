import { member, requirements, statusOf } from '#models/etsi-004/index.ts';
import type { Requirement } from '#models/language/index.ts';
import { sameBytes } from '#src/base/bytes.ts';
import type { JudgedFrame } from '#src/contract/case.ts';
import type { Audit } from '#src/contract/protocol.ts';
import { codeOf } from './codec.ts';
import { deliveriesIn, idIn, type Delivery } from './deliveries.ts';
import { keyDigest } from './keys.ts';

/** A key that was under way when close was answered has arrived by then, ms. */
const graceMs = 1000;
/** Shorter keys are the same by chance. */
const tellingBytes = 8;

/** What a frame or a key breaks, in one sentence; `null`: nothing. */
type Look<Thing> = (thing: Thing) => string | null;

/** A property of every key of the device's, in their order; `look` is made anew for each trace. */
function ofKeys(requirement: Requirement, begin: () => Look<Delivery>): Audit {
  return {
    requirement,
    check(frames, peer) {
      if (peer !== 'qkd-device') return null;
      return first(deliveriesIn(frames), begin());
    },
  };
}

/** A property of every message of the peer's. */
function ofMessages(requirement: Requirement, begin: () => Look<JudgedFrame>): Audit {
  return {
    requirement,
    check: (frames, peer) => {
      if (requirement.binds !== peer && requirement.binds !== 'any') return null;
      const own = frames.filter(({ by, perceived }) => by === 'peer' && perceived.message !== null);
      return first(own, begin());
    },
  };
}

function first<Thing extends { readonly at: number }>(
  things: readonly Thing[],
  look: Look<Thing>,
): { at: number; detail: string } | null {
  for (const thing of things) {
    const detail = look(thing);
    if (detail !== null) return { at: thing.at, detail };
  }
  return null;
}

const slotOf = ({ stream, index }: Delivery) => `${stream} ${String(index)}`;

/** @see ETSI GS QKD 004, GET_KEY */
const keysEqual = ofKeys(requirements.keysEqual, () => {
  const known = new Map<string, Delivery>();
  return (delivery) => {
    const other = known.get(slotOf(delivery));
    if (other === undefined) known.set(slotOf(delivery), delivery);
    if (other === undefined || other.end === delivery.end) return null;
    if (sameBytes(other.key, delivery.key)) return null;
    const both = `${keyDigest(other.key)} and ${keyDigest(delivery.key)}`;
    return `The keys of index ${String(delivery.index)} differ at the two ends: ${both}.`;
  };
});

const indexUnique = ofKeys(requirements.indexUnique, () => {
  const known = new Map<string, Delivery>();
  return (delivery) => {
    const key = `${slotOf(delivery)} ${String(delivery.end)}`;
    const before = known.get(key);
    known.set(key, delivery);
    if (before === undefined) return null;
    const isSame = sameBytes(before.key, delivery.key);
    if (isSame && delivery.isRepeated) return null;
    const what = isSame ? 'the same key, which was accepted' : 'another key';
    return `Index ${String(delivery.index)} came twice at end ${String(delivery.end)}, with ${what}.`;
  };
});

const half = 2 ** 31;

const indexIncreases = ofKeys(requirements.indexIncreases, () => (delivery) => {
  const { before, index, isRepeated } = delivery;
  if (before === null || isRepeated) return null;
  const [from, to] = [Number(before.index), Number(index)];
  const ahead = (to - from + 2 ** 32) % 2 ** 32;
  if (ahead < half) return null;
  return `After index ${from} came ${to} at end ${String(delivery.end)}.`;
});

const chunkSizeKept = ofKeys(requirements.chunkSizeKept, () => ({ key, agreedBytes, index }) => {
  if (agreedBytes === null || key.length === agreedBytes) return null;
  return `The key of index ${String(index)} has ${key.length} bytes, ${agreedBytes} were agreed on.`;
});

const streamOfKey = () => new Map<string, Delivery>();

const keysFresh = ofKeys(requirements.keysFresh, () => {
  const known = streamOfKey();
  return (delivery) => {
    const other = remember(known, delivery);
    if (other === null || other.stream !== delivery.stream || other.index === delivery.index) {
      return null;
    }
    return `Indices ${String(other.index)} and ${String(delivery.index)} have the same key.`;
  };
});

const keysOfOneStream = ofKeys(requirements.keysOfOneStream, () => {
  const known = streamOfKey();
  return (delivery) => {
    const other = remember(known, delivery);
    if (other === null || other.stream === delivery.stream) return null;
    return `A key (${keyDigest(delivery.key)}) was delivered in two streams.`;
  };
});

/** The first delivery of the same key; `null` where this is the first. */
function remember(known: Map<string, Delivery>, delivery: Delivery): Delivery | null {
  if (delivery.key.length < tellingBytes) return null;
  const text = Buffer.from(delivery.key).toString('base64');
  const other = known.get(text) ?? null;
  if (other === null) known.set(text, delivery);
  return other;
}

const closeEndsPushing = ofKeys(requirements.closeEndsPushing, () => ({ closedMs, atMs, end }) => {
  if (closedMs === null || atMs - closedMs <= graceMs) return null;
  return `A key came at end ${String(end)} ${Math.round(atMs - closedMs)} ms after close was answered.`;
});

/** Also the ids of streams that are closed: the machine only knows those that are open. */
const idsUnique = ofMessages(requirements.streamIdAssigned, () => {
  const known = new Set<string>();
  return (frame) => {
    const { message, payload } = frame.perceived;
    const id = idIn(frame);
    if (message !== 'opened' || payload['end'] !== 'a' || id === null) return null;
    if (known.has(id)) return `The id ${id} was given to two streams.`;
    known.add(id);
    return null;
  };
});

const contentTypes = ofMessages(requirements.contentTypeJson, () => ({ perceived }) => {
  const { message, payload } = perceived;
  const passedOver = payload['passedOver'];
  const isUnsaid = Array.isArray(passedOver) && passedOver.includes('contentType');
  return isUnsaid ? `The content of ${message} does not say that it is JSON.` : null;
});

const refusals: readonly (string | null)[] = ['openRefused', 'getKeyRefused', 'closeRefused'];

const errorCodes = ofMessages(requirements.errorCodes, () => ({ perceived }) => {
  const { message, payload } = perceived;
  const status = statusOf(payload['content']);
  if (!refusals.includes(message) || status === null) return null;
  const wanted = codeOf('openRefused', status);
  if (payload['code'] === wanted) return null;
  return `Status ${status} came with HTTP ${String(payload['code'])}, not ${wanted}.`;
});

/** At the source, where the call is the last open-connect before the answer on its connection. */
const qosKept: Audit = {
  requirement: requirements.qosKept,
  check(frames, peer) {
    if (peer !== 'qkd-device') return null;
    for (const [index, frame] of frames.entries()) {
      const { message, payload } = frame.perceived;
      if (message !== 'opened' || payload['end'] !== 'a') continue;
      const call = frames.findLast((one, at) => at < index && isCallOf(one, frame));
      const asked = member(call?.perceived.payload['content'], 'qos');
      const detail = qosBroken(asked, member(payload['content'], 'qos'));
      if (detail !== null) return { at: frame.at, detail };
    }
    return null;
  },
};

function isCallOf({ perceived }: JudgedFrame, answer: JudgedFrame): boolean {
  const same = (name: string) => perceived.payload[name] === answer.perceived.payload[name];
  return (
    perceived.message === 'openConnect' && same('end') && same('connection') && same('exchange')
  );
}

function qosBroken(asked: unknown, given: unknown): string | null {
  const both = (name: string) => [member(asked, name), member(given, name)].map(Number);
  const [chunk = 0, givenChunk = 0] = both('key_chunk_size');
  if (chunk > 0 && givenChunk !== chunk) return `Keys of ${chunk} bytes were asked for.`;
  const [most = 0, givenMost = 0] = both('max_bps');
  return most > 0 && givenMost > most ? `No more than ${most} bit/s were asked for.` : null;
}

/** Properties of whole traces: every key is delivered once, and the same at both ends. */
export const audits: readonly Audit[] = [
  chunkSizeKept,
  indexUnique,
  keysEqual,
  indexIncreases,
  keysFresh,
  keysOfOneStream,
  closeEndsPushing,
  idsUnique,
  qosKept,
  errorCodes,
  contentTypes,
];
