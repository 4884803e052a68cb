import { messages } from '#models/qosst/index.ts';
import type { ReadFrame } from './frame.ts';
import { headerMember } from './perceive.ts';

const wireNames = new Map<unknown, string>(
  Object.values(messages).map((row) => [row.code, row.wireName]),
);

/** One line for people: what the frame says, and how much; never the symbols themselves. */
export function describe(frame: ReadFrame): string {
  if (!frame.header.ok) return `an unreadable frame of ${frame.bytes.length} bytes`;
  const code = headerMember(frame.header.value, 'code');
  const name = wireNames.get(code) ?? 'unknown code';
  const content = frame.contentBytes.length;
  return `${name} (${String(code)})${content > 0 ? `, ${content} bytes of content` : ''}`;
}
