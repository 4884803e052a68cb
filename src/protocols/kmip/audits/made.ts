import { createHash } from 'node:crypto';
import { all, at, field, isFields, numberAt, requirements, textAt } from '#models/kmip/index.ts';
import type { Audit } from '#src/contract/protocol.ts';
import { idIn, Keys } from './keys.ts';
import { audit, type Look } from './look.ts';

/** Hexadecimal digits of fewer bytes may well repeat. */
const leastDigits = 16;

/** The material of a key that the server made, as it is returned, is that of no other such key. */
const keysNew = (): Look => {
  const made = new Set<string>();
  const owners = new Map<string, string>();
  return ({ operation, status, asked, told }) => {
    if (status !== 'Success') return null;
    const id = textAt(told, 'UniqueIdentifier') ?? '';
    if (operation === 'Create') made.add(id);
    const isPlain = Object.keys(asked).every((name) => name === 'UniqueIdentifier');
    if (operation !== 'Get' || !made.has(id) || !isPlain) return null;
    const material = textAt(at(told, 'SymmetricKey', 'KeyBlock', 'KeyValue'), 'KeyMaterial');
    if (material === null || material.length < leastDigits) return null;
    const owner = owners.get(material) ?? id;
    owners.set(material, owner);
    return owner === id ? null : `The keys ${owner} and ${id} are the same.`;
  };
};

/** The digest of a key that was registered as it is: of each algorithm that is told. */
const digestRight = (): Look => {
  const keys = new Keys();
  return (exchange) => {
    keys.learn(exchange);
    const { operation, status, told } = exchange;
    const key = keys.known(idIn(exchange));
    if (operation !== 'GetAttributes' || status !== 'Success' || key?.format !== 'Raw') return null;
    const wrong = all(field(told, 'Attributes'), 'Digest').find((digest) => {
      const value = textAt(digest, 'DigestValue');
      const isMeant =
        textAt(digest, 'HashingAlgorithm') === 'SHA_256' &&
        textAt(digest, 'KeyFormatType') === 'Raw';
      return isMeant && value !== createHash('sha256').update(key.material).digest('hex');
    });
    return wrong === undefined ? null : 'The Digest is not that of the key.';
  };
};

/** A version that is named where it is asked for is named where all are. */
const versionsAnswered = (): Look => {
  const whole = new Map<string, readonly string[]>();
  const named = new Map<string, readonly string[]>();
  return ({ operation, status, asked, told, version }) => {
    if (operation !== 'DiscoverVersions' || status !== 'Success') return null;
    const versions = all(told, 'ProtocolVersion').filter(isFields).map(versionText);
    const isWhole = all(asked, 'ProtocolVersion').length === 0;
    const [to, own] = isWhole
      ? ([whole, []] as const)
      : ([named, named.get(version) ?? []] as const);
    to.set(version, [...own, ...versions]);
    const everything = whole.get(version);
    const surplus = named.get(version)?.find((one) => everything?.includes(one) === false);
    return surplus === undefined ? null : `Of all versions it does not name ${surplus}.`;
  };
};

function versionText(version: unknown): string {
  const [major, minor] = ['Major', 'Minor'].map((part) =>
    numberAt(version, `ProtocolVersion${part}`),
  );
  return `${major}.${minor}`;
}

/** What a server makes, and what it says of itself. */
export const madeAudits: readonly Audit[] = [
  audit(requirements.keysNew, keysNew),
  audit(requirements.digestRight, digestRight),
  audit(requirements.versionsAnswered, versionsAnswered),
];
