import { HarnessError } from '#src/base/errors.ts';
import type { ServedSession } from '#src/contract/admin.ts';
import type { Roll } from '#src/play/roll.ts';
import {
  ask,
  deskOf,
  isComplete,
  isRegistered,
  type Asked,
} from '#src/protocols/central-kms/index.ts';

interface Limits {
  /** Longest wait for a registered sidecar, and for its answers. */
  readonly limitMs: number;
  /** Hears that a sidecar owed an answer for all that time. */
  readonly silence: () => void;
}

/** How often is looked whether a sidecar is registered, ms. */
const lookMs = 5;

/** Where calls of the KMS are asked for, and their answers awaited. */
export class Desk {
  readonly #roll: Roll;
  readonly #limits: Limits;

  constructor(roll: Roll, limits: Limits) {
    this.#roll = roll;
    this.#limits = limits;
  }

  /**
   * Has the KMS make a call to the newest registered sidecar, and awaits all that is answered; the
   * session's desk comes with it.
   * @throws HarnessError `unreachable` where no sidecar registers or answers in time.
   */
  async ask(call: Pick<Asked, 'message' | 'content'>) {
    const session = await this.#registered();
    const kept = deskOf(session);
    const asked = ask(kept, call);
    const complete = new Promise<true>((resolve) => {
      asked.onAnswer = () => {
        if (isComplete(asked)) resolve(true);
      };
    });
    session.wake();
    const { limitMs, silence } = this.#limits;
    if ((await within(complete, limitMs)) === 'late') {
      silence();
      throw late(`the answer to ${call.message}`, limitMs);
    }
    return { asked, session, kept };
  }

  async #registered(): Promise<ServedSession> {
    const { limitMs } = this.#limits;
    const limit = AbortSignal.timeout(limitMs);
    for (;;) {
      const found = this.#roll.sessions.findLast(isRegistered);
      if (found !== undefined) return found;
      if (limit.aborted) throw late('a sidecar that registers', limitMs);
      await new Promise((resolve) => setTimeout(resolve, lookMs));
    }
  }
}

function late(what: string, limitMs: number): HarnessError {
  return new HarnessError('unreachable', `waited ${limitMs} ms for ${what}`);
}

function within<Value>(wanted: Promise<Value>, limitMs: number): Promise<Value | 'late'> {
  const late = AbortSignal.timeout(limitMs);
  return Promise.race([
    wanted,
    new Promise<'late'>((resolve) => {
      late.addEventListener('abort', () => resolve('late'), { once: true });
    }),
  ]);
}
