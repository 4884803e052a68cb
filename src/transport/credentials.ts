import { HarnessError } from '#src/base/errors.ts';
import { readSettingFile } from '#src/base/file.ts';
import type { OldestTls } from '#src/contract/protocol.ts';
import type { TlsPaths } from '#src/contract/target.ts';

/** With what we prove who we are over TLS, and whom we believe. */
export interface Credentials {
  /** PEM: the authorities that the other side's certificate may be signed by; the system's else. */
  readonly ca: string | null;
  /** PEM: our certificate with its chain, and its private key; `null`: we show none. */
  readonly own: { readonly cert: string; readonly key: string } | null;
  /** The name that a server's certificate must have; `null`: that of its address. */
  readonly serverName: string | null;
  /** Believes any certificate. */
  readonly insecure: boolean;
  /** The oldest version of TLS that will do; TLS 1.3 without it. */
  readonly oldest?: OldestTls;
}

/**
 * Reads the files that a profile names.
 * @throws HarnessError `usage` naming the member whose file cannot be read, or is missing.
 */
export function readCredentials(paths: TlsPaths, oldest: OldestTls = 'TLSv1.3'): Credentials {
  const { ca, cert, key, serverName = null, insecure = false } = paths;
  if ((cert === undefined) !== (key === undefined)) {
    const lacking = cert === undefined ? 'cert' : 'key';
    throw new HarnessError('usage', `tls.${lacking} is missing: a certificate needs its key`);
  }
  const own =
    cert === undefined || key === undefined
      ? null
      : { cert: pem('cert', cert), key: pem('key', key) };
  return { ca: ca === undefined ? null : pem('ca', ca), own, serverName, insecure, oldest };
}

function pem(member: string, path: string): string {
  const text = readSettingFile(path);
  if (text.includes('-----BEGIN ')) return text;
  throw new HarnessError('usage', `tls.${member}: '${path}' is no PEM file`);
}
