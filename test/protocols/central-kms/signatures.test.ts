import { describe, expect, it } from 'vitest';
import {
  batchSignature,
  proofOf,
  rowSignature,
  sidecarKeys,
} from '#src/protocols/central-kms/signatures.ts';

const uuid = '3f8c2d0e-7a4b-4b55-9a55-0d2b9d6f1c11';
const sp80038b = '603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4';
const rfc8032 = {
  seed: '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
  public: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
};

describe('row signatures', () => {
  it.each([
    ['', sp80038b, '028962f61b7bf89efc6b551f4667d983'],
    [uuid, sp80038b, '7052831be3c3913f9b55cef56245ef3e'],
    [
      'Hello World!',
      Buffer.from('Sixteen byte keySixteen byte key').toString('hex'),
      '36d70f0e3f0ff84e8cfbcfafbbb4ca4d',
    ],
  ])('are AES-256-CMAC: %j', (text, key, signature) => {
    expect(rowSignature(key, text)).toBe(signature);
    expect(rowSignature(key.toUpperCase(), text)).toBe(signature);
  });

  it('need a key of 16, 24 or 32 bytes', () => {
    expect(rowSignature('00', uuid)).toBeNull();
    expect(rowSignature('not hex', uuid)).toBeNull();
  });
});

describe('batch signatures', () => {
  it('are Ed25519 over the text, with the seed that the key begins with', () => {
    const expected =
      '128c008988ccfd44a74e45d07ea0ef177c25b2b522ee338c1d6a6685a1bd4e87' +
      '95a59b66778f962aef504d54e93657e7fdaf5a034f2671254599fea9b128860a';
    expect(batchSignature(rfc8032.seed + rfc8032.public, uuid)).toBe(expected);
  });

  it('come from a key that holds the public key behind the seed', () => {
    const seed = Buffer.from(rfc8032.seed, 'hex');
    const { batchKey, rowKey } = sidecarKeys(Buffer.concat([seed, Buffer.alloc(32, 0xab)]));
    expect(batchKey).toBe((rfc8032.seed + rfc8032.public).toUpperCase());
    expect(rowKey).toBe('AB'.repeat(32));
  });
});

describe('a proof', () => {
  const keys = sidecarKeys(Buffer.alloc(64, 7));
  const batch = batchSignature(keys.batchKey, uuid) ?? '';
  const row = rowSignature(keys.rowKey, uuid) ?? '';
  const other = batchSignature(keys.batchKey, `${uuid}${keys.batchKey}`) ?? '';

  it.each([
    ['right', batch, row],
    ['right', batch.toUpperCase(), row.toUpperCase()],
    ['wrongBatch', other, row],
    ['wrongBatch', `${batch}00`, row],
    ['wrongRow', batch, row.replace(/^./, (digit) => (digit === '0' ? '1' : '0'))],
    ['wrongRow', batch, ''],
    ['wrongBoth', row, batch],
  ] as const)('is %s', (proof, batchGiven, rowGiven) => {
    const given = { batchSignature: batchGiven, rowSignature: rowGiven };
    expect(proofOf(keys, uuid, given)).toBe(proof);
  });
});
