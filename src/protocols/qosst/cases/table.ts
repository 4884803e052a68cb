import type { Requirement } from '#models/language/index.ts';
import type { Case, Heard } from '#src/contract/case.ts';
import type { QosstBend } from '../compose.ts';
import { recall } from '../context.ts';
import { qosstCase, type QosstCase, type QosstPlayer } from './case.ts';

/** Where Bob is identified and no frame is being worked on. */
export const identified = 'initialization.requesting';

/** One row of a table of cases: what it adds to what its table shares. */
export interface Row extends Partial<Omit<QosstCase, 'id' | 'against' | 'covers'>> {
  readonly title: string;
  readonly covers?: readonly Requirement[];
}

/** Cases against Alice that have a topic, and usually more, in common; by the name of each. */
export function aliceTable(
  topic: string,
  shared: Partial<Omit<QosstCase, 'id' | 'title' | 'against'>>,
  rows: Readonly<Record<string, Row>>,
): readonly Case<QosstBend>[] {
  return Object.entries(rows).map(([name, row]) => {
    const covers = [...(row.covers ?? []), ...(shared.covers ?? [])];
    return qosstCase({
      ...shared,
      ...row,
      id: `${topic}/${name}`,
      against: 'alice',
      covers: [...new Set(covers)],
      tags: [...(shared.tags ?? []), ...(row.tags ?? [])],
    });
  });
}

/** The challenge that Bob must return next. */
export function awaited(bob: QosstPlayer): string {
  return String(recall(bob.context).challengeFor.bob);
}

/** How long to listen for answers that nobody owes, ms. */
const uncertainMs = 500;

/** Writes bytes and hears one answer, whatever it is. */
export async function writeAndHear(bob: QosstPlayer, bytes: Uint8Array): Promise<Heard> {
  bob.write(bytes);
  return bob.hear();
}

/** Hears up to so many answers, which the peer may as well not give. */
export async function hearUpTo(bob: QosstPlayer, count: number): Promise<number> {
  for (let heard = 0; heard < count; heard += 1) {
    if ((await bob.hear(uncertainMs)).kind !== 'frame') return heard;
  }
  return count;
}

/** Writes bytes after which nobody knows where a frame begins, and starts a new session. */
export async function writeAndLeave(
  bob: QosstPlayer,
  bytes: Uint8Array,
  how: 'end' | 'reset' = 'end',
): Promise<void> {
  bob.write(bytes);
  await bob.pause(5);
  await bob.reconnect(how);
}

/** The parts of an honest frame, whichever length comes first. */
export function partsOf(frame: Uint8Array) {
  const bytes = Buffer.from(frame);
  const lengths = [bytes.readUInt16BE(0), bytes.readUInt16BE(2)] as const;
  const digestLength = bytes.subarray(4 + lengths[1]).toString('latin1', 0, 2) === '{"' ? 1 : 0;
  const digestEnd = 4 + lengths[digestLength];
  const headerEnd = 4 + lengths[0] + lengths[1];
  return {
    fixed: bytes.subarray(0, 4),
    digest: bytes.subarray(4, digestEnd),
    header: bytes.subarray(digestEnd, headerEnd),
    content: bytes.subarray(headerEnd),
  };
}
