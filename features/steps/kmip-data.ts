import { Then, When } from '@cucumber/cucumber';
import { all, itemsOf, lastOf, madeIn, under, type Fields } from '../support/managed-objects.ts';
import type { Outcome, QkdWorld } from '../support/world.ts';
import { ask, succeeded } from './managed-objects.ts';

const gcm = { BlockCipherMode: 'GCM', RandomIV: true, IVLength: 12, TagLength: 16 };
const ecdsa = {
  CryptographicParameters: {
    HashingAlgorithm: 'SHA_256',
    DigitalSignatureAlgorithm: 'ECDSAWithSHA256',
  },
};
/** What must be there to decrypt what Encrypt has given. */
const sealed = ['Data', 'IVCounterNonce', 'AuthenticatedEncryptionTag'] as const;

When(
  '{side} encrypts {word} with {object}',
  function (this: QkdWorld, _side: string, Data: string, object: string) {
    const more = { CryptographicParameters: gcm, Data };
    return ask(this, [{ operation: 'Encrypt', object, more }]);
  },
);

When('{side} decrypts it with {object}', function (this: QkdWorld, _side: string, object: string) {
  return decrypt(this, object, given(this));
});

When(
  '{side} decrypts it with {object} and another tag',
  function (this: QkdWorld, _side: string, object: string) {
    const said = given(this);
    const tag = Buffer.from(String(said['AuthenticatedEncryptionTag']), 'hex');
    tag.writeUInt8(tag.readUInt8(0) ^ 1, 0);
    return decrypt(this, object, { ...said, AuthenticatedEncryptionTag: tag.toString('hex') });
  },
);

When(
  '{side} makes a pair of keys and activates both',
  async function (this: QkdWorld, _side: string): Promise<Outcome> {
    const activate = (object: string) => ask(this, [{ operation: 'Activate', object }]);
    return (
      (await ask(this, [{ operation: 'CreateKeyPair' }])) ??
      (await succeeded(this)) ??
      (await activate('the private key')) ??
      (await succeeded(this)) ??
      (await activate('the public key')) ??
      succeeded(this)
    );
  },
);

When(
  '{side} signs {word} with {object}',
  function (this: QkdWorld, _side: string, Data: string, object: string) {
    return ask(this, [{ operation: 'Sign', object, more: { ...ecdsa, Data } }]);
  },
);

When(
  '{side} verifies it of {word} with {object}',
  function (this: QkdWorld, _side: string, Data: string, object: string) {
    const SignatureData = signatureIn(this);
    const more = { ...ecdsa, Data, SignatureData };
    return ask(this, [{ operation: 'SignatureVerify', object, more }]);
  },
);

Then('it gives {word}', async function (this: QkdWorld, wanted: string): Promise<Outcome> {
  const missed = await succeeded(this);
  const said = under(payloadOf(this), 'Data');
  if (missed !== undefined || said === wanted) return missed;
  return this.differs(`It gives ${String(said)}, not ${wanted}`);
});

Then('it gives {int} byte(s)', async function (this: QkdWorld, count: number): Promise<Outcome> {
  const missed = await succeeded(this);
  const said = String(under(payloadOf(this), 'Data') ?? '').length / 2;
  if (missed !== undefined || said === count) return missed;
  return this.differs(`It gives ${said} bytes, not ${count}`);
});

Then('the signature is {word}', async function (this: QkdWorld, wanted: string): Promise<Outcome> {
  const missed = await succeeded(this);
  const said = under(payloadOf(this), 'ValidityIndicator');
  if (missed !== undefined || said === wanted) return missed;
  return this.differs(`The signature is ${String(said)}, not ${wanted}`);
});

Then('it finds {int} key(s)', async function (this: QkdWorld, count: number): Promise<Outcome> {
  const missed = await succeeded(this);
  const found = all(payloadOf(this), 'UniqueIdentifier').length;
  if (missed !== undefined || found === count) return missed;
  return this.differs(`It finds ${found} keys, not ${count}`);
});

Then('it finds both keys of the pair', function (this: QkdWorld): Outcome {
  const [, item] = itemsOf(lastOf(this, 'server'));
  const found = all(under(item, 'ResponsePayload'), 'UniqueIdentifier').map(String);
  const { privateKeys, publicKeys } = madeIn(this);
  const missing = [...privateKeys, ...publicKeys].filter((id) => !found.includes(id));
  if (missing.length === 0 && found.length > 1) return undefined;
  return this.differs(`It finds ${found.join(', ') || 'nothing'}, and not ${missing.join(', ')}`);
});

function payloadOf(world: QkdWorld): unknown {
  return under(itemsOf(lastOf(world, 'server'))[0], 'ResponsePayload');
}

/** What Encrypt has given last. */
function given(world: QkdWorld): Fields {
  const payload = payloadOf(world);
  return Object.fromEntries(sealed.map((tag) => [tag, under(payload, tag)]));
}

/** The signature that was made last. */
function signatureIn({ frames }: QkdWorld): unknown {
  const results = frames.filter(({ by }) => by === 'peer').flatMap(itemsOf);
  const made = results.map((item) => under(item, 'ResponsePayload', 'SignatureData'));
  return made.findLast((signature) => signature !== undefined);
}

function decrypt(world: QkdWorld, object: string, said: Fields): Promise<Outcome> {
  const { RandomIV: _, ...parameters } = gcm;
  const more = { CryptographicParameters: parameters, ...said };
  return ask(world, [{ operation: 'Decrypt', object, more }]);
}
