import { chartOf } from '#src/chart/chart-of.ts';
import { listenTcp, type Address } from '#src/transport/tcp.ts';
import type { Link, Listener } from '#src/transport/link.ts';
import { perform, standing, type Role, type Standing } from './perform.ts';

/** Connections that one reference side serves at a time; further ones are refused. */
const maxConnections = 256;

/** A role without its chart: the record decides which machine is walked. */
export type Casting = Omit<Role, 'chart'>;

/** The chart of a role: its own machine's, or the model's. */
export function cast(casting: Casting): Role {
  const machine = casting.record.machine ?? casting.protocol.model.session;
  return { ...casting, chart: chartOf(machine) };
}

/**
 * A reference side that waits for connections. Each connection is a session of its own, forgotten
 * when it ends, unless the side keeps sessions. A fault of ours ends that connection and is told
 * to `onFault`; the server goes on.
 */
export async function host(
  casting: Casting,
  address: Address,
  onFault: (fault: unknown) => void,
): Promise<Listener> {
  const role = cast(casting);
  let kept: Standing | null = null;
  let open = 0;
  return listenTcp(address, (link) => {
    if (open >= maxConnections) return link.reset();
    open += 1;
    const at = kept ?? standing(role);
    if (role.record.keepsSession === true) kept = at;
    serve(role, link, at)
      .catch(onFault)
      .finally(() => {
        open -= 1;
      });
  });
}

async function serve(role: Role, link: Link, at: Standing): Promise<void> {
  await using _ = link;
  await perform(role, link, at);
}
