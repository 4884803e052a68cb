/** A TCP address as it is written: `host:port`, IPv6 hosts in brackets. */
export interface HostPort {
  readonly host: string;
  readonly port: number;
}

/** Reads `host:port`; `null` where it is none. */
export function readPlace(text: string): HostPort | null {
  const [, bracketed, plain, digits] =
    /^(?:\[([\da-f:.%]+)\]|([^\s:/?#@[\]]+)):(\d{1,5})$/i.exec(text) ?? [];
  const host = bracketed ?? plain;
  const port = Number(digits);
  return host === undefined || port > 65_535 ? null : { host, port };
}

/** Writes `host:port`. */
export function writePlace({ host, port }: HostPort): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
