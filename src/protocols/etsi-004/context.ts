import { member, type Conversation, type Etsi004Event, type Side } from '#models/etsi-004/index.ts';
import type { ModelEvent } from '#src/contract/event.ts';
import type { Position } from '#src/contract/position.ts';

/** What the machine remembers at a position of its chart. */
export function conversationAt({ context }: Position): Conversation {
  return recall(context);
}

/** The same for a bare context. A context of another machine is a fault of ours. */
export function recall(context: unknown): Conversation {
  if (!isConversation(context)) throw new TypeError('not the context of an ETSI 004 session');
  return context;
}

/** An event as the model's functions want it. */
export function eventOf(type: string, said: Readonly<Record<string, unknown>>): Etsi004Event {
  const event = { ...said, type };
  if (!isOurs(event)) throw new TypeError(`'${type}' is no event of an ETSI 004 session`);
  return event;
}

/** A side by its name. */
export function sideOf(name: string): Side {
  return name === 'kms' ? 'kms' : 'qkd-device';
}

/** An open-connect that still awaits its answer has asked to wait for the peer for longer. */
export function mayWait(context: unknown, waitedMs: number): boolean {
  const { pending, readings } = recall(context);
  if (readings['openWhilePeerAbsent'] !== 'blocks') return false;
  return pending.some(({ call, content }) => {
    const timeout = member(member(content, 'qos'), 'timeout');
    return call === 'openConnect' && Number(timeout) > waitedMs;
  });
}

function isConversation(context: unknown): context is Conversation {
  return typeof context === 'object' && context !== null && 'slots' in context;
}

function isOurs(event: ModelEvent): event is ModelEvent & Etsi004Event {
  return /^(?:kms|qkd-device)\./.test(event.type);
}
