import { field, requirements, textAt } from '#models/kmip/index.ts';
import type { Audit } from '#src/contract/protocol.ts';
import { audit, fieldsAt, headerAudit, type Exchange, type Look } from './look.ts';

/** Whether each of such texts is one that did not come before. */
function fresh(pick: (exchange: Exchange) => readonly string[], what: string): () => Look {
  return () => {
    const known = new Set<string>();
    return (exchange) => {
      if (exchange.status !== 'Success') return null;
      for (const text of pick(exchange)) {
        if (known.has(text)) return `${what} came twice.`;
        known.add(text);
      }
      return null;
    };
  };
}

const makers = ['Create', 'Register', 'CreateKeyPair'];

function identifiersIn({ operation, told }: Exchange): readonly string[] {
  if (!makers.includes(operation)) return [];
  const names = ['UniqueIdentifier', 'PrivateKeyUniqueIdentifier', 'PublicKeyUniqueIdentifier'];
  return names.flatMap((name) => textAt(told, name) ?? []);
}

/** Hexadecimal digits of fewer bytes may well repeat. */
const leastDigits = 16;

/** Random bytes, and the nonces that the server has chosen. */
function randomIn({ operation, asked, told }: Exchange): readonly string[] {
  const found = () => {
    if (operation === 'RNGRetrieve') return textAt(told, 'Data');
    const isChosen =
      field(fieldsAt(asked, 'CryptographicParameters'), 'RandomIV') === true &&
      !('IVCounterNonce' in asked);
    return operation === 'Encrypt' && isChosen ? textAt(told, 'IVCounterNonce') : null;
  };
  const digits = found();
  return digits === null || digits.length < leastDigits ? [] : [digits];
}

/** An operation that was served is not refused as unsupported later, in the same version. */
const servedAgain = (): Look => {
  const served = new Set<string>();
  return ({ operation, version, status, reason }) => {
    const name = `${operation} of ${version}`;
    if (status === 'Success') served.add(name);
    const isRefused = status === 'OperationFailed' && reason === 'OperationNotSupported';
    return isRefused && served.has(name) ? `${name} was served before.` : null;
  };
};

/** A field of a result whose tag is of a later version than the response. */
const newFieldsKept = (): Look => {
  return ({ version, told }) => {
    const late = Object.keys(told).find((name) => name.startsWith('0x42'));
    return late === undefined ? null : `A response of ${version} has ${late}.`;
  };
};

/** What must be new each time, and what must not be there yet. */
export const freshAudits: readonly Audit[] = [
  audit(requirements.identifiersNew, fresh(identifiersIn, 'An identifier')),
  audit(requirements.randomFresh, fresh(randomIn, 'What should be random')),
  audit(requirements.servedAgain, servedAgain),
  audit(requirements.newFieldsKept, newFieldsKept),
  headerAudit(requirements.serverCorrelationSince14, (header, [major, minor]) =>
    'ServerCorrelationValue' in header && major === 1 && minor < 4
      ? `A response of ${major}.${minor} has a Server Correlation Value.`
      : null,
  ),
];
