import { HarnessError } from '#src/base/errors.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import { schemeOf } from '#src/contract/schemes.ts';
import type { Profile, Target, TlsPaths } from '#src/contract/target.ts';
import { checkLayer, readingsOf } from './check-layer.ts';
import type { TargetFlags } from './flags.ts';
import { flagLayer, type Layer } from './layer.ts';
import { meantProtocol } from './meant-protocol.ts';
import { fileLayer } from './profile-file.ts';
import { parseTargetUrl, protocolOf, type TargetUrl } from './target-url.ts';
import { upkeepOf } from './upkeep.ts';
import { usage } from './usage.ts';

/** What is to be tested, and the protocol that it is tested by. */
export interface Subject {
  readonly protocol: Protocol;
  readonly profile: Profile;
}

/**
 * The target that flags and, below them, a profile file describe; our own serving side where they
 * describe none.
 * @throws HarnessError `usage` for everything that is not known, with file and line or the flag.
 */
export async function subjectOf(
  flags: TargetFlags,
  protocols: readonly Protocol[],
  selectors: readonly string[] = [],
): Promise<Subject> {
  const file = flags.profile === undefined ? [] : [await fileLayer(flags.profile)];
  const said = subject([...file, flagLayer(flags)], protocols, selectors);
  if (flags.profile === undefined) return said;
  return { ...said, profile: { ...said.profile, file: flags.profile } };
}

/**
 * The target that layers describe: of each member the last word counts. Which protocol it speaks
 * may follow from its side, its dialect or the cases that are selected.
 */
export function subject(
  layers: readonly Layer[],
  protocols: readonly Protocol[],
  selectors: readonly string[] = [],
): Subject {
  const aimed = layers.map((layer) => aim(layer, protocols));
  const protocol =
    aimed.findLast((layer) => layer.protocol !== null)?.protocol ??
    meantProtocol(layers, selectors, protocols);
  if (protocol === undefined) throw usage('there is no protocol');
  for (const layer of aimed) checkLayer(layer, protocol);
  const last = <Value>(said: (layer: AimedLayer) => Value | null | undefined) =>
    aimed.map(said).findLast((value) => value !== undefined && value !== null);
  const url = last((layer) => layer.url);
  const target = url?.target ?? { kind: 'reference', mutant: null };
  const side =
    last((layer) => layer.members.side ?? (layer.url === url ? url?.side : null)) ??
    usualSide(protocol, target);
  refuseWrongEnd(protocol, side, target);
  const dialect =
    last(({ members }) => members.dialect) ?? url?.dialects?.[0] ?? protocol.defaultDialect;
  refuseWrongDialect(dialect, url);
  const profile: Profile = {
    name: last(({ name }) => name) ?? protocol.name,
    protocol: protocol.name,
    target,
    side,
    dialect,
    readings: Object.assign({}, ...aimed.map((layer) => readingsOf(layer, protocol))),
    options: Object.assign({}, ...aimed.map(({ members }) => members.options)),
    replyMs: last(({ members }) => members.timeouts?.replyMs) ?? null,
    replyMsAfter: last(({ members }) => members.timeouts?.replyMsAfter) ?? {},
    absent: last(({ members }) => members.absent) ?? [],
    never: last(({ members }) => members.never) ?? [],
    safe: last(({ members }) => members.safe) ?? false,
    consent: [...new Set(aimed.flatMap(({ members }) => members.consent ?? []))],
    budget: Object.assign({}, ...aimed.map(({ members }) => members.budget)),
    start: last(({ members }) => members.start) ?? null,
    reset: last(({ members }) => members.reset) ?? null,
    upkeep: upkeepOf(aimed.map(({ members }) => members)),
    ...(last(({ members }) => members.captures) === 'all' ? { captures: 'all' as const } : {}),
    ...tlsMember(protocol, { target, dialect, tls: tlsOf(aimed, target) }),
  };
  return { protocol, profile };
}

/** What is said of TLS, over all layers; `null`: that there is none. */
function tlsOf(layers: readonly AimedLayer[], target: Target): TlsPaths | null {
  const said = layers.flatMap(({ members }) => members.tls ?? []);
  const isSecure = target.kind === 'address' && target.secure === true;
  return isSecure || said.length > 0 ? Object.assign({}, ...said) : null;
}

/** Whether connections run over TLS: the scheme of an address says so, else the credentials. */
function tlsMember(
  protocol: Protocol,
  { target, dialect, tls }: Pick<Profile, 'target' | 'dialect'> & { readonly tls: TlsPaths | null },
): Pick<Profile, 'tls'> {
  if (tls === null) return {};
  if (protocol.secure !== true) throw usage(`${protocol.name} is not spoken over TLS here`);
  if (target.kind === 'reference') throw usage('a reference side in this process speaks no TLS');
  if (target.kind === 'address' && target.secure !== true) {
    const [wanted, said] = [true, false].map((secure) => schemeOf(protocol, { secure, dialect }));
    throw usage(`over TLS the target is ${wanted}://…, not ${said}://…`);
  }
  return { tls };
}

/** A layer with its target's URL read, and the protocol that it names, if it does. */
interface AimedLayer extends Layer {
  readonly url: TargetUrl | null;
  readonly protocol: Protocol | null;
}

function aim(layer: Layer, protocols: readonly Protocol[]): AimedLayer {
  const { protocol: name, target, side } = layer.members;
  const at = <Value>(member: string, read: () => Value) => placed(layer.where([member]), read);
  const byName = name === undefined ? null : at('protocol', () => protocolOf(name, protocols));
  const url = target === undefined ? null : at('target', () => parseTargetUrl(target, protocols));
  const byUrl = url?.protocol ?? null;
  if (byUrl !== null && byName !== null && byUrl !== byName) {
    throw usage(`${layer.where(['target'])}'${target}' speaks ${byUrl.name}, not ${byName.name}`);
  }
  if (side !== undefined && url !== null && url.side !== null && url.side !== side) {
    throw usage(`${layer.where(['side'])}the target '${target}' is ${url.side}, not ${side}`);
  }
  return { ...layer, url, protocol: byUrl ?? byName };
}

/** Puts the place before a complaint. */
function placed<Value>(where: string, read: () => Value): Value {
  try {
    return read();
  } catch (fault) {
    if (!(fault instanceof HarnessError)) throw fault;
    throw usage(`${where}${fault.message}`, { cause: fault });
  }
}

function usualSide(protocol: Protocol, target: Target): string {
  const { server, sides } = protocol.model;
  const waits = target.kind === 'address' || target.kind === 'reference';
  return waits ? server : (sides.find((side) => side !== server) ?? server);
}

/** An address may say by its scheme how it is spoken to. */
function refuseWrongDialect(dialect: string, url: TargetUrl | null | undefined): void {
  const { dialects } = url ?? {};
  if (dialects === undefined || dialects.includes(dialect)) return;
  throw usage(`that target speaks ${dialects.join(' or ')}, not ${dialect}`);
}

/** Servers are reached at an address; clients come to us. */
function refuseWrongEnd(protocol: Protocol, side: string, target: Target): void {
  const serves = side === protocol.model.server;
  if (target.kind === 'address' && !serves) {
    throw usage(
      `${side} is a client: start it with --target 'cmd:… {port}', or wait with --listen`,
    );
  }
  if ((target.kind === 'command' || target.kind === 'listen') && serves) {
    throw usage(`${side} is a server: reach it with --target ${protocol.scheme}://host:port`);
  }
}
