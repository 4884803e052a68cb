/**
 * A name as a message spells it: the six steps of KMIP's JSON and XML profiles, which make
 * `Cryptographic Usage Mask` `CryptographicUsageMask`, `X.509` `X_509`, `SHA-256` `SHA_256`,
 * `3DES` `DES3` and `IV/Counter/Nonce` `IVCounterNonce`.
 *
 * @see KMIP Additional Message Encodings 1.0, Normalizing Names
 */
export function normalisedName(name: string): string {
  return name
    .replace(/[()]/g, ' ')
    .replace(/[^\w ](?=[A-Za-z][a-z])/g, ' ')
    .trim()
    .replace(/[^\w ]/g, '_')
    .replace(/^(\d+)(\S*)/, '$2$1')
    .split(/ +/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
