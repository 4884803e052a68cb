import { latin1Bytes } from '#src/base/bytes.ts';
import { HarnessError } from '#src/base/errors.ts';
import { isJsonObject, pythonJson, type Json } from '#src/base/json.ts';
import type { Rewriting } from '#src/contract/rewriting.ts';
import { authenticatorOf } from './authenticator/choose.ts';
import { contentText, digestOf, joinFrame } from './codec/writer.ts';
import type { ReadFrame } from './frame.ts';
import { lengthOrder } from './settings.ts';

/** Frames as the members of their header, without the length, and `content` beside them. */
export const rewriting: Rewriting<ReadFrame> = {
  open({ header, content }) {
    if (!header.ok || !isJsonObject(header.value)) return null;
    const { content_length: _, ...members } = header.value;
    if (content === null) return members;
    return content.ok ? { ...members, content: content.value } : null;
  },
  close(_frame, members, { speaker, settings, random }) {
    if (!isJsonObject(members)) throw new HarnessError('usage', 'a frame has members');
    const { content: said, ...rest } = members;
    const content = latin1Bytes(contentText(said));
    const header = latin1Bytes(headerText(rest, content.length));
    const { sign } = authenticatorOf(settings, speaker);
    const digest = sign(digestOf(header, content), random);
    return joinFrame({ header, digest, content }, lengthOrder(settings));
  },
};

/** The length stands behind the code, as the software has it. */
function headerText(members: { readonly [name: string]: Json }, contentLength: number): string {
  const entries = Object.entries(members);
  const at = entries.findIndex(([name]) => name === 'code') + 1;
  const length: readonly [string, Json] = ['content_length', contentLength];
  return pythonJson(Object.fromEntries([...entries.slice(0, at), length, ...entries.slice(at)]));
}
