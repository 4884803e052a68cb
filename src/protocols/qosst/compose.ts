import { messages, type MessageName } from '#models/qosst/index.ts';
import { latin1Bytes } from '#src/base/bytes.ts';
import { pythonJson, type Json } from '#src/base/json.ts';
import type { Utterance } from '#src/contract/frame.ts';
import type { Composed, Making } from '#src/contract/protocol.ts';
import type { Seal } from './authenticator/authenticator.ts';
import { authenticatorOf } from './authenticator/choose.ts';
import { contentText, digestOf, joinFrame, writeFrame } from './codec/writer.ts';
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
  const content = 'content' in utterance ? utterance.content : contents(name, making)[0];
  const meant: Meant = {
    code: messages[name].code,
    challenge: honestChallenge(name, speaker, making),
    nextChallenge: making.random.word(challengeLength),
    content: contentText(asJson(content)),
  };
  const form = {
    lengthOrder: lengthOrder(making.settings),
    seal: authenticatorOf(making.settings, speaker).sign,
  };
  const { bytes, code, nextChallenge, isEmpty } =
    utterance.frame === undefined
      ? { ...meant, bytes: writeFrame(meant, form), isEmpty: meant.content === '' }
      : bentFrame(meant, utterance.frame, form);
  return {
    bytes: utterance.bytes?.(bytes) ?? bytes,
    payload: { code, content: isEmpty ? undefined : content, nextChallenge },
    bent: utterance.frame !== undefined || utterance.bytes !== undefined || !fits(name, content),
  };
}

/** A frame as its speaker should say it. */
interface Meant {
  readonly code: Json;
  readonly challenge: Json;
  readonly nextChallenge: Json;
  /** The content's JSON. */
  readonly content: string;
}

/** How frames are written and sealed. */
interface Form {
  readonly lengthOrder: LengthOrder;
  readonly seal: Seal;
}

/** The frame that a bend makes of what was meant, and what it says. */
function bentFrame(meant: Meant, bend: QosstBend, { lengthOrder, seal }: Form) {
  const content = bend.content ?? latin1Bytes(meant.content);
  const code = instead(bend.code, meant.code);
  const nextChallenge = instead(bend.nextChallenge, meant.nextChallenge);
  const header = bentHeader(bend, {
    code,
    content_length: declaredLength(bend, content.length),
    challenge: instead(bend.challenge, meant.challenge),
    next_challenge: nextChallenge,
  });
  const honest = seal(digestOf(header, content));
  const digest = bend.digest?.(honest) ?? honest;
  const { headerLength = header.length, digestLength = digest.length } = bend;
  const parts = { header, digest, content, headerLength, digestLength };
  const bytes = joinFrame(parts, bend.lengthOrder ?? lengthOrder);
  return { bytes, code, nextChallenge, isEmpty: content.length === 0 };
}

/** `null` is a value like any other. */
function instead(bent: Json | undefined, honest: Json): Json {
  return bent === undefined ? honest : bent;
}

function declaredLength({ contentLength }: QosstBend, honest: number): Json {
  if (typeof contentLength === 'function') return contentLength(honest);
  return instead(contentLength, honest);
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
