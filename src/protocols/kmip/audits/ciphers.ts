import { createCipheriv } from 'node:crypto';
import { isSame, requirements, textAt, type Fields } from '#models/kmip/index.ts';
import type { Audit } from '#src/contract/protocol.ts';
import { idIn, isPart, Keys, type KnownKey } from './keys.ts';
import { audit, fieldsAt, type Exchange, type Look } from './look.ts';

/** Something that was encrypted: what it was, and all that came of it. */
interface Sealed {
  readonly plain: string;
  readonly data: string;
  readonly iv: string | null;
  readonly tag: string | null;
  readonly additional: string | null;
  readonly parameters: Fields;
}

/** What is sealed by an exchange of Encrypt, or unsealed by one of Decrypt. */
function sealedIn({ operation, asked, told }: Exchange): Sealed | null {
  const isSealing = operation === 'Encrypt';
  const plain = textAt(isSealing ? asked : told, 'Data');
  const data = textAt(isSealing ? told : asked, 'Data');
  if (plain === null || data === null) return null;
  return {
    plain,
    data,
    iv: textAt(told, 'IVCounterNonce') ?? textAt(asked, 'IVCounterNonce'),
    tag: textAt(isSealing ? told : asked, 'AuthenticatedEncryptionTag'),
    additional: textAt(asked, 'AuthenticatedEncryptionAdditionalData'),
    parameters: fieldsAt(asked, 'CryptographicParameters'),
  };
}

function isSameSealed(one: Sealed, other: Sealed): boolean {
  return (
    one.data === other.data &&
    one.iv === other.iv &&
    one.tag === other.tag &&
    one.additional === other.additional &&
    isSame(one.parameters, other.parameters)
  );
}

/** Looks at each exchange of Decrypt that succeeded, with what the key has sealed. */
function ofDecrypted(
  look: (opened: Sealed, sealed: readonly Sealed[], isOwn: boolean) => string | null,
) {
  return (): Look => {
    const byKey = new Map<string, Sealed[]>();
    const own = new Set<string>();
    return (exchange) => {
      const { operation, status } = exchange;
      if (status !== 'Success' || isPart(exchange)) return null;
      if (operation === 'Create') own.add(idIn(exchange) ?? '');
      if (operation !== 'Encrypt' && operation !== 'Decrypt') return null;
      const id = idIn(exchange) ?? '';
      const sealed = byKey.get(id) ?? [];
      byKey.set(id, sealed);
      const said = sealedIn(exchange);
      if (said === null) return null;
      if (operation === 'Decrypt') return look(said, sealed, own.has(id));
      sealed.push(said);
      return null;
    };
  };
}

const decryptReturns = ofDecrypted((opened, sealed) => {
  const before = sealed.find((one) => isSameSealed(one, opened));
  if (before === undefined || before.plain === opened.plain) return null;
  return 'Decrypt returned other data than those that were encrypted.';
});

/**
 * Of a nonce that a key was used with which nobody but the server has, only what it sealed then has
 * a good tag.
 */
const tamperedRefused = ofDecrypted((opened, sealed, isOwn) => {
  const isSealing = textAt(opened.parameters, 'BlockCipherMode') === 'GCM' && opened.tag !== null;
  if (!isOwn || !isSealing || !sealed.some(({ iv }) => iv === opened.iv)) return null;
  /** Of the parameters, that its IV is to be random says nothing to Decrypt. */
  const { parameters } = opened;
  if (sealed.some((one) => isSameSealed({ ...one, parameters }, opened))) return null;
  return 'Decrypt took data, or a tag, that the key has never made.';
});

const encryptRight = (): Look => {
  const keys = new Keys();
  return (exchange) => {
    keys.learn(exchange);
    if (exchange.operation !== 'Encrypt' || exchange.status !== 'Success') return null;
    const key = keys.known(idIn(exchange));
    const sealed = isPart(exchange) ? null : sealedIn(exchange);
    if (key === null || sealed === null) return null;
    const wanted = encrypted(key, sealed);
    if (wanted === null) return null;
    const isRight = wanted.data === sealed.data && (sealed.tag ?? wanted.tag) === wanted.tag;
    return isRight ? null : 'Encrypt gave other data than the algorithm with this key.';
  };
};

/** Modes whose result is the same everywhere; CFB has segments of several sizes. */
const modes: Readonly<Record<string, string>> = {
  ECB: 'ecb',
  CBC: 'cbc',
  CTR: 'ctr',
  OFB: 'ofb',
  GCM: 'gcm',
};

const blockModes = ['ECB', 'CBC'];

/** What a known key of AES makes of data; `null` where that is not known. */
function encrypted(key: KnownKey, sealed: Sealed): { data: string; tag: string | null } | null {
  const { iv, plain, parameters, additional } = sealed;
  const name = textAt(parameters, 'BlockCipherMode') ?? '';
  const mode = modes[name];
  const padding = textAt(parameters, 'PaddingMethod');
  const isPadded = padding === 'PKCS5';
  const isKnownPadding = !blockModes.includes(name) || isPadded || padding === 'None';
  if (key.algorithm !== 'AES' || key.format !== 'Raw' || mode === undefined) return null;
  if (!isKnownPadding || (name !== 'ECB' && iv === null)) return null;
  const vector = name === 'ECB' ? null : Buffer.from(iv ?? '', 'hex');
  const algorithm = `aes-${key.material.length * 8}-${mode}`;
  if (mode === 'gcm') {
    if ((sealed.tag?.length ?? 0) !== 32 || vector === null) return null;
    const cipher = createCipheriv(`aes-${sized(key)}-gcm`, key.material, vector);
    if (additional !== null) cipher.setAAD(Buffer.from(additional, 'hex'));
    const data = Buffer.concat([cipher.update(plain, 'hex'), cipher.final()]).toString('hex');
    return { data, tag: cipher.getAuthTag().toString('hex') };
  }
  const cipher = createCipheriv(algorithm, key.material, vector);
  cipher.setAutoPadding(isPadded);
  const data = Buffer.concat([cipher.update(plain, 'hex'), cipher.final()]).toString('hex');
  return { data, tag: null };
}

function sized({ material }: KnownKey): 128 | 192 | 256 {
  if (material.length === 16) return 128;
  return material.length === 24 ? 192 : 256;
}

/** What Encrypt and Decrypt make of data. */
export const cipherAudits: readonly Audit[] = [
  audit(requirements.encryptRight, encryptRight),
  audit(requirements.decryptReturns, decryptReturns),
  audit(requirements.tamperedRefused, tamperedRefused),
];
