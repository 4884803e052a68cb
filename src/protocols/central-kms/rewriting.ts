import { HarnessError } from '#src/base/errors.ts';
import { isJsonObject } from '#src/base/json.ts';
import type { Rewriting } from '#src/contract/rewriting.ts';
import { contentText } from '#src/wire/json-text.ts';
import { writeFrame } from '#src/wire/websocket/frame-writer.ts';
import type { SocketFrame } from './frames.ts';

/** Text messages as their `content`; a batch is a list. Signatures within it stay as they are. */
export const rewriting: Rewriting<SocketFrame> = {
  items: 'content',
  open(frame) {
    if (frame.carrier !== 'webSocket' || frame.json === null || !frame.json.ok) return null;
    return { content: frame.json.value };
  },
  close(_frame, members, { speaker, random }) {
    if (!isJsonObject(members) || members['content'] === undefined) {
      throw new HarnessError('usage', 'a message has content');
    }
    const mask = speaker === 'sidecar' ? random.bytes(4) : null;
    return writeFrame({ kind: 'text', payload: contentText(members['content']), mask });
  },
};
