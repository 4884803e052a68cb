import { seededRandom } from '#src/base/random.ts';
import type { ExhibitFrame, FrameTree } from '#src/contract/exhibit.ts';
import type { Perceived } from '#src/contract/frame.ts';
import type { Position } from '#src/contract/position.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Settings } from '#src/contract/settings.ts';
import { jsonText } from '#src/wire/json-text.ts';
import type { CutFrame } from './frame-cutter.ts';
import { secretRanges } from './secret-ranges.ts';

/** As what a frame was perceived, and from where. */
export interface Seen {
  readonly perceived: Perceived;
  readonly position: Position;
  readonly settings: Settings;
}

/** A frame laid out, as its hearer took it. */
export function exhibitFrame(
  protocol: Protocol,
  { frame, bytes }: CutFrame,
  seen: Seen,
): ExhibitFrame {
  const { message, payload, flaws } = seen.perceived;
  const { content } = payload;
  return {
    message,
    content: message === null ? undefined : content,
    isUsual: message !== null && flaws.length === 0 && isUsual(protocol, seen),
    flaws,
    bytes,
    secret: protocol.secrets === undefined ? [] : secretRanges(bytes, protocol.secrets(frame)),
    tree: treeOf(protocol, frame),
  };
}

/** Bytes that are no frame: in rooms with key material nobody knows what they hold. */
export function unfinishedFrame(protocol: Protocol, bytes: Uint8Array): ExhibitFrame {
  const value = `${bytes.length} bytes of a frame that does not end`;
  return {
    message: null,
    content: undefined,
    isUsual: false,
    flaws: [],
    bytes,
    secret: protocol.secrets === undefined ? [] : secretRanges(bytes, null),
    tree: { name: 'unfinished', value, children: [] },
  };
}

/** Where the room cannot make the message there, nothing is usual. */
function isUsual(protocol: Protocol, { perceived, position, settings }: Seen): boolean {
  try {
    const making = { position, settings, random: seededRandom(0) };
    const [usual] = protocol.contents(perceived.message ?? '', making);
    return jsonText(usual) === jsonText(perceived.payload['content']);
  } catch {
    return false;
  }
}

function treeOf(protocol: Protocol, frame: unknown): FrameTree {
  const tree = protocol.tree?.(frame);
  return tree ?? { name: 'frame', value: protocol.describe(frame), children: [] };
}
