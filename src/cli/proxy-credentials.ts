import type { OldestTls } from '#src/contract/protocol.ts';
import type { TlsPaths } from '#src/contract/target.ts';
import type { RelayPlan } from '#src/proxy/relay.ts';
import { inClear } from '#src/proxy/relay.ts';
import { readCredentials } from '#src/transport/credentials.ts';
import { usage } from './usage.ts';

/**
 * With what a proxy proves who it is, and whom it believes. Toward the server it is a client, and
 * toward the client a server; but where the server calls its client, it is the other way round.
 * Without a certificate to show, it speaks TCP with the client.
 *
 * @param clientCa - the file of the authorities of clients, who then must show a certificate
 * @throws HarnessError `usage` for a file that cannot be read, or authorities without a certificate
 */
export function proxyCredentials(
  tls: TlsPaths | undefined,
  clientCa: string | undefined,
  oldest: OldestTls | undefined,
): RelayPlan['credentials'] {
  const server = tls === undefined ? null : readCredentials(tls, oldest);
  const own = server?.own ?? null;
  if (clientCa !== undefined && own === null)
    throw usage('--tls-client-ca takes --tls-cert and --tls-key');
  if (server === null) return inClear;
  if (own === null) {
    const { called, calling } = inClear;
    return { called, calling: { ...calling, server } };
  }
  const ca = clientCa === undefined ? null : readCredentials({ ca: clientCa }).ca;
  const open = { ...server, own, ca: null, insecure: false };
  return {
    /** Whoever must be believed as a client is so where he waits, too. */
    called: { client: { ...open, ca }, server: { ...open, ca: ca && (server.ca ?? ca) } },
    calling: { client: { ...server, serverName: null, ca: ca ?? server.ca }, server },
  };
}
