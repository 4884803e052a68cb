import { systemClock } from '#src/base/clock.ts';
import { openGate, type Gate } from '#src/transport/gate.ts';
import type { Link } from '#src/transport/link.ts';
import type { Address } from '#src/transport/tcp.ts';
import { BundleRelay } from './bundle-relay.ts';
import type { Bench } from './court-thread.ts';
import type { Told } from './court.ts';
import type { End } from './passage.ts';
import { Relay, type RelayPlan } from './relay.ts';
import type { Session } from './session.ts';

/** How often the judges are told the time, ms. */
const tickMs = 250;

/** A proxy that waits for clients, until it is ended. */
export interface Proxy {
  /** Where clients come, ports filled in; and where the server calls back. */
  readonly places: readonly Address[];
  readonly backPlaces: readonly Address[];
  /** Resolves when enough sessions are over, or the plan's signal is aborted. */
  readonly done: Promise<void>;
  /** Ends all connections; resolves when all that passed is judged. */
  end(): Promise<void>;
  /** Hears what the judges tell. */
  hear(told: Told): void;
}

/** What is told of a proxy besides verdicts. */
export interface ProxyWays {
  readonly bench: Bench;
  readonly refused: (why: string) => void;
}

/**
 * Stands between two peers: passes on what each says, and tells the judges.
 * @throws HarnessError `usage` where a place to listen at is taken.
 */
export async function openProxy(plan: RelayPlan, { bench, refused }: ProxyWays): Promise<Proxy> {
  const done = Promise.withResolvers<void>();
  const enough = () => done.resolve();
  const { signal } = plan;
  const { called } = plan.credentials;
  signal.addEventListener('abort', enough, { once: true });
  if (signal.aborted) enough();
  await using held = new AsyncDisposableStack();
  const door = plan.protocol.bundle === undefined ? single : bundled;
  const relay = door(plan, { bench, refused, enough });
  const told = { refused: (why: string) => refused(`a client was refused: ${why}`) };
  const gate = held.use(await openGate(plan.listen, { credentials: called.client, ...told }));
  const back = held.use(await openGate(plan.back.listen, { credentials: called.server, ...told }));
  enter(gate, 'client', relay.welcome);
  enter(back, 'server', relay.welcome);
  let callOff = () => {};
  const tick = () => {
    relay.tick();
    const sessions = [...relay.active()].map((one) => ({ session: one.number, nowMs: one.nowMs }));
    if (sessions.length > 0) bench.hear({ kind: 'time', sessions });
    callOff = systemClock.after(tickMs, tick);
  };
  tick();
  const gates = held.move();
  return {
    places: gate.places,
    backPlaces: back.places,
    done: done.promise,
    hear(one) {
      if (one.kind === 'atRest') relay.atRest(one.passages);
    },
    async end() {
      signal.removeEventListener('abort', enough);
      callOff();
      await relay.end();
      await gates.disposeAsync();
      if (relay.begun > 0) await bench.settled();
    },
  };
}

/** What both kinds of relays have in common. */
interface Door {
  welcome(by: End, end: 0 | 1, link: Link): Promise<void>;
  active(): ReadonlySet<Session>;
  /** Sessions so far. */
  readonly begun: number;
  atRest(passages: number): void;
  tick(): void;
  end(): Promise<void>;
}

type Opening = (plan: RelayPlan, ways: ConstructorParameters<typeof Relay>[1]) => Door;

const single: Opening = (plan, ways) => {
  const relay = new Relay(plan, ways);
  return {
    welcome: (_by, _end, link) => relay.welcome(link),
    active: () => relay.active,
    get begun() {
      return relay.begun;
    },
    atRest: () => {},
    tick: () => {},
    end: () => relay.end(),
  };
};

const bundled: Opening = (plan, ways) => {
  const relay = new BundleRelay(plan, ways);
  return {
    welcome: (by, end, link) => relay.welcome(by, end, link),
    active: () => relay.active,
    get begun() {
      return relay.begun;
    },
    atRest: (passages) => relay.atRest(passages),
    tick: () => relay.tick(),
    end: () => relay.end(),
  };
};

function enter(gate: Gate, by: End, welcome: Door['welcome']): void {
  gate.enter((end, link) => void welcome(by, end, link));
}
