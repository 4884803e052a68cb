import { HarnessError } from '#src/base/errors.ts';
import type { Position } from '#src/contract/position.ts';
import type { Perceived } from '#src/contract/frame.ts';
import { PlayEnded } from './stage.ts';

/** What something costs a target. */
export type Cost = Readonly<Record<'keys' | 'messages', number>>;

/**
 * Stands between whoever plays and the target, for all sessions of a run: what the target must not
 * be told does not leave, and what it costs is counted.
 */
export interface Warden {
  /** Messages that are never said, whatever they are about: no way leads over them. */
  readonly withheld: ReadonlySet<string>;
  /**
   * Looks at what is about to be sent, as its receiver will see it.
   * @throws PlayEnded `withheld` where it must not be. @throws HarnessError `spent` where it would
   * cost more than is left.
   */
  sends(frames: readonly Perceived[], at: Position): void;
  /** @throws HarnessError `spent` where nothing is left. */
  hears(frame: Perceived): void;
  /** @throws HarnessError `spent` where less than that is left. */
  demand(cost: Cost): void;
  /** What may still be used; infinite where there is no limit. */
  readonly left: Cost;
}

/** The contents of a message, without those that are never said: no way leads over them. */
export function unlessWithheld<Content>(
  warden: Warden | undefined,
  message: string,
  contents: () => readonly Content[],
): readonly Content[] {
  return warden?.withheld.has(message) === true ? [] : contents();
}

/** Whether something may be said besides a play, which goes on without it. */
export function allows(warden: Warden | undefined, frame: Perceived, at: Position): boolean {
  try {
    warden?.sends([frame], at);
    return true;
  } catch (fault) {
    if (fault instanceof PlayEnded) return false;
    if (fault instanceof HarnessError && fault.code === 'spent') return false;
    throw fault;
  }
}
