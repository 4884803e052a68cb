import {
  idOf,
  isNotification,
  isRefutation,
  isResponse,
  member,
  methodOf,
  type Call,
  type Conversation,
} from '#models/central-kms/index.ts';
import type { Random } from '#src/base/random.ts';
import type { Perceived } from '#src/contract/frame.ts';
import type { Answers, Deed, SideRecord, SideScene } from '#src/contract/side.ts';
import { batchesIn, recall } from '../context.ts';
import { oldestCall, refusalOf } from '../refusals.ts';
import { answerId, say, success } from '../say.ts';
import { numberOption } from '../settings.ts';
import { admin } from './admin.ts';
import { newDesk, note, type Desk } from './operator.ts';

/** What the KMS keeps for one session. */
export interface KmsMemory {
  /** Calls that the KMS has yet to make. */
  readonly plan: { healthchecks: number; inquiries: number };
  /** The sidecars of this server by their ids, in lower case: whose session has each. */
  readonly taken: Map<string, Pick<KmsMemory, 'hasLeft'>>;
  /** Those of this session. */
  readonly ids: Set<string>;
  /** The sidecar has said its close frame, or the connection is over. */
  hasLeft: boolean;
  /** Calls that whoever runs it wants, and what came of them. */
  readonly desk: Desk;
}

type Scene = SideScene<KmsMemory>;

/** What the KMS does at once, whatever it does otherwise. */
export const reflexes: readonly string[] = [
  'sidecarPings.pinged',
  'connection.kmsFails',
  'connection.sidecarLeaving',
  'connection.ended',
];

/** What the KMS refuses, by what is wrong. */
const refusing: Answers<KmsMemory> = {
  'stray.unparsed': refuse,
  'stray.invalid': refuse,
  'stray.array': refuse,
  'stray.unknownMethod': refuse,
  'stray.unfit': refuse,
  'stray.misplaced': refuse,
};

/** What the KMS says, by the state in which it owes an answer; then what its plan is. */
export const answers: Answers<KmsMemory> = {
  'sidecarPings.pinged': pong,
  'connection.kmsFails': leave,
  'connection.sidecarLeaving': leave,
  'connection.ended': () => ({ do: 'close' }),
  'connection.refused': () => ({ do: 'close' }),
  'connection.upgrading': () => say('upgraded'),
  'connection.refusing': refuseUpgrade,
  ...refusing,
  'connection.registering': register,
  'connection.proving': accept,
  'connection.refuting': refute,
  'connection.suspended': leave,
  'batches.waiting': store,
  memory: plan,
};

/** The reference KMS: it gives keys, hears a challenge once, and stores batches. */
export const centralKms: SideRecord<KmsMemory> = {
  answers,
  memory: (random, settings) => ({
    plan: {
      healthchecks: numberOption(settings, 'healthchecks'),
      inquiries: numberOption(settings, 'inquiries'),
    },
    taken: takenOf(random),
    ids: new Set(),
    hasLeft: false,
    desk: newDesk(),
  }),
  reflexes,
  ended(memory, { readings }) {
    memory.hasLeft = true;
    for (const id of memory.ids) {
      if (memory.taken.get(id) !== memory) continue;
      if (readings['sidecarIdScope'] === 'forever') memory.taken.set(id, gone);
      else memory.taken.delete(id);
    }
  },
  admin,
  perceives(perceived, { memory }) {
    note(perceived, memory.desk);
    if (perceived.message === 'closeFrame') memory.hasLeft = true;
    return strictly(perceived);
  },
};

/** Minds whatever is wrong. */
function strictly(seen: Perceived): Perceived {
  const flaws = seen.flaws.map(({ kind, requirement, detail }) => ({ kind, requirement, detail }));
  return { ...seen, flaws };
}

/** Who held an id that is taken for ever: of its session nothing is kept. */
const gone = { hasLeft: true };

const servers = new WeakMap<Random, KmsMemory['taken']>();

/** Ids that a server has seen: it is known by the source of chance that its connections share. */
function takenOf(random: Random): KmsMemory['taken'] {
  const known = servers.get(random) ?? new Map();
  servers.set(random, known);
  return known;
}

/** Whether an id is that of another sidecar: one that is there still, or of any for ever. */
function isTaken(id: string, memory: KmsMemory, { readings }: Conversation): boolean {
  const holder = memory.taken.get(id);
  if (holder === undefined) return false;
  return readings['sidecarIdScope'] === 'forever' || (holder !== memory && !holder.hasLeft);
}

/** The oldest call of the sidecar that awaits its response in a region. */
function callAt(context: unknown, desk: 'stray' | 'registration' | 'batches'): Call | null {
  return oldestCall(recall(context), 'sidecar', desk);
}

/** Answers the newest ping: that is enough for all of them. */
export function pong({ context }: Pick<Scene, 'context'>): Deed {
  const [...waiting] = recall(context).pings.sidecar;
  return say('pong', { payload: waiting.at(-1) ?? '' });
}

/** Answers a close frame with its code, a broken frame with the code for it. */
export function leave({ context }: Pick<Scene, 'context'>): Deed {
  const { stage, left, failure } = recall(context);
  if (stage === 'sidecarLeaving') return say('closeFrame', { code: left.sidecar?.code ?? null });
  return say('closeFrame', { code: stage === 'kmsFails' ? (failure[0] ?? 1002) : 1000 });
}

function refuseUpgrade({ heard }: Scene): Deed {
  const version = member(heard?.payload['content'], 'version');
  if (typeof version === 'string' && version !== '13') {
    return say('upgradeRefused', { status: 426, versions: ['13'] });
  }
  return say('upgradeRefused', { status: 400 });
}

/** Refuses what is wrong, the oldest first. */
export function refuse({ context }: Pick<Scene, 'context'>): Deed | readonly Deed[] {
  const conversation = recall(context);
  const call = oldestCall(conversation, 'sidecar', 'stray');
  if (call === null) return [];
  if (call.fault === 'array' && conversation.readings['jsonRpcBatch'] === 'supported') {
    return refuseEach(call, conversation);
  }
  return say('kmsError', refusalOf(call, conversation));
}

/** Each call of an array is refused by itself: one after another is the way to be served. */
function refuseEach({ content }: Call, conversation: Conversation): Deed {
  const elements: readonly unknown[] = Array.isArray(content) ? content : [];
  const calls = elements.filter((element) => !isNotification(element) && !isResponse(element));
  const refused = calls.map((element) => refusalOf(partOf(element, conversation), conversation));
  return say('array', refused);
}

/** An element of an array as a call of its own. */
function partOf(element: unknown, { stage }: Conversation): Call {
  return {
    by: 'sidecar',
    id: idOf(element) ?? null,
    method: null,
    fault: methodOf(element) === null ? 'request' : 'state',
    proof: 'right',
    stage,
    again: false,
    items: [],
    answers: 0,
    total: null,
    content: element,
  };
}

/** Keys and a challenge of its own for each sidecar. */
export function register({ context, memory }: Scene): Deed {
  const call = callAt(context, 'registration');
  const id = String(member(member(call?.content, 'params'), 'id')).toLowerCase();
  if (call !== null && isTaken(id, memory, recall(context))) {
    return say('kmsError', refusalOf(call, recall(context)));
  }
  memory.taken.set(id, memory);
  memory.ids.add(id);
  return say('registered');
}

export function accept(): Deed {
  return say('challengeAccepted');
}

/** One attempt: the error first, then the end of the connection. */
export function refute({ context }: Pick<Scene, 'context'>): Deed | readonly Deed[] {
  const conversation = recall(context);
  const call = conversation.calls.find(isRefutation);
  return call === undefined ? [] : say('kmsError', refusalOf(call, conversation));
}

/** A batch that is there already is the same one, unless that is to be refused. */
export function store({ context }: Pick<Scene, 'context'>): Deed | readonly Deed[] {
  const conversation = recall(context);
  const call = callAt(context, 'batches');
  if (call === null) return [];
  if (call.again && conversation.readings['duplicateBatch'] === 'refused') {
    return say('kmsError', refusalOf(call, conversation));
  }
  const id = member(member(call.content, 'params'), 'id');
  return say('batchStored', success(answerId(call, conversation), { id }));
}

/** Asks for health and for batches once the sidecar is registered; one call at a time. */
export function plan({ context, memory }: Scene): Deed | readonly Deed[] {
  const conversation = recall(context);
  const { stage, calls } = conversation;
  if (stage !== 'registered') return [];
  const asked = memory.desk.asked.find(({ isSaid }) => !isSaid);
  if (asked !== undefined) {
    asked.isSaid = true;
    return say(asked.message, asked.content);
  }
  if (calls.some(({ by }) => by === 'central-kms')) return [];
  if (memory.plan.healthchecks > 0) {
    memory.plan.healthchecks -= 1;
    return say('healthcheck');
  }
  if (memory.plan.inquiries > 0 && batchesIn(conversation).length > 0) {
    memory.plan.inquiries -= 1;
    return say('inquiry');
  }
  return [];
}
