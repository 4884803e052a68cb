import { systemClock } from '#src/base/clock.ts';
import { HarnessError } from '#src/base/errors.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Profile } from '#src/contract/target.ts';
import { exitWithin, type Exit } from '#src/transport/command.ts';
import { exitText } from '#src/transport/exit-text.ts';
import type { Link } from '#src/transport/link.ts';
import type { Credentials } from '#src/transport/credentials.ts';
import { listen } from '#src/transport/dial.ts';
import type { Address } from '#src/transport/tcp.ts';
import type { Reach } from './reach.ts';
import { urlOf } from './target-parts.ts';

/** A connection of a client that has ended already may still be under way, ms. */
const underWayMs = 100;

/** A client that was brought to life for one connection. */
export interface Client {
  /** How it ended; `null` where it is no process of ours. */
  readonly exited: Promise<Exit> | null;
  /** True where it was stopped before it ended. */
  readonly stopped?: boolean;
  /** True while anything that it started still runs; only of processes of ours. */
  readonly lives?: boolean;
  stop(): Promise<void>;
}

/** How clients come. */
export interface ClientPlan {
  /** Where we wait. */
  readonly address: Address;
  /** Brings one to life that connects to an address. */
  readonly start: (address: Address) => Client;
  /** For TLS; `null` for TCP. */
  readonly credentials: Credentials | null;
}

/** Listens; each link is the next client that comes, after it was started. */
export async function awaitClients(
  protocol: Protocol,
  profile: Profile,
  { address, start, credentials }: ClientPlan,
): Promise<Reach> {
  const waiting: ((link: Link) => void)[] = [];
  const come: Link[] = [];
  let client: Client | null = null;
  const welcome = (link: Link) => {
    const next = waiting.shift();
    if (next === undefined) come.push(link);
    else next(link);
  };
  const listener = await listen(address, credentials, { welcome });
  const dismiss = async () => {
    await client?.stop();
    client = null;
    for (const link of come.splice(0)) link.reset();
  };
  return {
    url: `${urlOf(protocol, profile, listener)} (listening)`,
    options: profile.options,
    async link(limitMs) {
      const early = come.shift();
      if (early !== undefined) return early;
      await dismiss();
      const started = start(listener);
      client = started;
      const next = new Promise<Link>((resolve) => waiting.push(resolve));
      try {
        return await comes(next, { client: started, limitMs });
      } finally {
        waiting.splice(0);
      }
    },
    exit: (limitMs) => exitWithin(client, limitMs),
    async [Symbol.asyncDispose]() {
      await dismiss();
      await listener[Symbol.asyncDispose]();
    },
  };
}

/**
 * What comes of a client that was started, or comes by itself.
 * @throws HarnessError `unreachable` where nothing does within the limit, or the client failed.
 */
export async function comes<Came>(
  next: Promise<Came>,
  { client, limitMs }: { readonly client: Client | null; readonly limitMs: number },
): Promise<Came> {
  const over = new AbortController();
  const exited = client?.exited ?? null;
  const why = (text: string) => ({ why: text });
  const late = systemClock.sleep(limitMs, over.signal).then(() => why(` within ${limitMs} ms`));
  const first = next.then((came) => ({ came }));
  const ends = exited === null ? [first, late] : [first, late, failed(exited).then(why)];
  const end = await Promise.race(ends);
  over.abort();
  if ('came' in end) return end.came;
  throw new HarnessError('unreachable', `no client came${end.why}`);
}

/** That a client failed; one that ended well may have left behind whoever connects. */
async function failed(exited: Promise<Exit>): Promise<string> {
  const exit = await exited;
  if (exit.code === 0) return new Promise(() => {});
  await systemClock.sleep(underWayMs);
  return `: it ended with ${exitText(exit)}`;
}
