import {
  answered,
  messages,
  statusOf,
  whereabouts,
  type Conversation,
  type Etsi004Event,
  type MessageName,
  type Pending,
  type Side,
} from '#models/etsi-004/index.ts';
import type { Utterance } from '#src/contract/frame.ts';
import type { Composed, Making } from '#src/contract/protocol.ts';
import { callRow, codeOf, httpBytes, wrapped, type Etsi004Bend, type Wire } from './codec.ts';
import { contents } from './contents.ts';
import { conversationAt, eventOf, sideOf } from './context.ts';
import { contentText } from '#src/wire/json-text.ts';
import { fits } from './schema.ts';
import { hostOf, keepsConnections } from './settings.ts';

/**
 * Makes the frame of an utterance, with the event that an honest receiver makes of it: a call on a
 * connection of its own (or the one that is kept), an answer on that of the oldest call it can be
 * about.
 */
export function compose(
  utterance: Utterance<Etsi004Bend>,
  speaker: string,
  making: Making,
): Composed {
  const message = messageName(utterance.message);
  const content = 'content' in utterance ? utterance.content : contents(message, making)[0];
  const side = sideOf(speaker);
  const conversation = conversationAt(making.position);
  const bend = utterance.frame ?? {};
  const event = eventOf(`${side}.${message}`, {
    content,
    ...(bend.end === undefined ? {} : { end: bend.end }),
    ...(bend.connection === undefined ? {} : { connection: bend.connection }),
  });
  const call = callRow(message);
  const pending = call === null ? answered(conversation, event) : null;
  const wire =
    call === null
      ? wireOf(pending, side, bend)
      : openWire(conversation, event, { side, making, bend });
  const { last } = wire;
  const isEmpty = content === undefined || messages[message].content === null;
  const code = bend.code ?? codeOf(message, statusOf(content));
  const meant = {
    message,
    code,
    host: hostOf(making.settings),
    last,
    body: isEmpty || code === 204 ? undefined : contentText(content),
  };
  const isHangingUp = message === 'hungUp';
  const http = isHangingUp ? new Uint8Array(0) : httpBytes(meant, bend);
  const said = utterance.bytes?.(http) ?? http;
  const after = bend.leaves ?? (isHangingUp || (call === null && last) ? 'ended' : null);
  const bytes = Buffer.concat([
    ...wire.leaves.map((left) => wrapped('ended', left)),
    wrapped('data', wire, said),
    ...(after === null ? [] : [wrapped(after, wire)]),
  ]);
  const payload = {
    content: meant.body === undefined ? undefined : content,
    slot: whereabouts(conversation, event)?.slot ?? null,
    end: wire.end,
    by: wire.by,
    connection: wire.connection,
    exchange: wire.exchange,
    ...(call === null ? { code } : { last }),
  };
  const bent =
    utterance.frame !== undefined ||
    utterance.bytes !== undefined ||
    !fits(message, payload.content);
  return { bytes, payload, bent };
}

/** Where something is said, and the connections that its speaker leaves before. */
interface Place extends Wire {
  readonly exchange: number | undefined;
  readonly last: boolean;
  readonly leaves: readonly Wire[];
}

/** The connection of the call that is answered; the first one where none is. */
function wireOf(pending: Pending | null, side: Side, bend: Etsi004Bend): Place {
  const { connection, exchange } = pending ?? {};
  return {
    end: bend.end ?? (pending?.end === 'b' ? 'b' : 'a'),
    by: pending?.by ?? (side === 'kms' ? 'qkd-device' : 'kms'),
    connection: bend.connection ?? (typeof connection === 'number' ? connection : 0),
    exchange: typeof exchange === 'number' ? exchange : undefined,
    last: pending?.last === true,
    leaves: [],
  };
}

/** The connection that a call goes over: a new one, unless they are kept and one is free. */
function openWire(
  conversation: Conversation,
  event: Etsi004Event,
  { side, making, bend }: { side: Side; making: Making; bend: Etsi004Bend },
): Place {
  const end = bend.end ?? whereabouts(conversation, event)?.end ?? 'a';
  const next = conversation.connections[end][side];
  const busy = (connection: number) =>
    conversation.pending.some(
      (one) => one.by === side && one.end === end && one.connection === connection,
    );
  const isFree = next > 0 && !busy(next - 1);
  const kept = keepsConnections(making.settings);
  const connection = bend.connection ?? (kept && isFree ? next - 1 : next);
  const before = { end, by: side, connection: next - 1 };
  return {
    end,
    by: side,
    connection,
    exchange: connection === next ? 0 : undefined,
    last: !kept,
    leaves: !kept && isFree && connection === next ? [before] : [],
  };
}

function messageName(name: string): MessageName {
  if (!isName(name)) throw new TypeError(`'${name}' is no message of ETSI 004`);
  return name;
}

function isName(name: string): name is MessageName {
  return Object.hasOwn(messages, name);
}
