import { constants, createPublicKey, privateDecrypt, createPrivateKey, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import * as items from '#src/protocols/kmip/operations/model/items.ts';
import { nistWrapped } from '#src/protocols/kmip/operations/cryptography/key-wrap.ts';
import { enumerations } from '#src/protocols/kmip/registry/enumerations.ts';
import { masks } from '#src/protocols/kmip/registry/masks.ts';
import { tags } from '#src/protocols/kmip/registry/tags.ts';
import type { Item } from '#src/protocols/kmip/tree.ts';
import {
  ask,
  identifierOf,
  now,
  outcomes,
  payloadOf,
  testServer,
  uid,
  type OperationName,
  type TestServer,
} from './talk.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const data = (value: Uint8Array) => items.bytes(tags.Data, value);
const active = items.dateTime(tags.ActivationDate, now - 1n);
const mask = (...uses: readonly (keyof typeof masks.CryptographicUsageMask)[]) =>
  items.integer(
    tags.CryptographicUsageMask,
    uses.reduce((bits, use) => bits | masks.CryptographicUsageMask[use], 0),
  );

interface Given {
  readonly mode?: keyof typeof enumerations.BlockCipherMode;
  readonly padding?: keyof typeof enumerations.PaddingMethod;
  readonly hash?: keyof typeof enumerations.HashingAlgorithm;
  readonly maskHash?: keyof typeof enumerations.HashingAlgorithm;
}

function parameters({ mode, padding, hash, maskHash }: Given): Item {
  return items.structure(
    tags.CryptographicParameters,
    [
      mode && items.enumeration(tags.BlockCipherMode, enumerations.BlockCipherMode[mode]),
      padding && items.enumeration(tags.PaddingMethod, enumerations.PaddingMethod[padding]),
      hash && items.enumeration(tags.HashingAlgorithm, enumerations.HashingAlgorithm[hash]),
      maskHash &&
        items.enumeration(
          tags.MaskGeneratorHashingAlgorithm,
          enumerations.HashingAlgorithm[maskHash],
        ),
    ].map((part) => part || null),
  );
}

function registered(server: TestServer, key: Uint8Array): string {
  const payload = [
    items.enumeration(tags.ObjectType, enumerations.ObjectType.SymmetricKey),
    items.structure(tags.Attributes, [
      mask('Encrypt', 'Decrypt', 'MACGenerate', 'WrapKey'),
      active,
    ]),
    items.structure(tags.SymmetricKey, [
      items.structure(tags.KeyBlock, [
        items.enumeration(tags.KeyFormatType, enumerations.KeyFormatType.Raw),
        items.structure(tags.KeyValue, [items.bytes(tags.KeyMaterial, key)]),
        items.enumeration(tags.CryptographicAlgorithm, enumerations.CryptographicAlgorithm.AES),
        items.integer(tags.CryptographicLength, key.length * 8),
      ]),
    ]),
  ];
  return identifierOf(ask(server, 'Register', payload));
}

const dataOf = (response: Item) =>
  Buffer.from(items.bytesOf(payloadOf(response), tags.Data) ?? []).toString('hex');

describe('symmetric keys', () => {
  // NIST SP 800-38A, F.5.1 and F.2.1
  const key = hex('2b7e151628aed2a6abf7158809cf4f3c');
  const plain = hex('6bc1bee22e409f96e93d7e117393172a ae2d8a571e03ac9c9eb76fac45af8e51');

  it.each([
    [
      'CTR',
      'f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff',
      '874d6191b620e3261bef6864990db6ce 9806f66b7970fdff8617187bb9fffdff',
    ],
    [
      'CBC',
      '000102030405060708090a0b0c0d0e0f',
      '7649abac8119b246cee98e9b12e9197d 5086cb9b507219ee95db113a917678b2',
    ],
    [
      'CFB',
      '000102030405060708090a0b0c0d0e0f',
      '3b3fd92eb72dad20333449f8e83cfb4a c8a64537a0b3a93fcde3cdad9f1ce58b',
    ],
    [
      'OFB',
      '000102030405060708090a0b0c0d0e0f',
      '3b3fd92eb72dad20333449f8e83cfb4a 7789508d16918f03f53c52dac54ed825',
    ],
  ] as const)('encrypt in %s as NIST shows, and back', (mode, iv, cipher) => {
    const server = testServer();
    const identifier = registered(server, key);
    const nonce = items.bytes(tags.IVCounterNonce, hex(iv));
    const run = (operation: OperationName, value: Uint8Array) =>
      dataOf(ask(server, operation, [uid(identifier), parameters({ mode }), data(value), nonce]));
    expect(run('Encrypt', plain)).toBe(hex(cipher).toString('hex'));
    expect(run('Decrypt', hex(cipher))).toBe(plain.toString('hex'));
  });

  it.each(['Encrypt', 'Decrypt'] as const)('%s in parts as at once', (operation) => {
    const server = testServer();
    const identifier = registered(server, key);
    const nonce = items.bytes(tags.IVCounterNonce, new Uint8Array(16));
    const given = parameters({ mode: 'CBC', padding: 'PKCS5' });
    const whole = (how: OperationName, value: Uint8Array) =>
      dataOf(ask(server, how, [uid(identifier), given, data(value), nonce]));
    const message = Buffer.from('forty-one bytes, which make no whole blocks');
    const input = operation === 'Encrypt' ? message : hex(whole('Encrypt', message));
    const first = ask(server, operation, [
      uid(identifier),
      given,
      data(input.subarray(0, 20)),
      nonce,
      items.boolean(tags.InitIndicator, true),
    ]);
    const correlation = items.part(payloadOf(first), tags.CorrelationValue) ?? uid('none');
    const second = ask(server, operation, [
      uid(identifier),
      data(input.subarray(20, 40)),
      correlation,
    ]);
    const third = ask(server, operation, [
      uid(identifier),
      data(input.subarray(40)),
      correlation,
      items.boolean(tags.FinalIndicator, true),
    ]);
    expect([first, second, third].map(dataOf).join('')).toBe(whole(operation, input));
    expect(server.state.streams.size).toBe(0);
    const late = ask(server, operation, [uid(identifier), data(input), correlation]);
    expect(outcomes(late)).toEqual(['InvalidCorrelationValue']);
  });

  it('are refused without a mode, with half a block, and with no initialization vector', () => {
    const server = testServer();
    const identifier = registered(server, key);
    const said = (given: Given, value: Uint8Array) =>
      outcomes(ask(server, 'Encrypt', [uid(identifier), parameters(given), data(value)]))[0];
    expect(said({}, plain)).toBe('BadCryptographicParameters');
    expect(said({ mode: 'ECB' }, plain.subarray(1))).toBe('CryptographicFailure');
    expect(said({ mode: 'CBC' }, plain)).toBe('InvalidMessage');
    expect(said({ mode: 'XTS' }, plain)).toBe('UnsupportedCryptographicParameters');
  });

  it('make the CMAC of RFC 4493', () => {
    const server = testServer();
    const identifier = registered(server, key);
    const response = ask(server, 'MAC', [
      uid(identifier),
      parameters({ mode: 'CMAC' }),
      data(plain.subarray(0, 16)),
    ]);
    expect(Buffer.from(items.bytesOf(payloadOf(response), tags.MACData) ?? [])).toEqual(
      hex('070a16b46b4d4144f79bdd9dd04a287c'),
    );
  });

  it('are wrapped as RFC 3394 shows', () => {
    const wrapped = nistWrapped(
      hex('000102030405060708090a0b0c0d0e0f'),
      hex('00112233445566778899aabbccddeeff'),
    );
    expect(wrapped).toEqual(hex('1fa68b0a8112b447 aef34bd8fb5a7b82 9d3e862371d2cfe5'));
  });

  it('are counted down where their uses are limited', () => {
    const server = testServer();
    const identifier = registered(server, key);
    const limits = items.structure(tags.UsageLimits, [
      items.long(tags.UsageLimitsTotal, 40n),
      items.enumeration(tags.UsageLimitsUnit, enumerations.UsageLimitsUnit.Byte),
    ]);
    ask(server, 'AddAttribute', [uid(identifier), items.structure(tags.NewAttribute, [limits])]);
    const said = () =>
      outcomes(
        ask(server, 'Encrypt', [uid(identifier), parameters({ mode: 'ECB' }), data(plain)]),
      )[0];
    expect([said(), said()]).toEqual(['Success', 'UsageLimitExceeded']);
  });
});

interface Pair {
  readonly privateKey: string;
  readonly publicKey: string;
}

function madePair(server: TestServer, attributes: readonly Item[]): Pair {
  const response = ask(server, 'CreateKeyPair', [
    items.structure(tags.CommonAttributes, [...attributes, active]),
    items.structure(tags.PrivateKeyAttributes, [mask('Sign', 'Decrypt')]),
    items.structure(tags.PublicKeyAttributes, [mask('Verify', 'Encrypt')]),
  ]);
  return {
    privateKey: items.textOf(payloadOf(response), tags.PrivateKeyUniqueIdentifier) ?? 'none',
    publicKey: items.textOf(payloadOf(response), tags.PublicKeyUniqueIdentifier) ?? 'none',
  };
}

/** The material of a key in a format. */
function material(
  server: TestServer,
  identifier: string,
  format: keyof typeof enumerations.KeyFormatType,
): Buffer {
  const wanted = items.enumeration(tags.KeyFormatType, enumerations.KeyFormatType[format]);
  const payload = payloadOf(ask(server, 'Get', [uid(identifier), wanted]));
  const body = items.part(payload, tags.PrivateKey) ?? items.part(payload, tags.PublicKey);
  const value = items.part(items.part(body, tags.KeyBlock), tags.KeyValue);
  return Buffer.from(items.bytesOf(value, tags.KeyMaterial) ?? []);
}

const algorithm = (name: keyof typeof enumerations.CryptographicAlgorithm) =>
  items.enumeration(tags.CryptographicAlgorithm, enumerations.CryptographicAlgorithm[name]);
const bits = (count: number) => items.integer(tags.CryptographicLength, count);
const text = Buffer.from('what is signed or kept secret');

const signatureOf = (server: TestServer, identifier: string, given: Given) =>
  items.bytesOf(
    payloadOf(ask(server, 'Sign', [uid(identifier), parameters(given), data(text)])),
    tags.SignatureData,
  ) ?? new Uint8Array();

function verdict(
  server: TestServer,
  key: string,
  [given, signature]: readonly [Given, Uint8Array],
) {
  const response = ask(server, 'SignatureVerify', [
    uid(key),
    parameters(given),
    data(text),
    items.bytes(tags.SignatureData, signature),
  ]);
  return items.enumerationOf(payloadOf(response), tags.ValidityIndicator);
}

const { Valid, Invalid } = enumerations.ValidityIndicator;

describe('pairs of RSA', () => {
  const server = testServer();
  const pair = madePair(server, [algorithm('RSA'), bits(2048)]);
  const publicKey = () =>
    createPublicKey({
      key: material(server, pair.publicKey, 'X_509'),
      format: 'der',
      type: 'spki',
    });
  const privateKey = () =>
    createPrivateKey({
      key: material(server, pair.privateKey, 'PKCS_8'),
      format: 'der',
      type: 'pkcs8',
    });

  it('are made of injected chance', () => {
    const again = testServer();
    const same = madePair(again, [algorithm('RSA'), bits(2048)]);
    expect(material(again, same.privateKey, 'PKCS_1')).toEqual(
      material(server, pair.privateKey, 'PKCS_1'),
    );
    expect(privateKey().asymmetricKeyDetails?.modulusLength).toBe(2048);
  });

  it.each([
    [{ padding: 'PSS', hash: 'SHA_256' }, constants.RSA_PKCS1_PSS_PADDING],
    [{ padding: 'PKCS1V1_5', hash: 'SHA_512' }, constants.RSA_PKCS1_PADDING],
  ] as const)('sign with %o as OpenSSL verifies', (given, padding) => {
    const signature = signatureOf(server, pair.privateKey, given);
    const hash = given.hash === 'SHA_256' ? 'sha256' : 'sha512';
    expect(verify(hash, text, { key: publicKey(), padding }, signature)).toBe(true);
    expect(verdict(server, pair.publicKey, [given, signature])).toBe(Valid);
    expect(verdict(server, pair.publicKey, [given, signature.map((byte) => byte ^ 1)])).toBe(
      Invalid,
    );
    expect(verdict(server, pair.publicKey, [given, signature.subarray(1)])).toBe(Invalid);
    expect(verdict(server, pair.publicKey, [{ ...given, hash: 'SHA_1' }, signature])).toBe(Invalid);
  });

  it.each([
    [
      { padding: 'OAEP', hash: 'SHA_256' },
      { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' },
    ],
    [{ padding: 'OAEP' }, { padding: constants.RSA_PKCS1_OAEP_PADDING }],
    [{ padding: 'PKCS1V1_5' }, { padding: constants.RSA_PKCS1_PADDING }],
  ] as const)('encrypt with %o as OpenSSL decrypts', (given, options) => {
    const encrypted = ask(server, 'Encrypt', [uid(pair.publicKey), parameters(given), data(text)]);
    const bytes = hex(dataOf(encrypted));
    expect(privateDecrypt({ key: privateKey(), ...options }, bytes)).toEqual(text);
    const back = ask(server, 'Decrypt', [uid(pair.privateKey), parameters(given), data(bytes)]);
    expect(dataOf(back)).toBe(text.toString('hex'));
    const bent = bytes.map((byte, index) => (index === 9 ? byte ^ 1 : byte));
    const failed = ask(server, 'Decrypt', [uid(pair.privateKey), parameters(given), data(bent)]);
    expect(outcomes(failed)).toEqual(['CryptographicFailure']);
  });

  it('are linked to each other', () => {
    const response = ask(server, 'GetAttributes', [uid(pair.privateKey)]);
    const link = items.part(items.part(payloadOf(response), tags.Attributes), tags.Link);
    expect(items.textOf(link, tags.LinkedObjectIdentifier)).toBe(pair.publicKey);
    expect(items.enumerationOf(link, tags.LinkType)).toBe(enumerations.LinkType.PublicKeyLink);
  });

  it('are told in no format that they have not', () => {
    const wanted = items.enumeration(tags.KeyFormatType, enumerations.KeyFormatType.ECPrivateKey);
    expect(outcomes(ask(server, 'Get', [uid(pair.privateKey), wanted]))).toEqual([
      'KeyFormatTypeNotSupported',
    ]);
  });
});

describe('pairs on curves', () => {
  it.each(['P_192', 'P_224', 'P_256', 'P_384', 'P_521', 'SECP256K1'] as const)(
    '%s sign',
    (curve) => {
      const server = testServer();
      const domain = items.structure(tags.CryptographicDomainParameters, [
        items.enumeration(tags.RecommendedCurve, enumerations.RecommendedCurve[curve]),
      ]);
      const pair = madePair(server, [algorithm('EC'), domain]);
      const given = { hash: 'SHA_256' } as const;
      const signature = signatureOf(server, pair.privateKey, given);
      expect(verdict(server, pair.publicKey, [given, signature])).toBe(Valid);
      const key = createPublicKey({
        key: material(server, pair.publicKey, 'X_509'),
        format: 'der',
        type: 'spki',
      });
      expect(verify('sha256', text, key, signature)).toBe(true);
      expect(material(server, pair.privateKey, 'ECPrivateKey').length).toBeGreaterThan(30);
    },
  );

  it('of Edwards sign', () => {
    const server = testServer();
    const pair = madePair(server, [algorithm('Ed25519')]);
    const signature = signatureOf(server, pair.privateKey, {});
    expect(signature).toHaveLength(64);
    expect(verdict(server, pair.publicKey, [{}, signature])).toBe(Valid);
  });

  it('encrypt nothing', () => {
    const server = testServer();
    const pair = madePair(server, [algorithm('EC'), bits(256)]);
    const response = ask(server, 'Encrypt', [uid(pair.publicKey), parameters({}), data(text)]);
    expect(outcomes(response)).toEqual(['UnsupportedCryptographicParameters']);
  });
});
