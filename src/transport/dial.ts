import type { Credentials } from './credentials.ts';
import type { Link, Listener } from './link.ts';
import { connectTcp, listenTcp, type Address } from './tcp.ts';
import { connectTls, listenTls, tryTls, type TlsWelcome } from './tls.ts';

/** Over what connections are made, and how soon. */
export interface DialPlan {
  readonly limitMs: number;
  /** For TLS; `null` for TCP. */
  readonly credentials: Credentials | null;
}

/**
 * Connects over TLS where there are credentials, over TCP else.
 * @throws HarnessError `unreachable` when no connection comes about within `limitMs`.
 */
export function dial(address: Address, { limitMs, credentials }: DialPlan): Promise<Link> {
  return credentials === null
    ? connectTcp(address, limitMs)
    : connectTls(address, { credentials, limitMs });
}

/**
 * Connects and leaves, and waits for what a server over TLS makes of our certificate.
 * @throws HarnessError `unreachable` when it takes no connection of ours.
 */
export async function tryOut(address: Address, plan: DialPlan): Promise<void> {
  const { credentials, limitMs } = plan;
  if (credentials !== null) {
    await tryTls(address, { credentials, limitMs });
    return;
  }
  await using _ = await connectTcp(address, limitMs);
}

/**
 * Waits for clients, over TLS where there are credentials.
 * @throws HarnessError `usage` when the address is taken or is none of this machine's.
 */
export function listen(
  address: Address,
  credentials: Credentials | null,
  welcome: TlsWelcome,
): Promise<Listener> {
  return credentials === null
    ? listenTcp(address, welcome.welcome)
    : listenTls(address, credentials, welcome);
}
