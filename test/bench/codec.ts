import { hash } from 'node:crypto';
import { do_not_optimize } from 'mitata';
import { isJsonObject, type Json } from '#src/base/json.ts';
import { sameBytes } from '#src/base/bytes.ts';
import type { Trace } from '#src/contract/trace.ts';
import { none } from '#src/protocols/qosst/authenticator/none.ts';
import { FrameReader } from '#src/protocols/qosst/codec/reader.ts';
import { contentText, digestOf, writeFrame } from '#src/protocols/qosst/codec/writer.ts';
import type { Contest } from './ratio.ts';
import { framesOf } from './session.ts';

const order = { lengthOrder: 'headerFirst' } as const;

/** Reading, writing and both, against what Node's own JSON and SHA-256 take for the same bytes. */
export function codecContests(trace: Trace): readonly Contest[] {
  const frames = framesOf(trace).map(sample);
  const count = frames.length;
  return [
    {
      what: 'frame reader with digest check',
      against: 'JSON.parse, SHA-256',
      reach: 0.6,
      count,
      ours: () => {
        for (const { bytes } of frames) do_not_optimize(decodeChecked(bytes));
      },
      theirs: () => {
        for (const { header, content, sealed } of frames) {
          do_not_optimize(parsed(header));
          if (content.length > 0) do_not_optimize(parsed(content));
          do_not_optimize(hash('sha256', sealed, 'buffer'));
        }
      },
    },
    {
      what: 'frame writer',
      against: 'JSON.stringify, SHA-256',
      reach: 0.6,
      count,
      ours: () => {
        for (const { meant } of frames) do_not_optimize(encode(meant));
      },
      theirs: () => {
        for (const { headerJson, contentJson, sealed } of frames) {
          do_not_optimize(written(headerJson));
          if (contentJson !== undefined) do_not_optimize(written(contentJson));
          do_not_optimize(hash('sha256', sealed, 'buffer'));
        }
      },
    },
    {
      what: 'encode and decode a frame',
      against: 'JSON.parse, JSON.stringify, SHA-256',
      reach: 0.6,
      count,
      ours: () => {
        for (const { meant } of frames) do_not_optimize(decode(encode(meant)));
      },
      theirs: () => {
        for (const { header, content, headerJson, contentJson, sealed } of frames) {
          do_not_optimize(written(headerJson));
          do_not_optimize(parsed(header));
          if (contentJson !== undefined) do_not_optimize(written(contentJson));
          if (content.length > 0) do_not_optimize(parsed(content));
          do_not_optimize(hash('sha256', sealed, 'buffer'));
        }
      },
    },
  ];
}

interface Meant {
  readonly code: Json;
  readonly challenge: Json;
  readonly nextChallenge: Json;
  readonly content: Json | undefined;
}

/** One frame in all the shapes that are measured. */
function sample(bytes: Uint8Array) {
  const frame = decode(bytes);
  if (!frame.header.ok || !isJsonObject(frame.header.value)) throw new Error('unreadable header');
  const headerJson = frame.header.value;
  const { code = null, challenge = null, next_challenge: nextChallenge = null } = headerJson;
  const content = frame.content?.ok === true ? frame.content.value : undefined;
  const meant: Meant = { code, challenge, nextChallenge, content };
  return {
    bytes,
    header: Buffer.from(frame.headerBytes),
    content: Buffer.from(frame.contentBytes),
    sealed: Buffer.concat([frame.headerBytes, frame.contentBytes]),
    headerJson,
    contentJson: content === undefined ? undefined : withoutBigint(content),
    meant,
  };
}

function decode(bytes: Uint8Array) {
  const [frame] = new FrameReader({ ...order, specials: false }).push(bytes);
  if (frame === undefined) throw new Error('no frame');
  return frame;
}

function decodeChecked(bytes: Uint8Array) {
  const frame = decode(bytes);
  if (!sameBytes(digestOf(frame.headerBytes, frame.contentBytes), frame.digest)) {
    throw new Error('the digest is not that of the frame');
  }
  return frame;
}

function encode({ content, ...header }: Meant): Uint8Array {
  return writeFrame(
    { ...header, content: contentText(content) },
    { ...order, seal: (digest) => none.sign(digest) },
  );
}

function parsed(bytes: Buffer): unknown {
  return JSON.parse(bytes.toString());
}

function written(value: Json): Buffer {
  return Buffer.from(JSON.stringify(value));
}

/** JSON.stringify knows no bigint: the same digits as text. */
function withoutBigint(content: Json): Json {
  const text = JSON.stringify(content, (_, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
  return JSON.parse(text);
}
