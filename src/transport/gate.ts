import type { Credentials } from './credentials.ts';
import { listen } from './dial.ts';
import type { Link, Listener } from './link.ts';
import type { Address } from './tcp.ts';

/** What becomes of a connection that comes to one of the places. */
export type Welcome = (end: 0 | 1, link: Link) => void;

/** Places where connections come, of one session after another. */
export interface Gate extends AsyncDisposable {
  /** Their ports filled in. */
  readonly places: readonly Address[];
  /**
   * What comes from now on is welcomed so, until that is called which is given back: then by
   * whoever entered before. Where nobody is, connections are reset.
   */
  enter(welcome: Welcome): () => void;
}

/**
 * Listens at each address, at most two: what comes to the first is of end 0.
 * @throws HarnessError `usage` where one is taken; then at none.
 */
export async function openGate(
  addresses: readonly Address[],
  { credentials, refused }: GatePlan,
): Promise<Gate> {
  await using held = new AsyncDisposableStack();
  const inside: Welcome[] = [];
  const listeners: Listener[] = [];
  for (const end of [0, 1] as const) {
    const address = addresses[end];
    if (address === undefined) break;
    const welcome = (link: Link) => {
      const last = inside.at(-1);
      if (last === undefined) link.reset();
      else last(end, link);
    };
    const told = refused === undefined ? { welcome } : { welcome, refused };
    listeners.push(held.use(await listen(address, credentials, told)));
  }
  const ours = held.move();
  return {
    places: listeners.map(({ host, port }) => ({ host, port })),
    enter(welcome) {
      inside.push(welcome);
      return () => {
        const at = inside.lastIndexOf(welcome);
        if (at >= 0) inside.splice(at, 1);
      };
    },
    [Symbol.asyncDispose]: () => ours.disposeAsync(),
  };
}

/** Over what connections come, and who hears of those that fail to. */
export interface GatePlan {
  readonly credentials: Credentials | null;
  readonly refused?: (why: string) => void;
}
