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
  type Slot,
} from '#models/etsi-004/index.ts';
import type { Utterance } from '#src/contract/frame.ts';
import type { Composed, Making } from '#src/contract/protocol.ts';
import { callRow, codeOf, httpBytes, wrapped, type Etsi004Bend, type Wire } from './codec.ts';
import { contents } from './contents.ts';
import { conversationAt, eventOf, sideOf } from './context.ts';
import { nextPulledAt, pulledContents, wholeGetKey } from './framing/contents.ts';
import { framingRules, type FramingRules } from './framing/dialect.ts';
import { writeService } from './framing/frame-writer.ts';
import { harmless } from './framing/harmless.ts';
import { serviceOf } from './framing/layouts.ts';
import { readPayload } from './framing/payload-reader.ts';
import { writePayload } from './framing/payload-writer.ts';
import { isBendSayable, isContentSayable } from './framing/sayable.ts';
import { contentText } from '#src/wire/json-text.ts';
import { routeOf } from './route.ts';
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
  const content = 'content' in utterance ? utterance.content : contentsFor(message, making)[0];
  const bend = utterance.frame ?? {};
  const said = { message, content, bend, speaker: sideOf(speaker), making };
  const place = placeOf(said);
  const made = message === 'hungUp' ? hangingUp : madeBy(said, place);
  const isHangingUp = message === 'hungUp';
  const bent = utterance.bytes?.(made.bytes) ?? made.bytes;
  const bytes = isInFrames(making) && bend.service === undefined ? harmless(bent) : bent;
  const isAnswer = callRow(message) === null;
  const after = bend.leaves ?? (isHangingUp || (isAnswer && place.last) ? 'ended' : null);
  const { end, by, connection, exchange, last, slot, leaves, route } = place;
  const all = Buffer.concat([
    ...leaves.map((left) => wrapped('ended', left)),
    ...(route === null ? [] : [wrapped('route', place, Buffer.from(route, 'latin1'))]),
    wrapped('data', place, bytes),
    ...(after === null ? [] : [wrapped(after, place)]),
  ]);
  const details = isAnswer ? { code: made.code } : { last };
  const { call } = messages[message];
  const where = { end, by, connection, exchange };
  const payload = { content: made.content, call, slot, ...where, ...details };
  const isBent = utterance.frame !== undefined || utterance.bytes !== undefined;
  const isDoubtful = isBent || made.isOdd || !fits(message, made.content);
  return { bytes: all, payload, bent: isDoubtful, lossy: made.lossy === true };
}

/** What is said, before it is known where. */
interface Saying {
  readonly message: MessageName;
  readonly content: unknown;
  readonly bend: Etsi004Bend;
  readonly speaker: Side;
  readonly making: Making;
}

/** The bytes of a message on its connection, and what an honest receiver reads in them. */
interface Made {
  readonly bytes: Uint8Array;
  readonly content: unknown;
  /** The HTTP code of an answer. */
  readonly code: number;
  /** A receiver may read something else. */
  readonly isOdd: boolean;
  /** The dialect has no form for what was to be said. */
  readonly lossy?: boolean;
}

const hangingUp: Made = { bytes: new Uint8Array(0), content: undefined, code: 0, isOdd: false };

/** Where keys are pulled, get-key says what it wants, also where the push mode needs no more. */
function madeBy(said: Saying, place: Place): Made {
  const rules = framingRules(said.making.settings);
  if (rules === null) return asHttp(said, place.last);
  if (said.message !== 'getKey' || typeof said.content !== 'object' || said.content === null) {
    return asService(said, rules);
  }
  const { slot, end } = place;
  const index = slot === null ? 0 : nextPulledAt(said.making, { slot, end });
  return asService({ ...said, content: wholeGetKey(said.content, index) }, rules);
}

function asHttp({ message, content, bend, making }: Saying, last: boolean): Made {
  const code = bend.code ?? codeOf(message, statusOf(content));
  const isEmpty = content === undefined || messages[message].content === null || code === 204;
  const body = isEmpty ? undefined : contentText(content);
  const meant = { message, code, host: hostOf(making.settings), last, body };
  const bytes = httpBytes(meant, bend);
  return { bytes, content: isEmpty ? undefined : content, code, isOdd: false };
}

/** What has no form in a payload is written as what comes nearest: who hears it reads that. */
function asService({ message, content, bend }: Saying, rules: FramingRules): Made {
  const payload = bend.payload ?? bend.body;
  const full = payload === undefined ? bend : { ...bend, payload };
  const bytes = writeService({ message, content }, full, rules);
  const code = codeOf(message, statusOf(content));
  const service = serviceOf[message];
  const read = readPayload(service, writePayload(message, content, rules), rules);
  const isOdd = read.problems.length > 0 || message === 'keyMaterial';
  const isSayable = isBendSayable(bend) && isContentSayable(service, content, read.content);
  return { bytes, content: read.content, code, isOdd, lossy: !isSayable };
}

/** Where something is said, and the connections that its speaker leaves before. */
interface Place extends Wire {
  /** The stream that it is about. */
  readonly slot: Slot | null;
  readonly exchange: number | undefined;
  readonly last: boolean;
  readonly leaves: readonly Wire[];
  /** Where a new connection goes that nobody could know otherwise. */
  readonly route: string | null;
}

function placeOf(said: Saying): Place {
  const { message, content, bend, speaker, making } = said;
  const conversation = conversationAt(making.position);
  const event = eventOf(`${speaker}.${message}`, {
    content,
    ...(bend.end === undefined ? {} : { end: bend.end }),
    ...(bend.connection === undefined ? {} : { connection: bend.connection }),
  });
  const slot = whereabouts(conversation, event)?.slot ?? null;
  const wire =
    callRow(message) === null
      ? answeredWire(answered(conversation, event), speaker, bend)
      : openWire(conversation, event, said);
  return { ...wire, slot };
}

/** The connection of the call that is answered; the first one where none is. */
function answeredWire(pending: Pending | null, side: Side, bend: Etsi004Bend): Omit<Place, 'slot'> {
  const { connection, exchange } = pending ?? {};
  return {
    end: bend.end ?? (pending?.end === 'b' ? 'b' : 'a'),
    by: pending?.by ?? (side === 'kms' ? 'qkd-device' : 'kms'),
    connection: bend.connection ?? (typeof connection === 'number' ? connection : 0),
    exchange: typeof exchange === 'number' ? exchange : undefined,
    last: pending?.last === true,
    leaves: [],
    route: null,
  };
}

/** The connection that a call goes over: a new one, unless they are kept and one is free. */
function openWire(
  conversation: Conversation,
  event: Etsi004Event,
  { speaker: side, making, bend }: Saying,
): Omit<Place, 'slot'> {
  const slot = whereabouts(conversation, event)?.slot ?? null;
  const end = bend.end ?? whereabouts(conversation, event)?.end ?? 'a';
  const next = conversation.connections[end][side];
  const busy = (connection: number) =>
    conversation.pending.some(
      (one) => one.by === side && one.end === end && one.connection === connection,
    );
  const isIdle = next > 0 && !busy(next - 1);
  const isFree = isIdle && !conversation.spent[end][side];
  const rules = framingRules(making.settings);
  const kept = rules?.requests !== 'one' && keepsConnections(making.settings);
  const connection = bend.connection ?? (kept && isFree ? next - 1 : next);
  const before = { end, by: side, connection: next - 1 };
  return {
    end,
    by: side,
    connection,
    exchange: connection === next ? 0 : undefined,
    last: rules === null ? !kept : rules.requests === 'one',
    leaves: isIdle && connection === next && !(kept && isFree) ? [before] : [],
    route:
      side === 'kms' || connection < next
        ? null
        : routeOf(conversation, { slot, end }, making.settings),
  };
}

/** Valid contents of a message in the dialect that is spoken, the canonical one first. */
export function contentsFor(message: MessageName, making: Making): readonly unknown[] {
  return isInFrames(making) ? pulledContents(message, making) : contents(message, making);
}

function isInFrames({ settings }: Making): boolean {
  return framingRules(settings) !== null;
}

/** A message by its name. */
export function messageName(name: string): MessageName {
  if (!isName(name)) throw new TypeError(`'${name}' is no message of ETSI 004`);
  return name;
}

function isName(name: string): name is MessageName {
  return Object.hasOwn(messages, name);
}
