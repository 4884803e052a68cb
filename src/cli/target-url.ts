import type { Protocol } from '#src/contract/protocol.ts';
import type { Mutant } from '#src/contract/side.ts';
import { addressUrl, schemesOf, type Scheme } from '#src/contract/schemes.ts';
import type { Profile, Target } from '#src/contract/target.ts';
import { writePlace, type HostPort } from '#src/base/place.ts';
import { hint, oneOf, usage } from './usage.ts';

/** What a target's URL says; `null` where it says nothing of it. */
export interface TargetUrl {
  readonly protocol: Protocol | null;
  readonly side: string | null;
  readonly target: Target;
  /** The dialects that its scheme stands for, the usual one first; without it any. */
  readonly dialects?: readonly string[];
}

/**
 * Reads `<scheme>://host[:port]`, `reference:<protocol>[/<side>][?mutant=<id>]`, `cmd:<command>`
 * or `listen:<host>:<port>`.
 * @throws HarnessError `usage` naming what was expected.
 */
export function parseTargetUrl(url: string, protocols: readonly Protocol[]): TargetUrl {
  const [, kind, rest] = /^([a-z][\w+.-]*):(.*)$/is.exec(url) ?? [];
  const schemes = protocols.flatMap((one) => Object.keys(schemesOf(one)));
  if (kind === undefined || rest === undefined || /^\d+$/.test(rest)) {
    throw usage(`target '${url}' has no scheme; expected ${schemes[0]}://host:port`);
  }
  if (kind === 'reference') return reference(rest, protocols);
  if (kind === 'cmd') return { protocol: null, side: null, target: command(rest) };
  if (kind === 'listen') {
    return { protocol: null, side: null, target: { kind: 'listen', ...address(rest) } };
  }
  oneOf(kind, { known: [...schemes, 'reference', 'cmd', 'listen'], what: 'URL scheme' });
  const protocol = named(protocols, (one) => Object.hasOwn(schemesOf(one), kind));
  const scheme = schemesOf(protocol)[kind] ?? {};
  const { secure } = scheme;
  const over = secure === undefined ? {} : { secure };
  if (!rest.startsWith('//'))
    throw usage(`target '${url}' has no host; expected ${kind}://host:port`);
  const { place, dialects } = splitPath(rest.slice(2), scheme, url);
  const at = address(place, protocol.defaultPort);
  const target: Target = { kind: 'address', ...at, ...over };
  return { protocol, side: null, target, ...(dialects === undefined ? {} : { dialects }) };
}

interface Split {
  /** What stands before the path. */
  readonly place: string;
  readonly dialects: readonly string[] | undefined;
}

/** Only some paths are known; the usual one need not be said, any other tells the dialect. */
function splitPath(rest: string, { path, paths = {}, dialects }: Scheme, url: string): Split {
  if (path === undefined) return { place: rest, dialects };
  const [place = '', said] = /^([^/]*)(\/.+)?$/.exec(rest)?.slice(1) ?? [];
  const meant = said?.replace(/\/$/, '') ?? path;
  const isKnown = meant === path || Object.hasOwn(paths, meant);
  if (!isKnown) {
    const known = [path, ...Object.keys(paths)].join(' or ');
    throw usage(`target '${url}' has another path than ${known}`);
  }
  return { place: place === '' ? rest : place, dialects: paths[meant] ?? dialects };
}

/** The URL of a target, as it is given. */
export function formatTargetUrl(
  protocol: Protocol,
  { side, dialect, target }: Pick<Profile, 'side' | 'dialect' | 'target'>,
): string {
  switch (target.kind) {
    case 'address':
      return addressUrl(protocol, { secure: target.secure === true, dialect }, target);
    case 'listen':
      return `listen:${writePlace(target)}`;
    case 'command':
      return `cmd:${target.command}`;
    case 'reference': {
      const mutant = target.mutant === null ? '' : `?mutant=${target.mutant}`;
      return `reference:${protocol.name}/${side}${mutant}`;
    }
  }
}

/**
 * Reads `host:port`, IPv6 hosts in brackets.
 * @throws HarnessError `usage` when it is none, or has no port and there is no usual one.
 */
export function address(text: string, usualPort?: number): HostPort {
  const written = /^(?:\[([\da-f:.%]+)\]|([^\s:/?#@[\]]+))(?::(\d{1,5}))?\/?$/i.exec(text);
  const host = written?.[1] ?? written?.[2];
  if (host === undefined) throw usage(`'${text}' is no host:port (IPv6 in brackets)`);
  const port = written?.[3] === undefined ? usualPort : Number(written[3]);
  if (port === undefined) throw usage(`'${text}' has no port; expected host:port`);
  if (port > 65_535) throw usage(`port ${port} of '${text}' is above 65535`);
  return { host, port };
}

/**
 * A mutant by its id, with or without the protocol's name before it.
 * @throws HarnessError `usage` naming the nearest.
 */
export function mutantOf(protocol: Protocol, id: string): Mutant {
  const found = protocol.mutants.find(
    (one) => one.id === id || one.id === `${protocol.name}/${id}`,
  );
  if (found !== undefined) return found;
  const ids = protocol.mutants.map((one) => one.id);
  throw usage(`unknown mutant '${id}'; ${hint(id, ids)}`);
}

/**
 * A protocol by its name.
 * @throws HarnessError `usage` naming the nearest.
 */
export function protocolOf(name: string, protocols: readonly Protocol[]): Protocol {
  oneOf(name, { known: protocols.map((one) => one.name), what: 'protocol' });
  return named(protocols, (one) => one.name === name);
}

function named(protocols: readonly Protocol[], test: (one: Protocol) => boolean): Protocol {
  const found = protocols.find(test);
  if (found === undefined) throw usage('there is no such protocol');
  return found;
}

function command(text: string): Target {
  const known = ['host', 'port', 'url', 'peerPort', 'peerUrl'];
  if (text.trim() === '') throw usage('cmd: names no command');
  for (const [, name = ''] of text.matchAll(/\{(\w+)\}/g))
    oneOf(name, { known, what: 'placeholder' });
  if (!/\{(port|url)\}/.test(text)) {
    throw usage(
      `the command '${text}' takes neither {port} nor {url}: it cannot know where we wait`,
    );
  }
  return { kind: 'command', command: text };
}

function reference(rest: string, protocols: readonly Protocol[]): TargetUrl {
  const [, name = '', side, mutant] = /^([^/?]*)(?:\/([^?]*))?(?:\?mutant=(.*))?$/.exec(rest) ?? [];
  const protocol = protocolOf(name, protocols);
  if (side !== undefined) {
    oneOf(side, { known: protocol.model.sides, what: `side of ${protocol.name}` });
  }
  if (mutant === undefined) {
    return { protocol, side: side ?? null, target: { kind: 'reference', mutant: null } };
  }
  const known = mutantOf(protocol, mutant);
  if (side !== undefined && side !== known.side) {
    throw usage(`mutant '${known.id}' is one of ${known.side}, not of ${side}`);
  }
  const { dialect } = known;
  const spoken = dialect === undefined ? {} : { dialects: [dialect] };
  const target = { kind: 'reference', mutant: known.id } as const;
  return { protocol, side: known.side, target, ...spoken };
}
