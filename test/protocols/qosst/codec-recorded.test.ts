import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { isJsonObject, pythonJson, type Json } from '#src/base/json.ts';
import { none } from '#src/protocols/qosst/authenticator/none.ts';
import { FrameReader } from '#src/protocols/qosst/codec/reader.ts';
import { contentText, digestOf, writeFrame } from '#src/protocols/qosst/codec/writer.ts';
import type { ReadFrame } from '#src/protocols/qosst/frame.ts';

interface Recorded {
  readonly name: string;
  readonly direction: string;
  readonly hex: string;
}

const file = new URL('../../../../shared/data/qosst/sessions.json', import.meta.url);
const isThere = existsSync(file);
const recorded: readonly Recorded[] = isThere ? JSON.parse(readFileSync(file, 'utf8')) : [];
const frames = recorded.filter(({ direction }) => direction !== 'none');

describe('the frames recorded from qosst-alice 0.10.0 and qosst-bob 0.10.2', () => {
  if (!isThere) it.skip('are read from ../shared/data/qosst/sessions.json, which is not there');

  it.runIf(isThere)('are 66', () => expect(frames).toHaveLength(66));

  it.each(frames.map((entry, index) => ({ ...entry, index })))(
    'decode, verify and encode to the same bytes: $index, $name, $direction',
    ({ name, hex }) => {
      const bytes = Buffer.from(hex, 'hex');
      const frame = readOne(bytes);
      const digest = digestOf(frame.headerBytes, frame.contentBytes);
      expect(frame.problems).toEqual([]);
      if (!name.startsWith('falcon')) expect(none.verify(digest, frame.digest)).toBe(true);
      expect(rewritten(frame)).toEqual(bytes);
    },
  );

  it.runIf(isThere)('hold one integral float, which alone is written in another way', () => {
    const texts = frames
      .map(({ hex }) => readOne(Buffer.from(hex, 'hex')))
      .filter(
        ({ content, contentBytes }) =>
          content?.ok === true && pythonJson(content.value) !== textOf(contentBytes),
      )
      .map(({ contentBytes }) => textOf(contentBytes));
    expect(texts).toEqual([expect.stringContaining('"key_rate": 0.0, ')]);
  });
});

function readOne(bytes: Uint8Array): ReadFrame {
  const [frame, ...others] = new FrameReader({ lengthOrder: 'headerFirst', specials: true }).push(
    bytes,
  );
  if (frame === undefined || others.length > 0) throw new Error('expected one frame');
  return frame;
}

/** The frame written again from its JSON; the content's bytes where its JSON lost a point. */
function rewritten(frame: ReadFrame): Uint8Array {
  const { code, challenge, next_challenge: nextChallenge } = members(frame);
  const written = frame.content?.ok === true ? contentText(frame.content.value) : '';
  const lain = textOf(frame.contentBytes);
  const content = lain.includes('.0,') ? lain : written;
  return writeFrame(
    {
      code: code ?? null,
      challenge: challenge ?? null,
      nextChallenge: nextChallenge ?? null,
      content,
    },
    { lengthOrder: 'headerFirst', seal: () => frame.digest },
  );
}

function members({ header }: ReadFrame): { readonly [name: string]: Json } {
  return header.ok && isJsonObject(header.value) ? header.value : {};
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString();
}
