import { assign, setup } from 'xstate';
import {
  declares,
  type Readings,
  type Requirement,
  type StateMeta,
} from '#models/language/index.ts';
import type { ambiguities } from './ambiguities.ts';
import {
  awaited,
  awaits,
  isGone,
  nothingOpen,
  opensByProposal,
  remembered,
  unanswered,
} from './memory.ts';
import type { Call } from './messages.ts';
import { requirements } from './requirements.ts';
import {
  answered,
  callOf,
  idOf,
  isCall,
  member,
  slotOf,
  speakerOf,
  statusOf,
  streamEnd,
  whereabouts,
  withdrawn,
  type Conversation,
  type Etsi004Event,
  type Scene,
  type Whereabouts,
} from './streams.ts';

export interface SessionInput extends Partial<Pick<Conversation, 'ends' | 'delivery'>> {
  readonly readings: Readings;
}

/** The conversation before its first call; `undefined`: XState asks again, and throws it away. */
export function newConversation(input: SessionInput | undefined): Conversation {
  const { readings = {}, ends = 2, delivery = 'push' } = input ?? {};
  const connections = { a: { kms: 0, 'qkd-device': 0 }, b: { kms: 0, 'qkd-device': 0 } };
  const spent = { a: { kms: false, 'qkd-device': false }, b: { kms: false, 'qkd-device': false } };
  const known = { slots: { one: null, two: null }, untracked: [], gone: [] };
  return { readings, ends, delivery, ...known, pending: [], troubled: false, connections, spent };
}

/** The machines of a session: one for each stream at each end. */
export const regions = {
  oneA: { slot: 'one', end: 'a' },
  oneB: { slot: 'one', end: 'b' },
  twoA: { slot: 'two', end: 'a' },
  twoB: { slot: 'two', end: 'b' },
} as const satisfies Readonly<Record<string, Whereabouts>>;

export type Region = keyof typeof regions;

type Guard = (scene: Scene) => boolean;
type Ambiguities = typeof ambiguities;

/** Whether a reading is in force. */
const reads =
  <Key extends keyof Ambiguities>(key: Key, reading: keyof Ambiguities[Key]['readings'] & string) =>
  ({ context }: Scene) =>
    context.readings[key] === reading;

/** Whether an event is about one stream at one end: a call, or the answer to a rightful one. */
const concerns =
  (place: Whereabouts): Guard =>
  ({ context, event }) => {
    if (!isCall(event) && answered(context, event)?.stray !== false) return false;
    const about = whereabouts(context, event);
    return about?.slot === place.slot && about.end === place.end;
  };

const both =
  (...guards: readonly Guard[]): Guard =>
  (scene) =>
    guards.every((guard) => guard(scene));

/** The other end of the same stream. */
const opposite = ({ slot, end }: Whereabouts): Whereabouts => ({
  slot,
  end: end === 'a' ? 'b' : 'a',
});

const isOpen = (place: Whereabouts, { context }: Scene) =>
  streamEnd(context, place).stage === 'open';

const isServed = (place: Whereabouts, { context }: Scene) => streamEnd(context, place).started;

const isAsked = (place: Whereabouts, { context }: Scene) => awaits(context, place, 'getKey');

const isPulled = ({ context }: Scene) => context.delivery === 'pull';

/** At the source the device makes the id, at the destination it is given. */
const opensAt = (place: Whereabouts): Guard =>
  both(concerns(place), (scene) => {
    const named = idOf(scene.context, scene.event);
    if (place.end === 'b') return named !== null && scene.context.ends === 2;
    if (named !== null) return reads('sourceId', 'predefined')(scene);
    const isThere = member(scene.event.content, 'key_stream_id') !== undefined;
    return isThere || reads('nullStreamId', 'absent')(scene);
  });

/** The answer has the id that was given, or one that no other stream has. */
const idFits =
  ({ slot, end }: Whereabouts): Guard =>
  (scene) => {
    const { context, event } = scene;
    const id = idOf(context, event);
    const given = context.slots[slot]?.id ?? null;
    if (id === null) return given !== null && reads('openedMembers', 'schema')(scene);
    if (given !== null) return given === id;
    return end === 'a' && slotOf(context, id) === null;
  };

/**
 * The requirement that an open-connect, or its answer, breaks by the id that it names; `null` where
 * it breaks none. The guards ask the same; this says which end's requirement it is.
 */
export function misnaming(scene: Scene): Requirement | null {
  const place = whereabouts(scene.context, scene.event);
  if (place === null) return null;
  const atSource = place.end === 'a';
  switch (scene.event.type) {
    case 'kms.openConnect':
      if (opensAt(place)(scene)) return null;
      return atSource ? requirements.sourceIdNull : requirements.destinationIdGiven;
    case 'qkd-device.opened':
      if (idFits(place)(scene)) return null;
      return atSource ? requirements.streamIdAssigned : requirements.streamIdKept;
    default:
      return null;
  }
}

/** At the source, while the destination end is in sight and not open: 0 or 1, as it is read. */
const statusFits =
  (place: Whereabouts): Guard =>
  (scene) => {
    /** A stream that was given its id may be the destination's for all that the device knows. */
    const isGiven = (scene.context.slots[place.slot]?.id ?? null) !== null;
    const isSeen = place.end === 'a' && scene.context.ends === 2 && !isGiven;
    const absent = isSeen && !isOpen(opposite(place), scene);
    if (!absent || reads('openWhilePeerAbsent', 'blocks')(scene)) return true;
    const status = statusOf(scene.event.content) ?? 0;
    return status === (reads('openWhilePeerAbsent', 'zero')(scene) ? 0 : 1);
  };

/** Both ends are open, as far as one sees, or the device said so. */
const peerThere =
  (place: Whereabouts): Guard =>
  (scene) =>
    scene.context.ends === 1 ||
    isOpen(opposite(place), scene) ||
    streamEnd(scene.context, place).status !== 1;

/** An answer about one call of a region, that its caller could make nothing of. */
const unusable = (call: Call) => (place: Whereabouts) =>
  both(
    concerns(place),
    ({ context, event }) => !isCall(event) && answered(context, event)?.call === call,
  );

/** The caller withdraws one call of a region. */
const withdraws =
  (asked: Call) =>
  ({ slot, end }: Whereabouts): Guard =>
  ({ context, event }) =>
    withdrawn(context, event).some(
      ({ call, stray, place }) =>
        call === asked && !stray && place?.slot === slot && place.end === end,
    );

/** What a region may ask; each guard exists once for each region, `<region><guard>`. */
const ofRegion = {
  Concerned: concerns,
  Opens: opensAt,
  /** Where the id is that of the stream that was closed here, a reading decides. */
  Reopens: (place: Whereabouts) =>
    both(opensAt(place), (scene) => {
      const id = idOf(scene.context, scene.event);
      const again =
        slotOf(scene.context, id) === place.slot &&
        streamEnd(scene.context, place).stage === 'closed';
      return !again || reads('closedIdReuse', 'fresh')(scene);
    }),
  Opened: (place: Whereabouts) => both(concerns(place), idFits(place), statusFits(place)),
  OpensByProposal: (place: Whereabouts) =>
    both(concerns(place), (scene) => opensByProposal(scene, place)),
  Serves: (place: Whereabouts) =>
    both(
      concerns(place),
      (scene) => peerThere(place)(scene) || reads('getKeyBeforePeer', 'accepted')(scene),
    ),
  /** Where keys are pulled each is asked for. */
  AsksAgain: (place: Whereabouts) =>
    both(concerns(place), (scene) => isPulled(scene) || reads('secondGetKey', 'accepted')(scene)),
  /** Keys are pulled, and another one was asked for. */
  AsksBeside: (place: Whereabouts) => both(concerns(place), isPulled),
  AskedOfMany: (place: Whereabouts) =>
    both(concerns(place), ({ context }) => awaited(context, place, 'getKey') > 1),
  /** close was answered, and has no effect. */
  StaysOpen: (place: Whereabouts) => both(concerns(place), reads('closeEffect', 'nothing')),
  WasPushing: (place: Whereabouts) => both(concerns(place), (scene) => isServed(place, scene)),
  Gone: (place: Whereabouts) => both(concerns(place), (scene) => isGone(scene, place)),
  /** The KMS has asked to close whatever it has, and is not there any more. */
  Left: (place: Whereabouts) => both(concerns(place), ({ context }) => nothingOpen(context)),
  /** The KMS goes on with a stream, although an answer about it could not be used. */
  Believed: (place: Whereabouts) =>
    both(concerns(place), ({ context }) => streamEnd(context, place).stage !== 'idle'),
  UnusableOpenConnect: unusable('openConnect'),
  UnusableGetKey: unusable('getKey'),
  UnusableClose: unusable('close'),
  UnusableReceipt: unusable('keyMaterial'),
  UnusableReceiptOfMany: (place: Whereabouts) =>
    both(unusable('keyMaterial')(place), ({ context }) => unanswered(context, place) > 1),
  /** Keys were asked for, whether or not that was answered yet. */
  Pushes: (place: Whereabouts) =>
    both(
      concerns(place),
      (scene) => !isPulled(scene) && (isServed(place, scene) || isAsked(place, scene)),
    ),
  /** Two connections cross: a key may arrive before the answer to get-key. */
  Overtakes: (place: Whereabouts) =>
    both(
      concerns(place),
      (scene) =>
        !isPulled(scene) &&
        (isServed(place, scene) || reads('pushBeforeAnswer', 'accepted')(scene)),
    ),
  PushesBeside: (place: Whereabouts) => both(concerns(place), reads('parallelPushes', 'allowed')),
  /** How things are is not known since a call was withdrawn. */
  Doubted: (place: Whereabouts) =>
    both(concerns(place), ({ context }) => streamEnd(context, place).doubted),
  WithdrawsNamed: (place: Whereabouts) =>
    both(withdraws('openConnect')(place), ({ context }) => {
      return (context.slots[place.slot]?.id ?? null) !== null;
    }),
  WithdrawsOpenConnect: withdraws('openConnect'),
  WithdrawsGetKey: withdraws('getKey'),
  WithdrawsClose: withdraws('close'),
  WithdrawsPush: withdraws('keyMaterial'),
  WithdrawsPushOfMany: (place: Whereabouts) =>
    both(withdraws('keyMaterial')(place), ({ context }) => unanswered(context, place) > 1),
  /** After this answer another key of the stream still awaits its own. */
  StillOwes: (place: Whereabouts) =>
    both(concerns(place), ({ context }) => unanswered(context, place) > 1),
  /** Under way when close was answered: the first on its connection since. */
  PushesLate: (place: Whereabouts) =>
    both(concerns(place), reads('pushAfterClose', 'inFlight'), (scene) => {
      const { late } = streamEnd(scene.context, place);
      const asked = isServed(place, scene) || isAsked(place, scene);
      return asked && !late.includes(scene.event.connection);
    }),
} as const satisfies Readonly<Record<string, (place: Whereabouts) => Guard>>;

type RegionGuard = `${Region}${keyof typeof ofRegion}`;

/** All guards of all regions, by name. */
function regionGuards(): Readonly<Record<RegionGuard, Guard>> {
  const named = Object.fromEntries(
    Object.entries(regions).flatMap(([region, place]) =>
      Object.entries(ofRegion).map(([name, guardOf]) => [`${region}${name}`, guardOf(place)]),
    ),
  );
  if (!isComplete(named)) throw new TypeError('a region lacks a guard');
  return named;
}

function isComplete(named: Readonly<Record<string, Guard>>): named is Record<RegionGuard, Guard> {
  return Object.keys(regions).every((region) =>
    Object.keys(ofRegion).every((name) => Object.hasOwn(named, `${region}${name}`)),
  );
}

/** The answer to a call that concerns no stream, or was wrong. */
const isStray: Guard = ({ context, event }) =>
  !isCall(event) && answered(context, event)?.stray === true;

/** The caller withdraws a wrong call, and no other one awaits its answer. */
const withdrawsStray: Guard = ({ context, event }) => {
  const gone = withdrawn(context, event);
  const left = context.pending.some(
    (call) => call.stray && call.by === speakerOf(event) && !gone.includes(call),
  );
  return !left && gone.some(({ stray }) => stray);
};

/** The answer to a wrong call, while the other side owes another one of this kind. */
const isStrayOfMany: Guard = (scene) =>
  isStray(scene) &&
  scene.context.pending.filter(({ stray, by }) => stray && by !== speakerOf(scene.event)).length >
    1;

const isUntracked: Guard = ({ context, event }) => {
  const id = idOf(context, event);
  return id !== null && context.untracked.includes(id);
};

/** A key of a stream that was closed, under way when another took its place. */
const concernsGone: Guard = (scene) => {
  const id = idOf(scene.context, scene.event);
  const mayBe = reads('pushAfterClose', 'inFlight')(scene);
  return mayBe && id !== null && scene.context.gone.includes(id);
};

const namesNoStream: Guard = ({ context, event }) => {
  const place = whereabouts(context, event);
  return (
    isCall(event) &&
    (callOf(event) === 'getKey' || callOf(event) === 'close') &&
    (place === null || streamEnd(context, place).stage !== 'open')
  );
};

/** What the phases may ask. Pure; total on any content. */
const guards = {
  ...regionGuards(),
  callIsWrong: ({ event }: Scene) => isCall(event),
  methodIsUnknown: ({ event }: Scene) => isCall(event) && event.fault === 'method',
  namesNoStream,
  closesAgain: ({ context, event }: Scene) => {
    const place = whereabouts(context, event);
    return (
      isCall(event) &&
      callOf(event) === 'close' &&
      place !== null &&
      streamEnd(context, place).stage === 'closed'
    );
  },
  /** A stream beyond those that the machine follows. */
  opensBeyond: ({ context, event }: Scene) => whereabouts(context, event) === null,
  concernsUntracked: isUntracked,
  concernsGone,
  isStray,
  isStrayOfMany,
  withdrawsStray,
  secondCloseTaken: both(isStray, reads('doubleClose', 'accepted')),
  secondCloseRefused: both(isStray, reads('doubleClose', 'refused')),
  hangsUp: both(isStray, reads('malformedAnswer', 'closed')),
  /** The answer to a good call about a stream that is not followed. */
  answersBeyond: both(isStray, ({ context, event }) => answered(context, event)?.flaw === null),
  closesNothing: both(isStray, reads('closeEffect', 'nothing')),
  /** Who has closed all its streams need not be there any more. */
  isGoneForGood: both(isStray, ({ context }) => nothingOpen(context)),
  unknownPushTaken: both(isStray, reads('pushOfUnknown', 'accepted')),
  nothingOpen: ({ context }: Scene) => nothingOpen(context),
};

/** What all phases remember (context) and may ask (guards). */
export const conversation = setup({
  types: declares<{
    context: Conversation;
    events: Etsi004Event;
    input: SessionInput;
    meta: StateMeta;
    tags: 'owes:kms' | 'owes:qkd-device';
  }>(),
  guards,
  actions: {
    /** Which calls await an answer, and what became of each stream. */
    remember: assign(remembered),
  },
});
