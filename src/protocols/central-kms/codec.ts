import { member, messages, type MessageName } from '#models/central-kms/index.ts';
import type { Random } from '#src/base/random.ts';
import { writeRequest, writeResponse, type HttpBend } from '#src/wire/http/message-writer.ts';
import { writeClose } from '#src/wire/websocket/close-payload.ts';
import { writeFrame, type FrameBend } from '#src/wire/websocket/frame-writer.ts';
import type { OpcodeName } from '#src/wire/websocket/frame.ts';
import { contentText } from '#src/wire/json-text.ts';

/** How a frame can be bent: the upgrade's HTTP, or the WebSocket frame around the content. */
export interface CentralKmsBend extends FrameBend {
  readonly http?: HttpBend;
  /** The method of the upgrade, where it is not GET. */
  readonly method?: string;
  /** The content as bytes, instead of the JSON. */
  readonly raw?: Uint8Array;
  readonly kind?: OpcodeName;
  /** Sizes of the fragments, at least 1, in turn, until the content is over. */
  readonly fragments?: readonly number[];
  /** Bytes between the fragments: frames of their own. */
  readonly between?: Uint8Array;
}

/** The bytes of a message as its carrier has it. Frames of the sidecar are masked by chance. */
export function socketBytes(
  said: { readonly message: MessageName; readonly content: unknown },
  speaker: string,
  { bend, random }: { readonly bend: CentralKmsBend; readonly random: Random },
): Uint8Array {
  const { carrier } = messages[said.message];
  if (carrier === 'http') return httpBytes(said, bend);
  const kind = kindOf(said.message);
  const payload = bend.raw ?? payloadOf(said);
  const mask = () => (speaker === 'sidecar' ? random.bytes(4) : null);
  if (bend.fragments === undefined) {
    return writeFrame({ kind: bend.kind ?? kind, payload, mask: mask() }, bend);
  }
  const sizes = bend.fragments;
  return inFragments(payload, { bend, kind: bend.kind ?? kind, sizes, mask });
}

function httpBytes(
  { message, content }: { readonly message: MessageName; readonly content: unknown },
  { http = {}, method = 'GET' }: CentralKmsBend,
): Uint8Array {
  const text = (name: string) => String(member(content, name) ?? '');
  const list = (name: string) => {
    const value = member(content, name);
    return Array.isArray(value) ? value.map(String).join(', ') : null;
  };
  const some = (name: string, value: string | null) => (value === null ? [] : [{ name, value }]);
  const upgrade = [
    { name: 'Upgrade', value: 'websocket' },
    { name: 'Connection', value: 'Upgrade' },
  ];
  if (message === 'upgrade') {
    const headers = [
      ...upgrade,
      { name: 'Sec-WebSocket-Key', value: text('key') },
      { name: 'Sec-WebSocket-Version', value: text('version') },
      ...some('Sec-WebSocket-Protocol', list('protocols')),
      ...some('Sec-WebSocket-Extensions', list('extensions')),
    ];
    return writeRequest({ method, target: text('path'), host: text('host'), headers }, http);
  }
  if (message === 'upgradeRefused') {
    const headers = some('Sec-WebSocket-Version', list('versions'));
    const code = Number(member(content, 'status') ?? 400);
    const connection = { name: 'Connection', value: 'close' };
    return writeResponse({ code, headers: [...headers, connection] }, http);
  }
  const protocol = member(content, 'protocol');
  const headers = [
    ...upgrade,
    { name: 'Sec-WebSocket-Accept', value: text('accept') },
    ...some('Sec-WebSocket-Protocol', typeof protocol === 'string' ? protocol : null),
    ...some('Sec-WebSocket-Extensions', list('extensions')),
  ];
  return writeResponse({ code: 101, reason: 'Switching Protocols', headers }, http);
}

function kindOf(message: MessageName): OpcodeName {
  if (message === 'ping' || message === 'pong') return message;
  return message === 'closeFrame' ? 'close' : 'text';
}

/** The JSON of a text message; what a control frame says. */
function payloadOf({
  message,
  content,
}: {
  readonly message: MessageName;
  readonly content: unknown;
}): Uint8Array {
  if (messages[message].carrier === 'text')
    return content === undefined ? new Uint8Array(0) : contentText(content);
  if (message !== 'closeFrame') return Buffer.from(String(member(content, 'payload') ?? ''), 'hex');
  const code = member(content, 'code');
  return writeClose(
    typeof code === 'number' ? code : null,
    String(member(content, 'reason') ?? ''),
  );
}

interface Fragmenting {
  readonly bend: CentralKmsBend;
  readonly kind: OpcodeName;
  readonly sizes: readonly number[];
  readonly mask: () => Uint8Array | null;
}

function inFragments(payload: Uint8Array, how: Fragmenting): Uint8Array {
  const { bend, sizes, mask } = how;
  const { between } = bend;
  const frames: Uint8Array[] = [];
  for (let at = 0, turn = 0; at < payload.length || turn === 0; turn += 1) {
    const size = Math.max(1, sizes[turn % sizes.length] ?? payload.length);
    const piece = payload.subarray(at, at + size);
    const isLast = at + piece.length >= payload.length;
    const kind = turn === 0 ? how.kind : 'continuation';
    if (turn > 0 && between !== undefined) frames.push(between);
    frames.push(writeFrame({ kind, payload: piece, mask: mask() }, { ...bend, fin: isLast }));
    at += piece.length;
  }
  return Buffer.concat(frames);
}
