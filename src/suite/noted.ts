import type { Perceived } from '#src/contract/frame.ts';
import type { Position } from '#src/contract/position.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import { destroyedBy, isMalformed } from './restraint.ts';

/** A message that would be sent. */
export interface PlannedMessage {
  /** Its name; `null` for what is no message of the protocol. */
  readonly message: string | null;
  readonly isMalformed: boolean;
  /** What it does that a target does not forget: names of destructive messages. */
  readonly destroys: readonly string[];
}

/** A frame of ours, as a plan has it. */
export function noted(protocol: Protocol, frame: Perceived, at: Position): PlannedMessage {
  const { message } = frame;
  const destroys = destroyedBy(protocol, frame, at);
  return { message, isMalformed: isMalformed(frame), destroys };
}
