import { createDecipheriv } from 'node:crypto';
import { field, has, requirements, textAt } from '#models/kmip/index.ts';
import type { Audit } from '#src/contract/protocol.ts';
import { idIn, isPart, Keys } from './keys.ts';
import { audit, fieldsAt, type Look } from './look.ts';

/** Modes that need a vector. */
const vectored = ['CBC', 'CTR', 'CFB', 'OFB', 'GCM'];

/** What was encrypted comes with everything that the client needs to decrypt it. */
const whole = (): Look => (exchange) => {
  const { operation, status, asked, told } = exchange;
  if (operation !== 'Encrypt' || status !== 'Success' || isPart(exchange)) return null;
  const parameters = fieldsAt(asked, 'CryptographicParameters');
  const mode = textAt(parameters, 'BlockCipherMode') ?? '';
  const isChosenThere = field(parameters, 'RandomIV') === true && !has(asked, 'IVCounterNonce');
  if (isChosenThere && vectored.includes(mode) && !has(told, 'IVCounterNonce')) {
    return 'Encrypt chose an IV, and did not tell it.';
  }
  const isTagged = mode === 'GCM' && has(parameters, 'TagLength');
  const isLacking = isTagged && !has(told, 'AuthenticatedEncryptionTag');
  return isLacking ? 'Encrypt with GCM told no Authenticated Encryption Tag.' : null;
};

/** Data that are not padded as the parameters say are no data. */
const paddingChecked = (): Look => {
  const keys = new Keys();
  return (exchange) => {
    keys.learn(exchange);
    const { operation, status, asked } = exchange;
    if (operation !== 'Decrypt' || status !== 'Success' || isPart(exchange)) return null;
    const key = keys.known(idIn(exchange));
    const parameters = fieldsAt(asked, 'CryptographicParameters');
    const isMeant =
      textAt(parameters, 'BlockCipherMode') === 'ECB' &&
      textAt(parameters, 'PaddingMethod') === 'PKCS5';
    const isKnown = key?.algorithm === 'AES' && key.format === 'Raw';
    const data = textAt(asked, 'Data');
    if (!isMeant || !isKnown || data === null) return null;
    const plain = unpadded(key.material, data);
    return isPadded(plain) ? null : 'Decrypt took data whose padding is wrong.';
  };
};

function unpadded(key: Uint8Array, data: string): Uint8Array {
  const cipher = createDecipheriv(`aes-${key.length * 8}-ecb`, key, null);
  cipher.setAutoPadding(false);
  return cipher.update(data.slice(0, data.length - (data.length % 32)), 'hex');
}

function isPadded(plain: Uint8Array): boolean {
  const count = plain.at(-1) ?? 0;
  const padding = plain.slice(-count);
  return count > 0 && count <= 16 && padding.every((byte) => byte === count);
}

/** What goes with data that were encrypted. */
export const sealingAudits: readonly Audit[] = [
  audit(requirements.encryptRight, whole),
  audit(requirements.decryptReturns, paddingChecked),
];
