import { systemClock } from '#src/base/clock.ts';
import { HarnessError } from '#src/base/errors.ts';
import { settingsFor } from '#src/contract/choose.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Profile } from '#src/contract/target.ts';
import { exitWithin, type Exit } from '#src/transport/command.ts';
import { exitText } from '#src/transport/exit-text.ts';
import type { Link } from '#src/transport/link.ts';
import type { Credentials } from '#src/transport/credentials.ts';
import { listen } from '#src/transport/dial.ts';
import { returning } from '#src/transport/returning.ts';
import type { Address } from '#src/transport/tcp.ts';
import type { Reach } from './reach.ts';
import { urlOf } from './target-parts.ts';

/** A connection of a client that has ended already may still be under way, ms. */
const underWayMs = 100;
/** How soon a client comes again whose session goes on over another connection, ms. */
const againMs = 400;

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
  /** The next connection, for as long as somebody waits for it. */
  const arrival = async <Came>(wait: (next: Promise<Link>) => Promise<Came>) => {
    const early = come.shift();
    if (early !== undefined) return early;
    const { promise, resolve } = Promise.withResolvers<Link>();
    waiting.push(resolve);
    try {
      return await wait(promise);
    } finally {
      if (waiting.includes(resolve)) waiting.splice(waiting.indexOf(resolve), 1);
    }
  };
  const again = () => arrival((next) => soon(next, client));
  const settings = settingsFor(protocol, { ...profile, pinned: profile.readings });
  const comesAgain = (protocol.leaving?.(settings) ?? null) !== null;
  return {
    url: `${urlOf(protocol, profile, listener)} (listening)`,
    options: profile.options,
    async link(limitMs) {
      if (come.length === 0) {
        await dismiss();
        client = start(listener);
      }
      const first = await arrival((next) => comes(next, { client, limitMs }));
      return comesAgain ? returning(first, again) : first;
    },
    exit: (limitMs) => exitWithin(client, limitMs),
    async [Symbol.asyncDispose]() {
      await dismiss();
      await listener[Symbol.asyncDispose]();
    },
  };
}

/** A connection that comes before its client has ended; `null`: none does. */
async function soon(next: Promise<Link>, client: Client | null): Promise<Link | null> {
  const over = new AbortController();
  const late = systemClock.sleep(againMs, over.signal).then(() => null);
  const ended = client?.exited?.then(() => systemClock.sleep(underWayMs, over.signal));
  const gone = ended === undefined ? [] : [ended.then(() => null)];
  const first = await Promise.race([next, late, ...gone]);
  over.abort();
  return first;
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
