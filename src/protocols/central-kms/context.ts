import {
  messages,
  type CentralKmsEvent,
  type Conversation,
  type MessageName,
  type Side,
} from '#models/central-kms/index.ts';
import type { ModelEvent } from '#src/contract/event.ts';
import type { Position } from '#src/contract/position.ts';

/** What the machine remembers at a position of its chart. */
export function conversationAt({ context }: Position): Conversation {
  return recall(context);
}

/** The same for a bare context. A context of another machine is a fault of ours. */
export function recall(context: unknown): Conversation {
  if (!isConversation(context)) throw new TypeError('not the context of a central KMS session');
  return context;
}

/** An event as the model's functions want it. */
export function eventOf(type: string, said: Readonly<Record<string, unknown>>): CentralKmsEvent {
  const event = { ...said, type };
  if (!isOurs(event)) throw new TypeError(`'${type}' is no event of a central KMS session`);
  return event;
}

/** A side by its name. */
export function sideOf(name: string): Side {
  return name === 'sidecar' ? 'sidecar' : 'central-kms';
}

/** A message by its name. A name of another protocol is a fault of ours. */
export function messageNamed(name: string): MessageName {
  if (!isName(name)) throw new TypeError(`'${name}' is no message of the central KMS socket`);
  return name;
}

function isName(name: string): name is MessageName {
  return Object.hasOwn(messages, name);
}

function isConversation(context: unknown): context is Conversation {
  return typeof context === 'object' && context !== null && 'calls' in context;
}

function isOurs(event: ModelEvent): event is ModelEvent & CentralKmsEvent {
  return /^(?:central-kms|sidecar)\./.test(event.type);
}

/** Ids of the batches that were said, the oldest first. */
export function batchesIn({ batches }: Conversation): readonly string[] {
  return [...batches.older.flatMap((names) => [...names]), ...batches.recent];
}
