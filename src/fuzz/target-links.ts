import { systemClock } from '#src/base/clock.ts';
import { HarnessError } from '#src/base/errors.ts';
import type { Reach } from '#src/suite/reach.ts';
import type { Link } from '#src/transport/link.ts';
import type { ClientWait } from './client-wait.ts';
import { paced } from '#src/transport/paced.ts';

/** How links to a target are opened, waited for, and left. */
export interface LinkPlan {
  /** For targets that connect to us; `null` for those that are connected to. */
  readonly wait: ClientWait | null;
  readonly signal: AbortSignal;
  readonly maxMessagesPerSecond: number | null;
}

/** Links that await clients long enough, keep to the pace, and break off on Ctrl-C. */
export function patient(reach: Reach, plan: LinkPlan): Reach {
  const { wait, signal } = plan;
  const pace = paced(plan.maxMessagesPerSecond, systemClock, signal);
  const come = (limitMs: number) => unlessAborted(reach.link(limitMs), signal);
  const link = async (limitMs: number): Promise<Link> => {
    const here =
      wait === null ? leavingLast(await reach.link(limitMs)) : await wait.wait(come, limitMs);
    return pace(breakingOff(here, signal));
  };
  return { ...reach, link };
}

/** What comes, or a refusal once the signal is aborted. Leaves nothing behind at the signal. */
function unlessAborted<Value>(coming: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const interrupt = () => reject(new HarnessError('unreachable', 'interrupted'));
    signal.addEventListener('abort', interrupt, { once: true });
    void coming.then(resolve, reject).finally(() => signal.removeEventListener('abort', interrupt));
  });
}

/**
 * A link that says no farewell to a server that has gone already: one that died first keeps its
 * port for a minute, unless it is broken off.
 */
function leavingLast(link: Link): Link {
  let gone = false;
  return {
    ...link,
    async read(limitMs) {
      const arrival = await link.read(limitMs);
      if (arrival.kind === 'closed') gone = true;
      return arrival;
    },
    end() {
      if (!gone) link.end();
    },
  };
}

/** Whoever waits for this link waits no longer once the signal is aborted. */
function breakingOff(link: Link, signal: AbortSignal): Link {
  const leave = () => link.reset();
  signal.addEventListener('abort', leave, { once: true });
  return {
    ...link,
    async [Symbol.asyncDispose]() {
      signal.removeEventListener('abort', leave);
      await link[Symbol.asyncDispose]();
    },
  };
}
