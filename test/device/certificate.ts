import { generateKeyPairSync, sign } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** DER: a tag, a length, and what is in it. @see X.690, 8.1 */
function der(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = Buffer.concat(parts);
  const { length } = content;
  const long = length > 255 ? [0x82, length >> 8, length & 255] : [0x81, length];
  return Buffer.concat([Uint8Array.from([tag, ...(length < 128 ? [length] : long)]), content]);
}

const sequence = (...parts: readonly Uint8Array[]) => der(0x30, ...parts);
const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const ecdsaWithSha256 = sequence(hex('06 08 2a 86 48 ce 3d 04 03 02'));
const commonName = hex('06 03 55 04 03');
const subjectAltName = hex('06 03 55 1d 11');
const basicConstraints = hex('06 03 55 1d 13');
const yes = hex('01 01 ff');

const name = (text: string) =>
  sequence(der(0x31, sequence(commonName, der(0x0c, Buffer.from(text)))));
const time = (ms: number) => {
  const digits = new Date(ms).toISOString().replace(/\.\d+/, '').replaceAll(/[-:T]/g, '');
  return der(0x18, Buffer.from(digits));
};

/** A certificate that signs itself, for 127.0.0.1, and its key: PEM files in a folder. */
export function certificate(
  folder: string,
  { fromMs, untilMs }: { readonly fromMs: number; readonly untilMs: number },
): { readonly cert: string; readonly key: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const signed = sequence(
    der(0xa0, hex('02 01 02')),
    hex('02 01 01'),
    ecdsaWithSha256,
    name('a device'),
    sequence(time(fromMs), time(untilMs)),
    name('a device'),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(
      0xa3,
      sequence(
        sequence(subjectAltName, der(0x04, sequence(der(0x87, hex('7f 00 00 01'))))),
        sequence(basicConstraints, yes, der(0x04, sequence(yes))),
      ),
    ),
  );
  const signature = sign('sha256', signed, privateKey);
  const whole = sequence(signed, ecdsaWithSha256, der(0x03, hex('00'), signature));
  const lines = Buffer.from(whole).toString('base64').replaceAll(/.{64}/g, '$&\n');
  const [cert, key] = [join(folder, 'device.pem'), join(folder, 'device-key.pem')];
  writeFileSync(cert, `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`);
  writeFileSync(key, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  return { cert, key };
}
