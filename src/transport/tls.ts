import { isIP, type Socket } from 'node:net';
import {
  checkServerIdentity,
  connect,
  createSecureContext,
  createServer,
  type SecureContext,
  type SecureVersion,
  type TLSSocket,
} from 'node:tls';
import { HarnessError } from '#src/base/errors.ts';
import { writePlace } from '#src/base/place.ts';
import type { Validity } from './certificates.ts';
import type { Credentials } from './credentials.ts';
import type { Link, Listener } from './link.ts';
import { socketLink } from './socket-link.ts';
import { dialTcp, listening, type Address } from './tcp.ts';
import { codeReason, tlsReason } from './tls-reason.ts';

/** Longest handshake of a client that came, ms. */
const handshakeMs = 10_000;
/** How long a server may take to find fault with our certificate, ms. */
const verdictMs = 250;
const newest = 'TLSv1.3';

/** How a TLS connection is made. */
export interface TlsPlan {
  readonly credentials: Credentials;
  readonly limitMs: number;
  /** The one version that is offered; the newest and what the credentials allow without it. */
  readonly version?: SecureVersion;
}

/**
 * Connects to a server over TLS.
 * @throws HarnessError `unreachable` when it refuses, cannot be found, is not believed, or does not
 * answer in time; `usage` for credentials that do not fit each other.
 */
export async function connectTls(address: Address, plan: TlsPlan): Promise<Link> {
  const { socket, raw } = await handshake(address, plan);
  return socketLink(socket, raw);
}

/**
 * Connects, and leaves: a server looks at our certificate only when for us the handshake is over.
 * Its first ticket says that it believes us; so does a quarter of a second in which it says
 * nothing. The version of TLS that was agreed on.
 * @throws HarnessError `unreachable` as `connectTls`, and when it does not believe us.
 */
export async function tryTls(address: Address, plan: TlsPlan): Promise<string> {
  return (await meetTls(address, plan)).version;
}

/** What a server over TLS shows of itself, and when its certificate holds. */
export interface Met extends Validity {
  readonly version: string;
  /** Of its certificate: its names, and who signed it. */
  readonly names: readonly string[];
  readonly issuer: string;
}

/**
 * As `tryTls`; what the server showed.
 * @throws HarnessError `unreachable` as `tryTls`.
 */
export async function meetTls(address: Address, plan: TlsPlan): Promise<Met> {
  const { socket, raw, believed } = await handshake(address, plan);
  try {
    const met = metIn(socket);
    const why = await new Promise<string | null>((resolve) => {
      void believed.then(() => resolve(null));
      socket.once('error', (cause) => resolve(tlsReason(cause)));
      socket.once('end', () => resolve('it ended the connection behind the handshake'));
      setTimeout(() => resolve(null), verdictMs);
      socket.resume();
    });
    if (why === null) return met;
    const message = `cannot connect to ${writePlace(address)} over TLS: ${why}`;
    throw new HarnessError('unreachable', message);
  } finally {
    socket.on('error', () => {});
    raw.destroy();
  }
}

function metIn(socket: TLSSocket): Met {
  const {
    subject,
    issuer,
    subjectaltname = '',
    valid_from,
    valid_to,
  } = socket.getPeerCertificate();
  const names = subjectaltname.split(', ').map((name) => name.replace(/^(DNS|IP Address):/, ''));
  return {
    version: socket.getProtocol() ?? 'no TLS',
    names: [...new Set([...[subject.CN ?? []].flat(), ...names])].filter((name) => name !== ''),
    issuer: [issuer.CN ?? issuer.O ?? 'nobody'].flat().join(', '),
    beginsMs: Date.parse(valid_from),
    expiresMs: Date.parse(valid_to),
  };
}

interface Shaken {
  readonly socket: TLSSocket;
  /** The TCP socket below. */
  readonly raw: Socket;
  /** Resolves with the first ticket of the server. */
  readonly believed: Promise<void>;
}

async function handshake(address: Address, plan: TlsPlan): Promise<Shaken> {
  const { credentials, limitMs, version } = plan;
  const secureContext = contextOf(credentials, version);
  const beganMs = performance.now();
  const raw = await dialTcp(address, limitMs);
  const leftMs = Math.max(1, limitMs - (performance.now() - beganMs));
  const name = credentials.serverName ?? address.host;
  const socket = connect({
    socket: raw,
    secureContext,
    rejectUnauthorized: !credentials.insecure,
    ...(isIP(name) === 0 ? { servername: name } : {}),
    checkServerIdentity: (_, certificate) => checkServerIdentity(name, certificate),
  });
  const believed = new Promise<void>((resolve) => socket.once('session', () => resolve()));
  return new Promise((resolve, reject) => {
    const late = () => socket.destroy(new Error(`no answer in ${limitMs} ms`));
    const timer = setTimeout(late, leftMs);
    const refuse = (cause: Error) => {
      clearTimeout(timer);
      raw.destroy();
      const message = `cannot connect to ${writePlace(address)} over TLS: ${tlsReason(cause)}`;
      reject(new HarnessError('unreachable', message, { cause }));
    };
    const leave = () => refuse(new Error('it closed the connection during the handshake'));
    socket.once('error', refuse);
    socket.once('close', leave);
    socket.once('secureConnect', () => {
      clearTimeout(timer);
      socket.off('error', refuse);
      socket.off('close', leave);
      resolve({ socket, raw, believed });
    });
  });
}

/**
 * Waits for clients over TLS; with `ca` among the credentials they must show a certificate.
 * Handshakes that fail are told to `refused`.
 * @throws HarnessError `usage` when the address is taken or is none of this machine's, or where
 * there is no certificate to show.
 */
export async function listenTls(
  address: Address,
  credentials: Credentials,
  { welcome, refused }: TlsWelcome,
): Promise<Listener> {
  if (credentials.own === null) {
    const message = 'listening over TLS takes a certificate: --tls-cert and --tls-key';
    throw new HarnessError('usage', message);
  }
  contextOf(credentials, undefined);
  /** The TCP sockets below, by their remote address: Node does not hand them out. */
  const raws = new Map<string, Socket>();
  const server = createServer({
    ...versionsOf(credentials),
    ...pemOf(credentials),
    requestCert: credentials.ca !== null,
    rejectUnauthorized: !credentials.insecure,
    handshakeTimeout: handshakeMs,
    allowHalfOpen: true,
    noDelay: true,
  });
  server.prependListener('connection', (raw: Socket) => {
    const name = remoteOf(raw);
    raws.set(name, raw);
    raw.once('close', () => raws.delete(name));
  });
  server.on('tlsClientError', (cause, socket) => {
    socket.destroy();
    const { authorizationError } = socket;
    refused?.(authorizationError ? codeReason(String(authorizationError)) : tlsReason(cause));
  });
  server.on('secureConnection', (socket) => {
    welcome(socketLink(socket, raws.get(remoteOf(socket))));
  });
  return listening(server, address);
}

/** What becomes of clients that come. */
export interface TlsWelcome {
  readonly welcome: (link: Link) => void;
  readonly refused?: (why: string) => void;
}

function remoteOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}

function contextOf(credentials: Credentials, version: SecureVersion | undefined): SecureContext {
  try {
    return createSecureContext({ ...pemOf(credentials), ...versionsOf(credentials, version) });
  } catch (cause) {
    const message = `the TLS credentials cannot be used: ${tlsReason(cause)}`;
    throw new HarnessError('usage', message, { cause });
  }
}

function versionsOf({ oldest = newest }: Credentials, only?: SecureVersion) {
  return { minVersion: only ?? oldest, maxVersion: only ?? newest };
}

function pemOf({ ca, own }: Credentials) {
  return { ...(ca === null ? {} : { ca }), ...own };
}
