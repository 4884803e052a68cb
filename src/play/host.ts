import { chartOf } from '#src/chart/chart-of.ts';
import type { BundleLayout } from '#src/contract/bundle.ts';
import type { Credentials } from '#src/transport/credentials.ts';
import { listen } from '#src/transport/dial.ts';
import { openGate } from '#src/transport/gate.ts';
import type { Link, Listener } from '#src/transport/link.ts';
import type { Address } from '#src/transport/tcp.ts';
import { placesToWait, welcomeAll } from './connect.ts';
import { perform, standing, type Role, type Standing } from './perform.ts';
import { receive } from './reception.ts';
import type { Roll } from './roll.ts';

/** Connections that one reference side serves at a time; further ones are refused. */
const maxConnections = 256;
/** Longest wait for a connection of its own to open, ms. */
const connectMs = 10_000;

/** A role without its chart: the record decides which machine is walked. */
export interface Casting extends Omit<Role, 'chart'> {
  /** For TLS; TCP without them. */
  readonly credentials?: Credentials | null;
  /** Keeps the sessions for whoever runs the server: where each connection is one. */
  readonly roll?: Roll;
}

/** The chart of a role: its own machine's, or the model's. */
export function cast(casting: Casting): Role {
  const machine = casting.record.machine ?? casting.protocol.model.session;
  return { ...casting, chart: chartOf(machine) };
}

/** Where a hosted side waits, and where else, if it has several ends. */
export interface Hosted extends Listener {
  readonly further: readonly Address[];
}

/** Who hears of what goes wrong. */
export interface Complaints {
  /** A fault of ours; the server goes on. */
  readonly fault: (fault: unknown) => void;
  /** A connection that was refused before anything was said on it. */
  readonly refused?: (why: string) => void;
}

/**
 * A reference side that waits for connections. Each connection is a session of its own, forgotten
 * when it ends, unless the side keeps sessions; where sessions run over many connections, what is
 * said tells them apart.
 */
export async function host(
  casting: Casting,
  address: Address,
  complaints: Complaints | Complaints['fault'],
): Promise<Hosted> {
  const heard = typeof complaints === 'function' ? { fault: complaints } : complaints;
  const role = cast(casting);
  const layout = role.protocol.bundle?.(role.settings) ?? null;
  const { credentials = null } = casting;
  if (layout !== null) return hostBundle(role, { layout, address, credentials }, heard);
  let kept: Standing | null = null;
  let open = 0;
  const welcome = (link: Link) => {
    if (open >= maxConnections) return link.reset();
    open += 1;
    const at = kept ?? standing(role);
    if (role.record.keepsSession === true) kept = at;
    serve(role, casting.roll?.enter(at, link) ?? link, at)
      .catch(heard.fault)
      .finally(() => {
        open -= 1;
      });
  };
  const listener = await listen(address, credentials, { ...heard, welcome });
  return Object.assign(listener, { further: [] });
}

interface Place {
  readonly layout: BundleLayout;
  readonly address: Address;
  readonly credentials: Credentials | null;
}

async function hostBundle(
  role: Role,
  { layout, address, credentials }: Place,
  complaints: Complaints,
): Promise<Hosted> {
  await using held = new AsyncDisposableStack();
  const places = placesToWait(layout, address);
  const gate = held.use(await openGate(places, { ...complaints, credentials }));
  const [first = address, ...further] = gate.places;
  const link = held.use(await welcomeAll(layout, { at: gate, limitMs: connectMs, credentials }));
  void receive(role, link, complaints.fault);
  const ours = held.move();
  return { ...first, further, [Symbol.asyncDispose]: () => ours.disposeAsync() };
}

async function serve(role: Role, link: Link, at: Standing): Promise<void> {
  await using _ = link;
  await perform(role, link, at);
}
