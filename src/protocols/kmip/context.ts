import {
  messages,
  type Conversation,
  type KmipEvent,
  type MessageName,
  type Side,
} from '#models/kmip/index.ts';
import type { ModelEvent } from '#src/contract/event.ts';
import type { Position } from '#src/contract/position.ts';

/** What the machine remembers at a position of its chart. */
export function conversationAt({ context }: Position): Conversation {
  return recall(context);
}

/** The same for a bare context. A context of another machine is a fault of ours. */
export function recall(context: unknown): Conversation {
  if (!isConversation(context)) throw new TypeError('not the context of a KMIP session');
  return context;
}

/** An event as the model's functions want it. */
export function eventOf(type: string, said: Readonly<Record<string, unknown>>): KmipEvent {
  const event = { ...said, type };
  if (!isOurs(event)) throw new TypeError(`'${type}' is no event of a KMIP session`);
  return event;
}

/** A side by its name. */
export function sideOf(name: string): Side {
  return name === 'client' ? 'client' : 'server';
}

/** A message by its name. A name of another protocol is a fault of ours. */
export function messageNamed(name: string): MessageName {
  if (!isName(name)) throw new TypeError(`'${name}' is no message of KMIP`);
  return name;
}

function isName(name: string): name is MessageName {
  return Object.hasOwn(messages, name);
}

function isConversation(context: unknown): context is Conversation {
  return typeof context === 'object' && context !== null && 'world' in context;
}

function isOurs(event: ModelEvent): event is ModelEvent & KmipEvent {
  return /^(?:server|client)\./.test(event.type);
}
