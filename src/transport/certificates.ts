import { X509Certificate } from 'node:crypto';
import { HarnessError } from '#src/base/errors.ts';

/** Between which moments a certificate holds, ms since 1970. */
export interface Validity {
  readonly beginsMs: number;
  readonly expiresMs: number;
}

const block = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^-]*-----END [A-Z0-9 ]*-----/g;

/**
 * When each certificate of a PEM file holds, in their order there: our own comes first.
 * @throws HarnessError `usage` where one cannot be read, or there is none.
 */
export function validitiesIn(pem: string): readonly Validity[] {
  const found = pem.match(block) ?? [];
  if (found.length === 0)
    throw new HarnessError('usage', 'there is no certificate in the PEM file');
  return found.map(validityOf);
}

function validityOf(pem: string): Validity {
  try {
    const { validFromDate, validToDate } = new X509Certificate(pem);
    return { beginsMs: validFromDate.getTime(), expiresMs: validToDate.getTime() };
  } catch (cause) {
    throw new HarnessError('usage', 'a certificate in the PEM file cannot be read', { cause });
  }
}
