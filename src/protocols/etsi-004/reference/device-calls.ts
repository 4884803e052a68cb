import {
  member,
  streamEnd,
  type Conversation,
  type MessageName,
  type Pending,
  type Whereabouts,
} from '#models/etsi-004/index.ts';
import type { Deed } from '#src/contract/side.ts';
import type { Etsi004Bend } from '../codec.ts';
import { openStatus } from '../contents.ts';
import { recall } from '../context.ts';
import { agreed, proposal } from '../qos.ts';
import { say } from '../say.ts';
import { isExpired, nameAt, type Scene } from './device-memory.ts';
import { pulledKey } from './pull.ts';

/** Answers a call about a stream. */
export function answerTo(scene: Scene, call: Pending): Deed {
  const { place } = call;
  if (place === null) return refused(call, { code: 400, status: 3 });
  switch (call.call) {
    case 'openConnect':
      return openStream(scene, call, place);
    case 'getKey':
      return startStream(scene, call, place);
    case 'close':
      return isExpired(scene, place)
        ? refused(call, { code: 400, status: 3 })
        : say('closeAccepted', undefined, wireOf(call));
    default:
      return refused(call, { code: 400, status: 3 });
  }
}

const refusals = {
  openConnect: 'openRefused',
  getKey: 'getKeyRefused',
  close: 'closeRefused',
} as const satisfies Readonly<Record<string, MessageName>>;

/** Refuses a call, as what it was meant to be. */
export function refused(
  call: Pending | null,
  { code, status }: { readonly code: number; readonly status: number },
): Deed {
  const name = call?.call ?? null;
  const isOurs = name === 'openConnect' || name === 'getKey' || name === 'close';
  return say(isOurs ? refusals[name] : 'callRefused', { status }, { ...wireOf(call), code });
}

/** The connection of a call. */
export function wireOf(call: Pending | null): Etsi004Bend {
  if (call === null) return {};
  const { connection } = call;
  const end = call.end === 'b' ? 'b' : 'a';
  return typeof connection === 'number' ? { end, connection } : { end };
}

/** Opens a stream: at the source with an id of its own, at the destination with the given one. */
function openStream(scene: Scene, call: Pending, place: Whereabouts): Deed {
  const { context, random } = scene;
  const conversation = recall(context);
  const { readings } = conversation;
  const given = member(call.content, 'key_stream_id');
  const key_stream_id =
    typeof given === 'string' && isGiven(conversation, given, place) ? given : random.uuid();
  const isLost =
    place.end === 'b' && streamEnd(conversation, { ...place, end: 'a' }).stage === 'idle';
  if (isLost && readings['unknownDestinationId'] === 'refused') {
    return refused(call, { code: 500, status: 4 });
  }
  const other = counterProposal(conversation, call, place);
  if (other !== null && readings['unmetQos'] !== 'lowered') {
    const opens = readings['counterProposalOpens'] === 'opens';
    const content = { key_stream_id: opens ? key_stream_id : null, qos: other, status: 7 };
    const isGood = readings['counterProposalPlace'] === 'success';
    return say('counterProposed', content, { ...wireOf(call), code: isGood ? 200 : 500 });
  }
  const qos = other ?? qosFor(conversation, call, place);
  if (isTooEarly(scene, call, place)) {
    return refused(call, { code: 500, status: 6 });
  }
  const status = openStatus(conversation, place);
  return say('opened', { key_stream_id, qos, status }, wireOf(call));
}

/** At the source an id counts only where it may be predefined. */
function isGiven({ readings }: Conversation, id: string, { end }: Whereabouts): boolean {
  return id !== '' && id !== 'null' && (end === 'b' || readings['sourceId'] === 'predefined');
}

/** The timeout passed while the peer was awaited, and that is told as such. */
function isTooEarly({ context }: Scene, call: Pending, place: Whereabouts): boolean {
  const conversation = recall(context);
  const { readings } = conversation;
  if (readings['openWhilePeerAbsent'] !== 'blocks' || place.end === 'b') return false;
  return openStatus(conversation, place) === 1 && readings['statusAtTimeout'] === 'six';
}

/** Longest time that a call waits for the peer, ms. */
const mostWaitingMs = 60_000;

/** How long a call still waits for the peer, where calls do; 0: not at all. */
export function waitingMs(scene: Scene, call: Pending): number {
  const { memory, nowMs } = scene;
  const conversation = recall(scene.context);
  const { place } = call;
  if (call.call !== 'openConnect' || place?.end !== 'a' || call.stray) return 0;
  if (conversation.readings['openWhilePeerAbsent'] !== 'blocks') return 0;
  if (openStatus(conversation, place) === 0) return 0;
  const qos = agreed(member(call.content, 'qos'), conversation.readings);
  const wire = `${String(call.end)} ${String(call.connection)} ${String(call.exchange)}`;
  const since = memory.sinceMs.get(wire) ?? nowMs;
  memory.sinceMs.set(wire, since);
  const timeout = Math.min(mostWaitingMs, Number(qos['timeout']));
  return Math.max(0, Math.ceil(since + timeout - nowMs));
}

/** Another quality, where what is asked for cannot be kept; `null` where it can. */
function counterProposal(conversation: Conversation, call: Pending, place: Whereabouts) {
  const { readings } = conversation;
  const wanted = member(call.content, 'qos');
  const source = qosOfSource(conversation, place);
  if (source === null) return proposal(wanted, readings);
  if (readings['destinationQos'] !== 'checked') return null;
  const own = agreed(wanted, readings);
  const same = ['key_chunk_size', 'max_bps', 'min_bps'].every(
    (name) => own[name] === member(source, name),
  );
  return same ? null : source;
}

/** The quality of a stream that is opened: at the destination that of the source end. */
function qosFor(conversation: Conversation, call: Pending, place: Whereabouts): object {
  const source = qosOfSource(conversation, place);
  return source ?? agreed(member(call.content, 'qos'), conversation.readings);
}

function qosOfSource(conversation: Conversation, place: Whereabouts): object | null {
  if (place.end !== 'b') return null;
  const { stage, qos } = streamEnd(conversation, { ...place, end: 'a' });
  return stage === 'open' && typeof qos === 'object' ? qos : null;
}

/** Keys are pushed from then on, once both ends are open; where they are pulled, here is one. */
function startStream(scene: Scene, call: Pending, place: Whereabouts): Deed {
  const { context, memory } = scene;
  const conversation = recall(context);
  const { readings, ends } = conversation;
  if (isExpired(scene, place)) return refused(call, { code: 400, status: 3 });
  const isAlone = ends === 2 && openStatus(conversation, place) === 1;
  if (isAlone && readings['getKeyBeforePeer'] === 'refused') {
    return refused(call, { code: 400, status: 3 });
  }
  if (conversation.delivery === 'pull') {
    const { message, content } = pulledKey(scene, call);
    return say(message, content, wireOf(call));
  }
  const index = member(call.content, 'index');
  const isFirst = !memory.last.has(nameAt(context, place));
  if (readings['getKeyIndex'] === 'start' && typeof index === 'number' && isFirst) {
    memory.starts.set(nameAt(context, place), index);
  }
  const size = member(member(call.content, 'metadata'), 'size');
  if (readings['metadataWanted'] === 'tooSmall' && size === 0) {
    const content = { status: 8, metadata: { size: 2, buffer: '' } };
    return say('getKeyRefused', content, wireOf(call));
  }
  const content = { status: 0, metadata: { size: 0, buffer: '' } };
  return say('getKeyAccepted', content, wireOf(call));
}
