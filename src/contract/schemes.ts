import { writePlace, type HostPort } from '#src/base/place.ts';
import type { Protocol } from './protocol.ts';

/** What the scheme of an address says of how its target is spoken to. */
export interface Scheme {
  /** Over TLS. */
  readonly secure?: true;
  /** The dialects that are spoken there, the usual one first; without it any. */
  readonly dialects?: readonly string[];
  /** The path that stands behind the port; it may be left out. */
  readonly path?: string;
  /** Other paths that may stand there, each with the dialects that it stands for. */
  readonly paths?: Readonly<Record<string, readonly string[]>>;
}

/** How a target is reached, as far as its scheme tells it. */
export interface Reached {
  readonly secure: boolean;
  readonly dialect: string;
}

/** The schemes of a protocol: its own list, else one, and over TLS the same with an `s`. */
export function schemesOf(
  protocol: Pick<Protocol, 'scheme' | 'schemes' | 'secure'>,
): Readonly<Record<string, Scheme>> {
  const { scheme, schemes, secure } = protocol;
  if (schemes !== undefined) return schemes;
  return secure === true ? { [scheme]: {}, [`${scheme}s`]: { secure } } : { [scheme]: {} };
}

/** The scheme of a target that is reached so; the protocol's first where none says it. */
export function schemeOf(protocol: Protocol, { secure, dialect }: Reached): string {
  const schemes = Object.entries(schemesOf(protocol));
  const fits = schemes.find(
    ([, one]) => (one.secure === true) === secure && (one.dialects?.includes(dialect) ?? true),
  );
  return fits?.[0] ?? protocol.scheme;
}

/** The URL of a place, as targets are written. */
export function addressUrl(protocol: Protocol, reached: Reached, place: HostPort): string {
  const scheme = schemeOf(protocol, reached);
  const { path = '', paths = {} } = schemesOf(protocol)[scheme] ?? {};
  const [own = path] = Object.entries(paths).flatMap(([other, dialects]) =>
    dialects.includes(reached.dialect) ? other : [],
  );
  return `${scheme}://${writePlace(place)}${own}`;
}
