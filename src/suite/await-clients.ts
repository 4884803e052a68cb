import { systemClock } from '#src/base/clock.ts';
import { HarnessError } from '#src/base/errors.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import { exitWithin, type Exit } from '#src/transport/command.ts';
import { exitText } from '#src/transport/exit-text.ts';
import type { Link } from '#src/transport/link.ts';
import { listenTcp, type Address } from '#src/transport/tcp.ts';
import type { Reach } from './reach.ts';

/** A connection of a client that has ended already may still be under way, ms. */
const underWayMs = 100;

/** A client that was brought to life for one connection. */
export interface Client {
  /** How it ended; `null` where it is no process of ours. */
  readonly exited: Promise<Exit> | null;
  /** True where it was stopped before it ended. */
  readonly stopped?: boolean;
  stop(): Promise<void>;
}

/** Listens; each link is the next client that comes, after it was started. */
export async function awaitClients(
  protocol: Protocol,
  address: Address,
  start: (address: Address) => Client,
): Promise<Reach> {
  const waiting: ((link: Link) => void)[] = [];
  const come: Link[] = [];
  let client: Client | null = null;
  const listener = await listenTcp(address, (link) => {
    const next = waiting.shift();
    if (next === undefined) come.push(link);
    else next(link);
  });
  const dismiss = async () => {
    await client?.stop();
    client = null;
    for (const link of come.splice(0)) link.reset();
  };
  return {
    url: `${protocol.scheme}://${listener.host}:${listener.port} (listening)`,
    async link(limitMs) {
      const early = come.shift();
      if (early !== undefined) return early;
      await dismiss();
      const started = start(listener);
      client = started;
      const over = new AbortController();
      const next = new Promise<Link>((resolve) => waiting.push(resolve));
      const late = systemClock.sleep(limitMs, over.signal).then(() => ` within ${limitMs} ms`);
      const { exited } = started;
      const ends = exited === null ? [next, late] : [next, late, failed(exited)];
      const link = await Promise.race(ends);
      over.abort();
      if (typeof link !== 'string') return link;
      waiting.splice(0);
      throw new HarnessError('unreachable', `no client came${link}`);
    },
    exit: (limitMs) => exitWithin(client, limitMs),
    async [Symbol.asyncDispose]() {
      await dismiss();
      await listener[Symbol.asyncDispose]();
    },
  };
}

/** That a client failed; one that ended well may have left behind whoever connects. */
async function failed(exited: Promise<Exit>): Promise<string> {
  const exit = await exited;
  if (exit.code === 0) return new Promise(() => {});
  await systemClock.sleep(underWayMs);
  return `: it ended with ${exitText(exit)}`;
}
