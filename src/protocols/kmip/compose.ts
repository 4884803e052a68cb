import { isFields, numberAt, textAt, type Fields, type MessageName } from '#models/kmip/index.ts';
import type { Reader, Utterance } from '#src/contract/frame.ts';
import type { Composed, Making } from '#src/contract/protocol.ts';
import type { Settings } from '#src/contract/settings.ts';
import { writeRequest, writeResponse, type HttpBend } from '#src/wire/http/message-writer.ts';
import { messageOf } from './content.ts';
import { contents } from './contents.ts';
import { barePath, operationIn } from './bare.ts';
import { conversationAt, messageNamed, sideOf } from './context.ts';
import { contentTypes, writeEncoded } from './codec.ts';
import type { Encoding, KmipFrame } from './frames.ts';
import { HttpFrameReader } from './http-frames.ts';
import { perceive } from './perceive.ts';
import { registryFor } from './registry-for.ts';
import { tags } from './registry/tags.ts';
import { versionIn } from './settings.ts';
import { TtlvFrameReader } from './ttlv-frames.ts';
import type { Item, Structure, Tag } from './tree.ts';
import { wireOf } from './wires.ts';

/** How the frame of a message can be bent. */
export interface KmipBend {
  /** Bends the tree before it is written. */
  readonly tree?: (message: Structure) => Item;
  /** The message as bytes, instead of the tree. */
  readonly raw?: Uint8Array;
  /** Bends the message as it is written, before HTTP is put around it. */
  readonly written?: (bytes: Uint8Array, encoding: Encoding) => Uint8Array;
  readonly http?: HttpBend;
  readonly method?: string;
  readonly target?: string;
  readonly contentType?: string;
}

/** Makes the bytes of an utterance, with the event that an honest receiver makes of it. */
export function compose(utterance: Utterance<KmipBend>, speaker: string, making: Making): Composed {
  const message = messageNamed(utterance.message);
  const content = 'content' in utterance ? utterance.content : contents(message, making)[0];
  const bend = utterance.frame ?? {};
  const honest = wireBytes(isFields(content) ? content : {}, { message, speaker, making, bend });
  const bytes = utterance.bytes?.(honest) ?? honest;
  const isBent = utterance.frame !== undefined || utterance.bytes !== undefined;
  if (isBent) return { bytes, payload: { content }, bent: true };
  const { position, settings } = making;
  const [frame] = readerOf(settings).push(bytes);
  if (frame === undefined) return { bytes, payload: { content }, bent: true };
  const perceived = perceive(frame, speaker, position, settings);
  const bent = perceived.message !== message || perceived.flaws.length > 0;
  /** Set Attribute came with 2.0. */
  const lossy = message === 'setAttribute' && versionIn(settings).startsWith('1.');
  return { bytes, payload: perceived.payload, bent, lossy };
}

/** Cuts a connection as the dialect lies on it. */
export function readerOf(settings: Settings): Reader<KmipFrame> {
  const wire = wireOf(settings);
  return wire.over === 'stream' ? new TtlvFrameReader() : new HttpFrameReader(wire.json);
}

interface Written {
  readonly message: MessageName;
  readonly speaker: string;
  readonly making: Making;
  readonly bend: KmipBend;
}

function wireBytes(content: Fields, { message, speaker, making, bend }: Written): Uint8Array {
  const { over, json, ...wire } = wireOf(making.settings);
  const version = registryFor(content);
  const meant = messageOf(tagOf(speaker), content, version);
  const bent = bend.tree?.(meant) ?? meant;
  const alone = isAlone(speaker, making) ? operationIn(bent) : null;
  const item = alone ?? bent;
  const encoding = alone === null ? wire.encoding : 'json';
  const encoded =
    bend.raw ??
    writeEncoded(encoding === 'ttlv' ? writable(item) : item, encoding, { json, version });
  const body = bend.written?.(encoded, encoding) ?? encoded;
  if (over === 'stream') return body;
  const headers = [
    { name: 'Cache-Control', value: 'no-cache' },
    { name: 'Content-Type', value: bend.contentType ?? contentTypes[encoding] },
  ];
  if (sideOf(speaker) === 'client') {
    const { method = 'POST', target = alone === null ? '/kmip' : barePath } = bend;
    return writeRequest({ method, target, host: 'kmip', headers, body }, bend.http);
  }
  if (message === 'httpRefused') return refusal(content, bend);
  return writeResponse({ code: 200, headers, body }, bend.http);
}

/** Whether what is said goes without a message around it, if it can. */
function isAlone(speaker: string, { position, settings }: Making): boolean {
  if (sideOf(speaker) === 'client') return wireOf(settings).bare === true;
  const isAsked = conversationAt(position).pending[0]?.bare === true;
  return isAsked && settings.readings['bareResults'] !== 'message';
}

/** A status of HTTP, and for people why. */
function refusal(content: Fields, { http }: KmipBend): Uint8Array {
  const code = numberAt(content, 'status') ?? 400;
  const text = textAt(content, 'text');
  if (text === null) return writeResponse({ code }, http);
  const headers = [{ name: 'Content-Type', value: 'text/plain; charset=utf-8' }];
  return writeResponse({ code, headers, body: Buffer.from(text, 'utf8') }, http);
}

function tagOf(speaker: string): Tag {
  return sideOf(speaker) === 'client' ? tags.RequestMessage : tags.ResponseMessage;
}

/** Without the items whose tag nobody knows: binary TTLV has no names. */
function writable(item: Item): Item {
  if (item.type !== 'Structure' || !hasUnknown(item)) return item;
  return { ...item, value: item.value.filter(({ tag }) => tag !== 0).map(writable) };
}

function hasUnknown({ value }: Structure): boolean {
  return value.some((item) => item.tag === 0 || (item.type === 'Structure' && hasUnknown(item)));
}
