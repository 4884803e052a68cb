import { states } from './lifecycle.ts';
import { isFlawed, remembered } from './memory.ts';
import { reads } from './readings.ts';
import { judged } from './response.ts';
import { continuationOf, itemsOf, type Conversation, type Request, type Scene } from './talk.ts';

type Guard = (scene: Scene) => boolean;

/** How the oldest request awaits its response; the states of the region `exchange`. */
export type Awaited = 'idle' | 'answering' | 'stopping' | 'continuing' | 'undoing' | 'refusing';

/** What awaits the response to a request. */
export function awaitedBy(request: Request | undefined): Awaited {
  if (request === undefined) return 'idle';
  if (request.fault !== null) return 'refusing';
  if (itemsOf(request.content).length < 2) return 'answering';
  const names = { Stop: 'stopping', Continue: 'continuing', Undo: 'undoing' } as const;
  return names[continuationOf(request.content)];
}

/** A good response, or one that cannot be read, behind which the next request awaits its own. */
const then =
  (awaited: Awaited): Guard =>
  (scene) => {
    const { context, event } = scene;
    const isFine = isFlawed(event) ? context.pending.length > 0 : judged(scene).misfit === null;
    return isFine && awaitedBy(context.pending[1]) === awaited;
  };

/** A request that awaits its response like this, and no other before it. */
const first =
  (awaited: Awaited): Guard =>
  (scene) =>
    scene.context.pending.length === 0 && awaitedBy(remembered(scene).pending[0]) === awaited;

/** Where the object of a slot may be. */
export const places = [...states, 'Unclear'] as const;
export type Place = (typeof places)[number];

/** The machine's slots for objects. */
export const slotNames = ['one', 'two', 'three'] as const;
export type SlotName = (typeof slotNames)[number];

/** Whether the object of a slot is there, behind a response. */
const becomes =
  (slot: number, place: Place): Guard =>
  (scene) =>
    placesBehind(scene)[slot] === place;

type Places = readonly (Place | null)[];

const known = new WeakMap<object, { readonly context: Conversation; readonly places: Places }>();

/** Where the objects of all slots are behind a response. Kept by event: each guard asks. */
function placesBehind(scene: Scene): Places {
  const { context, event } = scene;
  const before = known.get(event);
  if (before?.context === context) return before.places;
  const places = judged(scene).misfit === null ? slotsOf(remembered(scene)) : [];
  known.set(event, { context, places });
  return places;
}

function slotsOf({ world, slots }: Conversation): Places {
  return slots.map((id) => {
    const object = id === null ? undefined : world.objects.find((one) => one.id === id);
    if (object === undefined) return null;
    const [state, ...others] = object.states;
    return others.length > 0 ? 'Unclear' : (state ?? null);
  });
}

type SlotGuard = `${SlotName}Is${Place}`;

/** One guard for each slot and place. */
function slotGuards(
  guardOf: (slot: number, place: Place) => Guard,
): Readonly<Record<SlotGuard, Guard>> {
  const named = Object.fromEntries(
    slotNames.flatMap((name, slot) =>
      places.map((place) => [`${name}Is${place}`, guardOf(slot, place)]),
    ),
  );
  if (!isComplete(named)) throw new TypeError('a slot lacks a guard');
  return named;
}

function isComplete(
  named: Readonly<Record<string, Guard>>,
): named is Readonly<Record<SlotGuard, Guard>> {
  return slotNames.every((name) =>
    places.every((place) => Object.hasOwn(named, `${name}Is${place}`)),
  );
}

const awaits =
  (awaited: Awaited): Guard =>
  ({ context }) =>
    context.pending.length > 0 && awaitedBy(context.pending[1]) === awaited;

/** What a server asks that has its own store: whatever it answers is an answer. */
export const serverGuards = {
  thenIdle: awaits('idle'),
  thenAnswering: awaits('answering'),
  thenStopping: awaits('stopping'),
  thenContinuing: awaits('continuing'),
  thenUndoing: awaits('undoing'),
  thenRefusing: awaits('refusing'),
  mayEnd: () => true,
  mayEndIdle: () => true,
  mayRefuseMore: () => true,
  namesVersions: () => false,
  ...slotGuards(() => () => false),
} satisfies Readonly<Record<string, Guard>>;

/** What the phases may ask. Pure; total on any content. */
export const guards = {
  firstAnswering: first('answering'),
  firstStopping: first('stopping'),
  firstContinuing: first('continuing'),
  firstUndoing: first('undoing'),
  thenIdle: then('idle'),
  thenAnswering: then('answering'),
  thenStopping: then('stopping'),
  thenContinuing: then('continuing'),
  thenUndoing: then('undoing'),
  thenRefusing: then('refusing'),
  namesVersions: (scene) => judged(scene).misfit === null && remembered(scene).versions !== null,
  /** The stream is lost, or the request was one that need not be answered. */
  mayEnd: ({ context }) => {
    const fault = context.pending[0]?.fault ?? null;
    const isLost = fault !== null && fault !== 'item' && fault !== 'header';
    const isFree = context.isBroken || context.hasLeft;
    return isFree || (isLost && reads(context, 'badMessageEnds', 'closed'));
  },
  mayRefuseMore: ({ context }) => context.isLost,
  mayEndIdle: ({ context }) =>
    context.isBroken || context.hasLeft || reads(context, 'idleEnd', 'ended'),
  ...slotGuards(becomes),
} satisfies Readonly<Record<string, Guard>>;
