import { seededRandom } from '#src/base/random.ts';
import type { Chart } from '#src/chart/chart.ts';
import { moves, type Move } from '#src/chart/path.ts';
import type { ExhibitFrame } from '#src/contract/exhibit.ts';
import type { Position } from '#src/contract/position.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Settings } from '#src/contract/settings.ts';
import { exhibitFrame } from './exhibit-frame.ts';
import type { FrameCutter } from './frame-cutter.ts';

/** Where a session may stand, and who is to speak there. */
export interface Standing {
  readonly protocol: Protocol;
  readonly chart: Chart;
  readonly settings: Settings;
  readonly speaker: string;
  readonly positions: readonly Position[];
  /** What the speaker has said on the connection: how the next frame is read depends on it. */
  readonly heard: readonly Uint8Array[];
  readonly cutter: FrameCutter;
}

/** One message that is allowed, with an example. */
export interface AllowedMessage {
  readonly message: string;
  readonly frame: ExhibitFrame;
}

/** Each message that the model allows a side, once; the exceptional ones last. */
export function allowedFrames(standing: Standing): readonly AllowedMessage[] {
  const { messages } = standing.protocol.model;
  const found = new Map<string, AllowedMessage>();
  for (const position of standing.positions) {
    for (const move of movesFrom(standing, position)) {
      const isKnown = found.has(move.message);
      const frame = isKnown ? null : exampleOf(standing, { position, move });
      if (frame !== null) found.set(move.message, { message: move.message, frame });
    }
  }
  const all = [...found.values()];
  const isExceptional = ({ message }: AllowedMessage) => messages[message]?.exceptional === true;
  return [...all.filter((one) => !isExceptional(one)), ...all.filter(isExceptional)];
}

function movesFrom({ protocol, chart, settings, speaker }: Standing, position: Position) {
  const contents = (message: string, at: Position) =>
    protocol.contents(message, { position: at, settings, random: seededRandom(0) });
  const all = [...moves(chart, protocol.model, { position, contents })];
  return all.filter((move) => move.speaker === speaker);
}

/** `null` where the room cannot make the message there: what it needs was never said. */
function exampleOf(
  { protocol, settings, speaker, heard, cutter }: Standing,
  { position, move }: { readonly position: Position; readonly move: Move },
): ExhibitFrame | null {
  const { message, content } = move;
  try {
    const making = { position, settings, random: seededRandom(0) };
    const { bytes, lossy } = protocol.compose({ message, content }, speaker, making);
    const reading = cutter.fresh();
    for (const before of heard) reading.push(before);
    for (const frame of lossy === true ? [] : reading.push(bytes)) {
      const perceived = protocol.perceive(frame.frame, speaker, position, settings);
      if (perceived.message !== message) continue;
      return exhibitFrame(protocol, frame, { perceived, position, settings });
    }
    return null;
  } catch {
    return null;
  }
}
