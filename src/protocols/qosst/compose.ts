import { messages, type MessageName } from '#models/qosst/index.ts';
import { pythonJson, type Json } from '#src/base/json.ts';
import type { Utterance } from '#src/contract/frame.ts';
import type { Composed, Making } from '#src/contract/protocol.ts';
import { authenticatorOf } from './authenticator/choose.ts';
import { contentBytes, digestOf, joinFrame } from './codec/writer.ts';
import { contents } from './contents.ts';
import { conversationAt } from './context.ts';
import type { LengthOrder } from './frame.ts';
import { fits } from './schema.ts';
import { lengthOrder } from './settings.ts';

/** Length of a challenge in characters. @see QOSST control protocol API, CHALLENGE_LENGTH */
const challengeLength = 15;

/** How the structure of a frame can be bent; the seal is made over what results. */
export interface QosstBend {
  readonly code?: Json;
  readonly challenge?: Json;
  readonly nextChallenge?: Json;
  readonly contentLength?: Json | ((honest: number) => Json);
  /** Header members left out, by their wire name. */
  readonly omit?: readonly string[];
  /** Header members added behind the four. */
  readonly extra?: Readonly<Record<string, Json>>;
  /** The header as text, rewritten before it is sealed. */
  readonly header?: (text: string) => string | Uint8Array;
  /** The content as bytes, instead of the JSON. */
  readonly content?: Uint8Array;
  /** The seal, changed after it was made. */
  readonly digest?: (honest: Uint8Array) => Uint8Array;
  readonly lengthOrder?: LengthOrder;
  /** What the fixed header says, where it is not the truth. */
  readonly headerLength?: number;
  readonly digestLength?: number;
}

/** Makes the frame of an utterance, with the event that an honest receiver makes of it. */
export function compose(
  utterance: Utterance<QosstBend>,
  speaker: string,
  making: Making,
): Composed {
  const name = messageName(utterance.message);
  const bend = utterance.frame ?? {};
  const content = 'content' in utterance ? utterance.content : contents(name, making)[0];
  const body = bend.content ?? contentBytes(asJson(content));
  const fresh = making.random.word(challengeLength);
  const nextChallenge = bend.nextChallenge === undefined ? fresh : bend.nextChallenge;
  const code = bend.code === undefined ? messages[name].code : bend.code;
  const header = bentHeader(bend, {
    code,
    content_length: declaredLength(bend, body.length),
    challenge:
      bend.challenge === undefined ? honestChallenge(name, speaker, making) : bend.challenge,
    next_challenge: nextChallenge,
  });
  const bytes = sealed(header, body, { bend, speaker, making });
  return {
    bytes: utterance.bytes?.(bytes) ?? bytes,
    payload: { code, content: body.length === 0 ? undefined : content, nextChallenge },
    bent: utterance.frame !== undefined || utterance.bytes !== undefined || !fits(name, content),
  };
}

function sealed(
  header: Uint8Array,
  body: Uint8Array,
  { bend, speaker, making }: { bend: QosstBend; speaker: string; making: Making },
): Uint8Array {
  const authenticator = authenticatorOf(making.settings, speaker);
  const honest = authenticator.sign(digestOf(header, body));
  const digest = bend.digest?.(honest) ?? honest;
  const lengths = {
    ...(bend.headerLength === undefined ? {} : { headerLength: bend.headerLength }),
    ...(bend.digestLength === undefined ? {} : { digestLength: bend.digestLength }),
  };
  const order = bend.lengthOrder ?? lengthOrder(making.settings);
  return joinFrame({ header, digest, content: body, ...lengths }, order);
}

function declaredLength({ contentLength }: QosstBend, honest: number): Json {
  if (typeof contentLength === 'function') return contentLength(honest);
  return contentLength === undefined ? honest : contentLength;
}

/** The challenge that the other side issued last; none yet for a first message. */
function honestChallenge(name: MessageName, speaker: string, making: Making): Json {
  if (name === 'identificationRequest') return '';
  const { challengeFor } = conversationAt(making.position);
  const awaited: unknown = speaker === 'bob' ? challengeFor.bob : challengeFor.alice;
  return typeof awaited === 'string' ? awaited : '';
}

function bentHeader(bend: QosstBend, members: Readonly<Record<string, Json>>): Uint8Array {
  const kept = Object.entries({ ...members, ...bend.extra }).filter(
    ([member]) => bend.omit?.includes(member) !== true,
  );
  const text = pythonJson(Object.fromEntries(kept));
  const rewritten = bend.header?.(text) ?? text;
  return typeof rewritten === 'string' ? Buffer.from(rewritten, 'utf8') : rewritten;
}

function messageName(name: string): MessageName {
  if (!isMessage(name)) throw new TypeError(`'${name}' is no message of QOSST`);
  return name;
}

function isMessage(name: string): name is MessageName {
  return Object.hasOwn(messages, name);
}

/** A content as JSON; whoever composes it made it of JSON values. */
function asJson(content: unknown): Json | undefined {
  return isJson(content) ? content : undefined;
}

function isJson(value: unknown): value is Json {
  return value !== undefined && typeof value !== 'function' && typeof value !== 'symbol';
}
