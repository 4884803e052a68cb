import { all, field, numberAt } from './fields.ts';
import { judged } from './response.ts';
import {
  faultOf,
  itemsOf,
  nameOf,
  reasonsOf,
  speakerOf,
  type Conversation,
  type KmipEvent,
  type Request,
  type Scene,
} from './talk.ts';
import { emptyWorld, type World } from './world.ts';

/** Requests that are kept at most while they await their response. */
const mostPending = 1024;

const memories = new WeakMap<
  object,
  { readonly context: Conversation; readonly after: Conversation }
>();

/** What both sides know after an event. Kept by event: every guard of the machine asks. */
export function remembered(scene: Scene): Conversation {
  const { context, event } = scene;
  const known = memories.get(event);
  if (known?.context === context) return known.after;
  const after = following(scene);
  memories.set(event, { context, after });
  return after;
}

function following(scene: Scene): Conversation {
  const { context, event } = scene;
  if (nameOf(event) === 'closes') return context;
  return speakerOf(event) === 'client' ? afterRequest(context, event) : afterResponse(scene);
}

function afterRequest(context: Conversation, event: KmipEvent): Conversation {
  const { item } = event;
  const request: Request = {
    content: event.content,
    fault: isFlawed(event) ? (faultOf(event) ?? 'message') : null,
    item: typeof item === 'number' ? item : null,
    reasons: reasonsOf(event),
    bare: event.bare === true,
  };
  /** What awaits a response on a connection that has ended will have none. */
  const awaited = context.hasLeft ? [] : context.pending;
  const pending = [...awaited, request].slice(-mostPending);
  return { ...context, pending, hasLeft: false };
}

const flaws = ['malformed', 'unauthentic', 'unknown', 'misplaced', 'unfit'];

/** Whether an event is a flaw of its side's. */
export function isFlawed(event: KmipEvent): boolean {
  return flaws.includes(nameOf(event));
}

function afterResponse(scene: Scene): Conversation {
  const { context, event } = scene;
  const [request, ...pending] = context.pending;
  if (request === undefined) return context;
  const left = {
    ...context,
    pending,
    isBroken: context.isBroken || mayLeave(request, event),
    hasLeft: event.leaves === true,
    isLost: context.isLost || request.fault === 'framing',
  };
  if (isFlawed(event)) return { ...left, world: doubted(context.world) };
  const { world } = judged(scene);
  return {
    ...left,
    world,
    slots: slotsAfter(context, world),
    versions: versionsAfter(context, event),
    served: servedAfter(context.served, event),
  };
}

/** A message that is refused as a whole may be the last of its connection. */
function mayLeave({ fault }: Request, event: KmipEvent): boolean {
  return (fault !== null && fault !== 'item') || nameOf(event) === 'rejected';
}

/** What a server needs to remember that has its own store: which requests await a response. */
export function rememberedByServer({ context, event }: Scene): Conversation {
  if (nameOf(event) === 'closes') return context;
  if (speakerOf(event) === 'client') return afterRequest(context, event);
  return { ...context, pending: context.pending.slice(1) };
}

/** Behind a response that could not be read nothing is known of the objects. */
function doubted(world: World): World {
  const objects = world.objects.map((object) => ({
    ...object,
    isForeign: true,
    attributes: {},
    states: emptyDoubt,
  }));
  return { ...emptyWorld, objects };
}

const emptyDoubt = [
  'PreActive',
  'Active',
  'Deactivated',
  'Compromised',
  'Destroyed',
  'DestroyedCompromised',
] as const;

/** The first free slot is a new object's; of objects beyond, no region tells. */
function slotsAfter({ slots }: Conversation, { objects }: World): Conversation['slots'] {
  if (!slots.includes(null)) return slots;
  const fresh = objects.filter(({ id }) => !slots.includes(id)).map(({ id }) => id);
  return slots.map((id) => id ?? fresh.shift() ?? null);
}

function versionsAfter(
  { versions }: Conversation,
  { content }: KmipEvent,
): Conversation['versions'] {
  const told = itemsOf(content)
    .filter((item) => field(item, 'Operation') === 'DiscoverVersions')
    .flatMap((item) => all(field(item, 'ResponsePayload'), 'ProtocolVersion'));
  if (told.length === 0) return versions;
  return told.map(
    (one) => `${numberAt(one, 'ProtocolVersionMajor')}.${numberAt(one, 'ProtocolVersionMinor')}`,
  );
}

function servedAfter(served: readonly string[], { content }: KmipEvent): readonly string[] {
  const isServed = (item: unknown) => field(item, 'ResultStatus') === 'Success';
  return withNames(served, itemsOf(content).filter(isServed));
}

/** The names with the operations of items, each once; the very list where none is new. */
function withNames(known: readonly string[], items: readonly unknown[]): readonly string[] {
  const fresh = items.flatMap((item) => {
    const operation = field(item, 'Operation');
    return typeof operation === 'string' && !known.includes(operation) ? operation : [];
  });
  return fresh.length === 0 ? known : [...known, ...new Set(fresh)];
}
