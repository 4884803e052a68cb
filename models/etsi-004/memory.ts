import type { Call } from './messages.ts';
import {
  answered,
  callOf,
  ends,
  idleEnd,
  idOf,
  isCall,
  isMessage,
  member,
  slotOf,
  slots,
  speakerOf,
  statusOf,
  streamEnd,
  whereabouts,
  withdrawn,
  type Conversation,
  type Etsi004Event,
  type Pending,
  type Scene,
  type Stream,
  type StreamEnd,
  type Whereabouts,
} from './streams.ts';

/**
 * What both sides know after an event: which calls await an answer, and what became of each
 * stream. One function for all events, because answers are told apart only by their calls.
 */
export function remembered({ context, event }: Scene): Conversation {
  if (event.type.endsWith('.closes')) return context;
  if (event.type.endsWith('.withdraws')) return afterWithdrawal(context, event);
  return isCall(event) ? afterCall(context, event) : afterAnswer(context, event);
}

/** Calls that are kept at most while they await an answer, and ids that are kept at most. */
const mostPending = 64;

function afterCall(context: Conversation, event: Etsi004Event): Conversation {
  const place = whereabouts(context, event);
  const name = event.type.slice(event.type.indexOf('.') + 1);
  const stray = !isMessage(name);
  const pending: Pending = {
    end: event.end ?? place?.end,
    by: speakerOf(event),
    connection: event.connection,
    exchange: event.exchange,
    call: callOf(event),
    place,
    stray: stray || place === null,
    flaw: stray ? name : null,
    fault: event.fault,
    last: event.last === true,
    content: event.content,
  };
  const noted = {
    ...context,
    pending: [...context.pending, pending].slice(-mostPending),
    ...connectionsAfter(context, event),
  };
  if (stray || place === null) return noted;
  if (pending.call === 'openConnect') return opening(noted, event, place);
  if (pending.call === 'keyMaterial') return pushed(noted, event, place);
  const { stage } = streamEnd(context, place);
  /** Of a stream that is said to be gone the KMS may make sure. */
  const believed = stage === 'doubtful' || (stage === 'closed' && pending.call === 'close');
  const closeAsked = pending.call === 'close';
  return withEnd(noted, place, { closeAsked, ...(believed ? { stage: 'open' } : {}) });
}

/** What was asked may be done or not: the stream is where it was, or where it was to go. */
function afterWithdrawal(context: Conversation, event: Etsi004Event): Conversation {
  const gone = withdrawn(context, event);
  const pending = context.pending.filter((call) => !gone.includes(call));
  return gone.reduce<Conversation>(doubting, { ...context, pending });
}

function doubting(context: Conversation, { call, place, stray }: Pending): Conversation {
  if (place === null || stray || call === 'keyMaterial') return context;
  const unnamed = (context.slots[place.slot]?.id ?? null) === null;
  if (call === 'openConnect' && unnamed) return notOpened(context, place);
  const { started } = streamEnd(context, place);
  const mayPush = started || call === 'getKey';
  return withEnd(context, place, { stage: 'doubtful', doubted: true, started: mayPush });
}

/** A connection over which a call came was opened, and all before it. */
function connectionsAfter(
  context: Conversation,
  event: Etsi004Event,
): Pick<Conversation, 'connections' | 'spent'> {
  const { connections, spent } = context;
  const end = ends.find((name) => name === event.end);
  const by = speakerOf(event);
  const isNew = typeof event.connection === 'number' && end !== undefined;
  if (!isNew || event.connection < connections[end][by]) return { connections, spent };
  return {
    connections: { ...connections, [end]: { ...connections[end], [by]: event.connection + 1 } },
    spent: { ...spent, [end]: { ...spent[end], [by]: false } },
  };
}

/** Nothing more can be said on a connection whose server has ended it, or said that it does. */
function spentAfter({ connections, spent }: Conversation, call: Pending): Conversation['spent'] {
  const { by, connection } = call;
  const end = ends.find((name) => name === call.end);
  if (end === undefined || connection !== connections[end][by] - 1) return spent;
  return { ...spent, [end]: { ...spent[end], [by]: true } };
}

/** A stream takes its slot; whatever held it is over. Of the same stream the other end stays. */
function opening(context: Conversation, event: Etsi004Event, place: Whereabouts): Conversation {
  const id = idOf(context, event);
  const before = context.slots[place.slot];
  const same = before !== null && id !== null && before.id === id;
  const stream: Stream = same ? before : { id, ends: { a: idleEnd, b: idleEnd } };
  const end: StreamEnd = {
    ...idleEnd,
    stage: 'opening',
    doubted: same && before.ends[place.end].stage === 'doubtful',
    asked: member(event.content, 'qos'),
    source: member(event.content, 'source'),
    destination: member(event.content, 'destination'),
  };
  const kept = { ...stream, ends: { ...stream.ends, [place.end]: end } };
  const slots = { ...context.slots, [place.slot]: kept };
  return { ...context, slots, gone: same ? context.gone : withGone(context, before) };
}

/** Remembers a stream that leaves its slot, where it had keys that may be under way. */
function withGone({ gone }: Conversation, stream: Stream | null): Conversation['gone'] {
  const id = stream?.id ?? null;
  const hadKeys = stream !== null && ends.some((end) => stream.ends[end].started);
  return id === null || !hadKeys ? gone : [...gone, id].slice(-mostPending);
}

function pushed(context: Conversation, event: Etsi004Event, place: Whereabouts): Conversation {
  const end = streamEnd(context, place);
  const late = end.stage === 'closed' ? [...end.late, event.connection] : end.late;
  return withEnd(context, place, {
    lastIndex: member(event.content, 'index'),
    pushes: end.pushes + 1,
    late,
  });
}

/** Nothing more comes to either over the connection of both. */
function isBeside(one: Pending, call: Pending): boolean {
  return one.by === call.by && one.end === call.end && one.connection === call.connection;
}

function afterAnswer(context: Conversation, event: Etsi004Event): Conversation {
  const call = answered(context, event);
  if (call === null) return context;
  const isOver = event.type.endsWith('.hungUp') && event.connection !== undefined;
  const pending = context.pending.filter((one) => one !== call && !(isOver && isBeside(one, call)));
  const troubled = context.troubled || disappoints(event, call);
  const spent = isOver || event.last === true ? spentAfter(context, call) : context.spent;
  const left = { ...context, pending, troubled, spent };
  if (call.place === null) return call.call === 'openConnect' ? untracked(left, event) : left;
  if (call.stray) return left;
  return settled(left, event, call);
}

const disappointments = /[.](?:\w+Refused|counterProposed|malformed|unknown|hungUp)$/;

/** Whether a good call of the KMS got no answer that it could have been made for, however read. */
function disappoints(event: Etsi004Event, { by, stray }: Pending): boolean {
  return by === 'kms' && !stray && disappointments.test(event.type);
}

/** What an answer makes of the stream's end that it is about. */
function settled(context: Conversation, event: Etsi004Event, call: Pending): Conversation {
  const { place } = call;
  if (place === null) return context;
  switch (event.type) {
    case 'qkd-device.opened':
      return opened(context, event, place);
    case 'qkd-device.counterProposed':
      return opensByProposal({ context, event }, place)
        ? opened(context, event, place)
        : notOpened(context, place);
    case 'qkd-device.openRefused':
      return notOpened(context, place);
    case 'qkd-device.getKeyAccepted':
      return withEnd(context, place, {
        started: true,
        doubted: false,
        ...pulledKey(context, event, place),
      });
    case 'qkd-device.closeAccepted':
      return context.readings['closeEffect'] === 'nothing'
        ? context
        : withEnd(context, place, { stage: 'closed', doubted: false });
    case 'qkd-device.getKeyRefused':
    case 'qkd-device.closeRefused':
      if (isGone({ context, event }, place)) return withEnd(context, place, { stage: 'closed' });
      return streamEnd(context, place).doubted
        ? withEnd(context, place, { stage: 'doubtful' })
        : context;
    default:
      return call.call === 'openConnect' ? perhapsOpened(context, event, place) : context;
  }
}

/** Where keys are pulled, the answer to get-key brings one. */
function pulledKey(
  context: Conversation,
  event: Etsi004Event,
  place: Whereabouts,
): Partial<StreamEnd> {
  if (context.delivery !== 'pull') return {};
  const { pushes } = streamEnd(context, place);
  return { lastIndex: member(event.content, 'index'), pushes: pushes + 1 };
}

function opened(context: Conversation, event: Etsi004Event, place: Whereabouts): Conversation {
  const stream = context.slots[place.slot];
  if (stream === null) return context;
  const id = idOf(context, event) ?? stream.id;
  const named = { ...context, slots: { ...context.slots, [place.slot]: { ...stream, id } } };
  return withEnd(named, place, {
    stage: 'open',
    doubted: false,
    qos: member(event.content, 'qos'),
    status: statusOf(event.content),
  });
}

/** The end is as before; a stream that was open at no end leaves its slot. */
function notOpened(context: Conversation, place: Whereabouts): Conversation {
  if (streamEnd(context, place).doubted) return withEnd(context, place, { stage: 'doubtful' });
  const kept = withEnd(context, place, idleEnd);
  const unused = ends.every((end) => streamEnd(kept, { ...place, end }).stage === 'idle');
  return unused ? { ...kept, slots: { ...kept.slots, [place.slot]: null } } : kept;
}

/** Where the KMS knows the id, and success was told, it may go on as if the stream were open. */
function perhapsOpened(
  context: Conversation,
  event: Etsi004Event,
  place: Whereabouts,
): Conversation {
  const stream = context.slots[place.slot];
  const told = Number(event.code) < 300 ? idOf(context, event) || null : null;
  const id = stream?.id ?? (slotOf(context, told) === null ? told : null);
  if (stream === null || id === null) return notOpened(context, place);
  const named = { ...context, slots: { ...context.slots, [place.slot]: { ...stream, id } } };
  return withEnd(named, place, { stage: 'doubtful' });
}

function untracked(context: Conversation, event: Etsi004Event): Conversation {
  const id = event.type === 'qkd-device.opened' ? idOf(context, event) : null;
  if (id === null || slotOf(context, id) !== null) return context;
  return { ...context, untracked: [...context.untracked, id].slice(-mostPending) };
}

function withEnd(
  context: Conversation,
  { slot, end }: Whereabouts,
  change: Partial<StreamEnd>,
): Conversation {
  const stream = context.slots[slot];
  if (stream === null) return context;
  const changed = {
    ...stream,
    ends: { ...stream.ends, [end]: { ...stream.ends[end], ...change } },
  };
  return { ...context, slots: { ...context.slots, [slot]: changed } };
}

/** Statuses by which devices say that they do not know a stream. */
const unknownStatuses: readonly (number | null)[] = [3, 5];

/**
 * Whether a refusal says that a stream is gone, which its ttl allows. Before keys were asked for,
 * status 3 says something else: that the peer is absent. While close is asked for, its answer tells.
 */
export function isGone({ context, event }: Scene, place: Whereabouts): boolean {
  const { qos, asked, started } = streamEnd(context, place);
  const ttl = Number(member(qos, 'ttl') ?? member(asked, 'ttl') ?? 0);
  if (!(ttl > 0)) return false;
  const ofGetKey = event.type === 'qkd-device.getKeyRefused';
  if (ofGetKey && (!started || awaits(context, place, 'close'))) return false;
  return (
    event.code === 404 || event.code === 410 || unknownStatuses.includes(statusOf(event.content))
  );
}

/** Whether a stream is open with what the device proposed: its id is known, or comes with it. */
export function opensByProposal({ context, event }: Scene, { slot }: Whereabouts): boolean {
  if (context.readings['counterProposalOpens'] !== 'opens') return false;
  const given = context.slots[slot]?.id ?? null;
  const id = idOf(context, event) ?? given;
  if (id === null) return false;
  return given === null ? slotOf(context, id) === null : given === id;
}

/** Pushes of one stream at one end that await their answer. */
export function unanswered(context: Conversation, place: Whereabouts): number {
  return context.pending.filter(
    (pending) =>
      pending.call === 'keyMaterial' &&
      !pending.stray &&
      pending.place?.slot === place.slot &&
      pending.place.end === place.end,
  ).length;
}

/** Whether a rightful call about one stream at one end awaits its answer. */
export function awaits(context: Conversation, place: Whereabouts, asked: Call): boolean {
  return awaited(context, place, asked) > 0;
}

/** How many of these calls about one stream at one end await their answers. */
export function awaited(context: Conversation, { slot, end }: Whereabouts, asked: Call): number {
  return context.pending.filter(
    ({ call, stray, place }) =>
      call === asked && !stray && place?.slot === slot && place.end === end,
  ).length;
}

/**
 * Whether the KMS has asked to close every stream wherever it knows it to be open, or has reason
 * to give up.
 */
export function nothingOpen(context: Conversation): boolean {
  if (context.troubled) return true;
  return slots.every((slot) =>
    ends.every((end) => {
      const { stage, closeAsked } = streamEnd(context, { slot, end });
      return stage !== 'open' || closeAsked;
    }),
  );
}
