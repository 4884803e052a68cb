import {
  constants,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  verify,
} from 'node:crypto';
import { isSame, requirements, textAt, type Fields } from '#models/kmip/index.ts';
import type { Audit } from '#src/contract/protocol.ts';
import { idIn, isPart, Keys, type KnownKey } from './keys.ts';
import { audit, fieldsAt, type Exchange, type Look } from './look.ts';

/** Data with what proves them: a signature, or a MAC. */
interface Proof {
  readonly data: string;
  readonly proof: string;
  readonly parameters: Fields;
}

function isSameProof(one: Proof, other: Proof): boolean {
  return (
    one.data === other.data && one.proof === other.proof && isSame(one.parameters, other.parameters)
  );
}

/** How proofs are made and looked at. */
interface Proving {
  readonly makes: string;
  readonly verifies: string;
  readonly name: 'SignatureData' | 'MACData';
  /** The key that makes what this one verifies. */
  maker(keys: Keys, id: string | null): string | null;
}

const signing: Proving = {
  makes: 'Sign',
  verifies: 'SignatureVerify',
  name: 'SignatureData',
  maker: (keys, id) => keys.privateOf(id),
};

const macs: Proving = {
  makes: 'MAC',
  verifies: 'MACVerify',
  name: 'MACData',
  maker: (_, id) => id,
};

function proofIn({ asked }: Exchange, from: Fields, name: Proving['name']): Proof | null {
  const data = textAt(asked, 'Data');
  const proof = textAt(from, name);
  if (data === null || proof === null) return null;
  return { data, proof, parameters: fieldsAt(asked, 'CryptographicParameters') };
}

/** A proof of the key's own is valid, and no other one that is shown to it. */
function verified({ makes, verifies, name, maker }: Proving): () => Look {
  return () => {
    const keys = new Keys();
    const made = new Map<string, Proof[]>();
    return (exchange) => {
      keys.learn(exchange);
      const { operation, status, asked, told } = exchange;
      if (status !== 'Success' || isPart(exchange)) return null;
      const id = idIn(exchange);
      if (operation === makes && id !== null) {
        const proof = proofIn(exchange, told, name);
        if (proof !== null) made.set(id, [...(made.get(id) ?? []), proof]);
      }
      if (operation !== verifies) return null;
      const own = made.get(maker(keys, id) ?? '');
      const shown = proofIn(exchange, asked, name);
      if (own === undefined || shown === null) return null;
      const isOwn = own.some((one) => isSameProof(one, shown));
      const verdict = textAt(told, 'ValidityIndicator');
      if (isOwn && verdict === 'Invalid') return `${verifies} refused what the key has made.`;
      return !isOwn && verdict === 'Valid' ? `${verifies} took what the key has not made.` : null;
    };
  };
}

const hmacs: Readonly<Record<string, string>> = {
  HMAC_SHA1: 'sha1',
  HMAC_SHA224: 'sha224',
  HMAC_SHA256: 'sha256',
  HMAC_SHA384: 'sha384',
  HMAC_SHA512: 'sha512',
};

const macRight = (): Look => {
  const keys = new Keys();
  return (exchange) => {
    keys.learn(exchange);
    const { operation, status, told } = exchange;
    if (operation !== 'MAC' || status !== 'Success' || isPart(exchange)) return null;
    const key = keys.known(idIn(exchange));
    const proof = proofIn(exchange, told, 'MACData');
    if (key === null || proof === null) return null;
    const named = textAt(proof.parameters, 'CryptographicAlgorithm') ?? key.algorithm ?? '';
    const hash = hmacs[named];
    if (hash === undefined) return null;
    const wanted = createHmac(hash, key.material).update(proof.data, 'hex').digest('hex');
    return wanted === proof.proof ? null : `MAC gave another one than ${named} with this key.`;
  };
};

const signatureRight = (): Look => {
  const keys = new Keys();
  return (exchange) => {
    keys.learn(exchange);
    const { operation, status, told } = exchange;
    if (operation !== 'Sign' || status !== 'Success' || isPart(exchange)) return null;
    const key = keys.known(idIn(exchange));
    const proof = proofIn(exchange, told, 'SignatureData');
    if (key === null || proof === null || isSigned(key, proof) !== false) return null;
    return 'Sign gave something that the public key does not verify.';
  };
};

/** Whether the public half of a known RSA key verifies; `null` where that is not known. */
function isSigned({ type, format, algorithm, material }: KnownKey, proof: Proof): boolean | null {
  const { parameters } = proof;
  const isKnown = type === 'PrivateKey' && format === 'PKCS_8' && algorithm === 'RSA';
  const padding = textAt(parameters, 'PaddingMethod');
  if (!isKnown || padding !== 'PKCS1V1_5') return null;
  if (textAt(parameters, 'HashingAlgorithm') !== 'SHA_256') return null;
  const key = createPublicKey(
    createPrivateKey({ key: Buffer.from(material), format: 'der', type: 'pkcs8' }),
  );
  const signature = Buffer.from(proof.proof, 'hex');
  const data = Buffer.from(proof.data, 'hex');
  return verify('sha256', data, { key, padding: constants.RSA_PKCS1_PADDING }, signature);
}

const hashes: Readonly<Record<string, string>> = {
  MD5: 'md5',
  SHA_1: 'sha1',
  SHA_224: 'sha224',
  SHA_256: 'sha256',
  SHA_384: 'sha384',
  SHA_512: 'sha512',
  SHA_512_256: 'sha512-256',
  SHA3_256: 'sha3-256',
  SHA3_512: 'sha3-512',
};

const hashRight = (): Look => (exchange) => {
  const { operation, status, asked, told } = exchange;
  if (operation !== 'Hash' || status !== 'Success' || isPart(exchange)) return null;
  const named = textAt(fieldsAt(asked, 'CryptographicParameters'), 'HashingAlgorithm') ?? '';
  const [data, got] = [textAt(asked, 'Data'), textAt(told, 'Data')];
  const hash = hashes[named];
  if (hash === undefined || data === null || got === null) return null;
  const wanted = createHash(hash).update(data, 'hex').digest('hex');
  return wanted === got ? null : `Hash gave another one than ${named}.`;
};

/** What proves data, and what stands for them. */
export const signatureAudits: readonly Audit[] = [
  audit(requirements.signatureRight, signatureRight),
  audit(requirements.macRight, macRight),
  audit(requirements.hashRight, hashRight),
  audit(requirements.signatureVerified, verified(signing)),
  audit(requirements.macVerified, verified(macs)),
];
