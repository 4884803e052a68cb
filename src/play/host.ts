import { chartOf } from '#src/chart/chart-of.ts';
import type { BundleLayout } from '#src/contract/bundle.ts';
import { listenTcp, type Address } from '#src/transport/tcp.ts';
import type { Link, Listener } from '#src/transport/link.ts';
import { welcomeAll } from './connect.ts';
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

/** Where a hosted side waits, and where else, if it has several ends. */
export interface Hosted extends Listener {
  readonly further: readonly Address[];
}

/** Longest time that a timer can wait, ms: a session of many connections outlives all of them. */
const forEverMs = 2 ** 31 - 1;

/**
 * A reference side that waits for connections. Each connection is a session of its own, forgotten
 * when it ends, unless the side keeps sessions; where a session has many connections there is one
 * session. A fault of ours ends that connection and is told
 * to `onFault`; the server goes on.
 */
export async function host(
  casting: Casting,
  address: Address,
  onFault: (fault: unknown) => void,
): Promise<Hosted> {
  const role = cast(casting);
  const layout = role.protocol.bundle?.(role.settings) ?? null;
  if (layout !== null) return hostSession(role, { layout, address }, onFault);
  let kept: Standing | null = null;
  let open = 0;
  const listener = await listenTcp(address, (link) => {
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
  return Object.assign(listener, { further: [] });
}

async function hostSession(
  role: Role,
  { layout, address }: { readonly layout: BundleLayout; readonly address: Address },
  onFault: (fault: unknown) => void,
): Promise<Hosted> {
  const link = await welcomeAll(layout, { address, limitMs: role.idleMs });
  const [first = address, ...further] = link.listening;
  const patient = { ...role, idleMs: forEverMs };
  void perform(patient, link, standing(patient)).catch(onFault);
  return { ...first, further, [Symbol.asyncDispose]: () => link[Symbol.asyncDispose]() };
}

async function serve(role: Role, link: Link, at: Standing): Promise<void> {
  await using _ = link;
  await perform(role, link, at);
}
