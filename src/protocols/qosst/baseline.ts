import { hash } from 'node:crypto';
import { isJsonObject, type Json } from '#src/base/json.ts';
import type { Baseline } from '#src/contract/baseline.ts';
import { none } from './authenticator/none.ts';
import { FrameReader } from './codec/reader.ts';
import { contentText, writeFrame, type WrittenFrame } from './codec/writer.ts';
import type { ReadFrame } from './frame.ts';
import { work } from './work.ts';

const lengthOrder = 'headerFirst';

/** Node's own JSON, both ways, and the hash that the frame's seal is made of. */
export const baseline: Baseline<ReadFrame> = {
  what: 'JSON.parse, JSON.stringify, SHA-256',
  goals: { step: 50, codec: 0.6, judging: 0.5, messagesPerSecond: 100_000, exchange: 0.35 },
  work,
  of(frame) {
    const { header, headerBytes, contentBytes } = frame;
    if (!header.ok || !isJsonObject(header.value)) throw new TypeError('an unreadable header');
    const content = frame.content?.ok === true ? frame.content.value : undefined;
    const meant = meantBy(header.value);
    const body = Buffer.concat([headerBytes, contentBytes]);
    const parts = [
      { bytes: Buffer.from(headerBytes), value: header.value },
      ...(content === undefined
        ? []
        : [{ bytes: Buffer.from(contentBytes), value: withoutBigint(content) }]),
    ];
    return {
      ours: () => coded({ ...meant, content: contentText(content) }),
      theirs() {
        for (const { value } of parts) Buffer.from(JSON.stringify(value));
        const digest = hash('sha256', body, 'buffer');
        for (const { bytes } of parts) JSON.parse(bytes.toString());
        return digest;
      },
    };
  },
};

function meantBy(header: { readonly [name: string]: Json }): Omit<WrittenFrame, 'content'> {
  const { code = null, challenge = null, next_challenge: nextChallenge = null } = header;
  return { code, challenge, nextChallenge };
}

function coded(frame: WrittenFrame): readonly ReadFrame[] {
  const bytes = writeFrame(frame, { lengthOrder, seal: none.sign });
  return new FrameReader({ lengthOrder, specials: false }).push(bytes);
}

/** JSON.stringify knows no bigint: the same digits as text. */
function withoutBigint(content: Json): Json {
  const text = JSON.stringify(content, (_, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
  return JSON.parse(text);
}
