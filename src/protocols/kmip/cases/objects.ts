import { requirements, type Fields } from '#models/kmip/index.ts';
import { rowsOf, table, type KmipCase, type KmipPlayer, type Row } from './case.ts';
import { keyBlock, registered, registering, type Registered } from './kinds.ts';
import { ask, askAll, create, createActive, idsOf, made, payloadIn, readState } from './saying.ts';

const { registerAnswered, getAnswered, getReturnsRegistered, identifiersNew } = requirements;
const { identifierEchoed, absentRefused, createAnswered, createKeyPairAnswered } = requirements;
const { stateTold, destroyedIsGone, sensitiveKept, checkAnswered, badItemRefused } = requirements;

/** An object that nobody has. */
const absent = { UniqueIdentifier: 'nobody has this identifier' };

/** What may be asked of an object that there is not. */
const deeds: Readonly<Record<string, readonly [operation: string, more: Fields]>> = {
  get: ['Get', {}],
  'get-attributes': ['GetAttributes', {}],
  'get-attribute-list': ['GetAttributeList', {}],
  activate: ['Activate', {}],
  revoke: ['Revoke', { RevocationReason: { RevocationReasonCode: 'Unspecified' } }],
  destroy: ['Destroy', {}],
  check: ['Check', { CryptographicUsageMask: 'Encrypt' }],
  'add-attribute': ['AddAttribute', { NewAttribute: { Description: 'a' } }],
  'modify-attribute': ['ModifyAttribute', { NewAttribute: { Description: 'a' } }],
  'set-attribute': ['SetAttribute', { NewAttribute: { Description: 'a' } }],
  'delete-attribute': ['DeleteAttribute', { AttributeReference: 'Description' }],
  encrypt: ['Encrypt', { Data: '00' }],
  decrypt: ['Decrypt', { Data: '00' }],
  sign: ['Sign', { Data: '00' }],
  'signature-verify': ['SignatureVerify', { Data: '00', SignatureData: '00' }],
  mac: ['MAC', { Data: '00' }],
  'mac-verify': ['MACVerify', { Data: '00', MACData: '00' }],
};

const strangeIds: Readonly<Record<string, string>> = {
  'id-empty': '',
  'id-blank': ' ',
  'id-of-5000': 'k'.repeat(5000),
  'id-of-other-scripts': 'é決😀',
  'id-of-a-path': '../../etc/passwd',
  'id-with-quotes': `1' OR '1'='1`,
  'id-with-nul': 'a\u0000b',
};

/** Keys that a server makes; those that it does not know it refuses. */
const creations: Readonly<Record<string, Fields>> = {
  'aes-128': { CryptographicAlgorithm: 'AES', CryptographicLength: 128 },
  'aes-192': { CryptographicAlgorithm: 'AES', CryptographicLength: 192 },
  'aes-256': { CryptographicAlgorithm: 'AES', CryptographicLength: 256 },
  '3des': { CryptographicAlgorithm: 'DES3', CryptographicLength: 168 },
  hmac: { CryptographicAlgorithm: 'HMAC_SHA256', CryptographicLength: 256 },
  'aes-77': { CryptographicAlgorithm: 'AES', CryptographicLength: 77 },
  'aes-0': { CryptographicAlgorithm: 'AES', CryptographicLength: 0 },
  'aes-negative': { CryptographicAlgorithm: 'AES', CryptographicLength: -128 },
  'without-length': { CryptographicAlgorithm: 'AES' },
};

const pairs: Readonly<Record<string, Fields>> = {
  'rsa-2048': { CryptographicAlgorithm: 'RSA', CryptographicLength: 2048 },
  'ec-p-256': {
    CryptographicAlgorithm: 'EC',
    CryptographicDomainParameters: { RecommendedCurve: 'P_256' },
  },
  ecdsa: {
    CryptographicAlgorithm: 'ECDSA',
    CryptographicDomainParameters: { RecommendedCurve: 'P_256' },
  },
};

async function registerAndGet(player: KmipPlayer, one: Registered): Promise<void> {
  const before = idsOf(player);
  await ask(player, 'Register', registering(one));
  const id = idsOf(player).find((known) => !before.includes(known));
  if (id === undefined) return;
  await ask(player, 'Get', { UniqueIdentifier: id });
  await ask(player, 'GetAttributes', { UniqueIdentifier: id });
}

/** Everything that a client may check of an object. */
const checks: Readonly<Record<string, Fields>> = {
  'mask-that-it-has': { CryptographicUsageMask: 'Encrypt' },
  'mask-that-it-has-not': { CryptographicUsageMask: 'Sign' },
  'lease-time': { LeaseTime: 60 },
  nothing: {},
};

const rows: Readonly<Record<string, Row>> = {
  ...rowsOf(
    registered,
    (one, name) => ({
      title: `What was registered comes back: ${name.replaceAll('-', ' ')}`,
      covers: [
        registerAnswered,
        getReturnsRegistered,
        getAnswered,
        requirements.requestedAttributesSet,
        requirements.attributeTypesRight,
        requirements.payloadFits,
      ],
      play: (player) => registerAndGet(player, one),
    }),
    'register-',
  ),
  ...rowsOf(
    deeds,
    ([operation, more], name) => ({
      title: `${operation} of an object that there is not is refused: ${name}`,
      covers: [
        absentRefused,
        requirements.reasonOfFailure,
        requirements.reasonFits,
        requirements.connectionKept,
        requirements.everyRequestAnswered,
      ],
      play: (player) => ask(player, operation, { ...absent, ...more }),
    }),
    'absent-',
  ),
  ...rowsOf(strangeIds, (UniqueIdentifier, name) => ({
    title: `An identifier that nobody has is refused: ${name.replaceAll('-', ' ')}`,
    covers: [absentRefused, requirements.staysUp],
    play: async (player) => {
      await ask(player, 'Get', { UniqueIdentifier });
      await readState(player, await create(player));
    },
  })),
  ...rowsOf(
    creations,
    (attributes, name) => ({
      title: `A key is made as it was asked for, or refused: ${name.replaceAll('-', ' ')}`,
      covers: [createAnswered, identifiersNew, requirements.requestedAttributesSet],
      play: async (player: KmipPlayer) => {
        await ask(player, 'Create', {
          ObjectType: 'SymmetricKey',
          Attributes: { ...attributes, CryptographicUsageMask: 'Encrypt|Decrypt' },
        });
        for (const UniqueIdentifier of idsOf(player)) {
          await ask(player, 'GetAttributes', { UniqueIdentifier });
          await ask(player, 'Get', { UniqueIdentifier });
        }
      },
    }),
    'create-',
  ),
  ...rowsOf(
    pairs,
    (CommonAttributes, name) => ({
      title: `A key pair is made as it was asked for: ${name.replaceAll('-', ' ')}`,
      covers: [createKeyPairAnswered, identifiersNew, getAnswered],
      play: async (player: KmipPlayer) => {
        await ask(player, 'CreateKeyPair', {
          CommonAttributes,
          PrivateKeyAttributes: { CryptographicUsageMask: 'Sign' },
          PublicKeyAttributes: { CryptographicUsageMask: 'Verify' },
        });
        for (const UniqueIdentifier of idsOf(player)) {
          await ask(player, 'Get', { UniqueIdentifier });
          await readState(player, UniqueIdentifier);
        }
      },
    }),
    'pair-',
  ),
  ...rowsOf(
    checks,
    (more, name) => ({
      title: `Check says whether something holds of an object: ${name.replaceAll('-', ' ')}`,
      covers: [checkAnswered, identifierEchoed],
      play: async (player: KmipPlayer) => {
        const UniqueIdentifier = await createActive(player);
        await ask(player, 'Check', { UniqueIdentifier, ...more });
      },
    }),
    'check-',
  ),
  'identifiers-differ': {
    title: 'Ten keys have ten identifiers',
    covers: [identifiersNew, createAnswered],
    play: async (player) => {
      for (let count = 0; count < 10; count += 1) await create(player);
    },
  },
  'identifiers-differ-in-batch': {
    title: 'The keys of a batch have identifiers of their own',
    covers: [identifiersNew, requirements.everyItemAnswered],
    play: async (player) => {
      const payload = { ObjectType: 'SymmetricKey', Attributes: aes };
      await askAll(player, [
        ['Create', payload],
        ['Create', payload],
        ['Create', payload],
      ]);
      for (const id of idsOf(player)) await readState(player, id);
    },
  },
  'every-answer-names-the-object': {
    title: 'Every response about an object names it',
    covers: [identifierEchoed],
    play: async (player) => {
      await create(player);
      const UniqueIdentifier = await create(player);
      await ask(player, 'GetAttributes', { UniqueIdentifier });
      await ask(player, 'GetAttributeList', { UniqueIdentifier });
      await ask(player, 'Get', { UniqueIdentifier });
      await ask(player, 'Activate', { UniqueIdentifier });
    },
  },
  'get-key-of-server': {
    title: 'Get returns a key that the server made, the same each time',
    covers: [getAnswered, getReturnsRegistered],
    play: async (player) => {
      const UniqueIdentifier = await create(player);
      const first = payloadIn(await ask(player, 'Get', { UniqueIdentifier }));
      void first;
      await ask(player, 'Get', { UniqueIdentifier });
    },
  },
  'get-destroyed': {
    title: 'A destroyed key is not returned',
    covers: [destroyedIsGone, stateTold],
    play: async (player) => {
      const UniqueIdentifier = await create(player);
      await ask(player, 'Destroy', { UniqueIdentifier });
      await ask(player, 'Get', { UniqueIdentifier });
    },
  },
  'get-destroyed-registered': {
    title: 'A destroyed key that was registered is not returned',
    covers: [destroyedIsGone],
    play: async (player) => {
      const one = registered['aes-256'];
      if (one === undefined) return;
      const UniqueIdentifier = await made(player, ['Register', registering(one)]);
      await ask(player, 'Destroy', { UniqueIdentifier });
      await ask(player, 'Get', { UniqueIdentifier });
    },
  },
  'active-not-destroyed': {
    title: 'An Active key is not destroyed, and is there afterwards',
    covers: [requirements.activeNotDestroyed, requirements.errorsClean, stateTold],
    play: async (player) => {
      const UniqueIdentifier = await createActive(player);
      await ask(player, 'Destroy', { UniqueIdentifier });
      await readState(player, UniqueIdentifier);
      await ask(player, 'Get', { UniqueIdentifier });
    },
  },
  'sensitive-not-returned': {
    title: 'A sensitive key is not returned as it is',
    covers: [sensitiveKept],
    play: async (player) => {
      const UniqueIdentifier = await create(player, { Sensitive: true });
      await ask(player, 'Get', { UniqueIdentifier });
    },
  },
  'formats-of-a-key': {
    title: 'A key is returned in the form asked for, or refused',
    covers: [getAnswered],
    play: async (player) => {
      const UniqueIdentifier = await create(player);
      for (const KeyFormatType of ['Raw', 'TransparentSymmetricKey', 'PKCS_1', 'X_509']) {
        await ask(player, 'Get', { UniqueIdentifier, KeyFormatType });
      }
    },
  },
  'get-with-unknown-format': {
    title: 'A key is not returned in a form that nobody has',
    covers: [badItemRefused, requirements.enumerationsKnown],
    tags: ['hostile'],
    play: async (player) => {
      const UniqueIdentifier = await create(player);
      await ask(player, 'Get', { UniqueIdentifier, KeyFormatType: '0x000000fe' });
    },
  },
  'create-unknown-type': {
    title: 'An object of a type that nobody has is not made',
    covers: [badItemRefused, requirements.enumerationsKnown],
    tags: ['hostile'],
    play: (player) => ask(player, 'Create', { ObjectType: '0x000000fe', Attributes: aes }),
  },
  'create-certificate': {
    title: 'Create makes no certificate',
    covers: [createAnswered],
    play: (player) => ask(player, 'Create', { ObjectType: 'Certificate', Attributes: aes }),
  },
  'register-without-object': {
    title: 'Nothing is registered without an object',
    covers: [registerAnswered, requirements.errorsClean],
    play: (player) => ask(player, 'Register', { ObjectType: 'SymmetricKey', Attributes: aes }),
  },
  'register-other-object': {
    title: 'An object of another type than was said is refused',
    covers: [registerAnswered],
    play: (player) =>
      ask(player, 'Register', {
        ObjectType: 'SecretData',
        Attributes: aes,
        SymmetricKey: keyBlock('Raw', '00'.repeat(16), 'AES', 128),
      }),
  },
  'register-key-of-other-length': {
    title: 'A key that is shorter than it says is refused or taken',
    covers: [registerAnswered],
    play: (player) =>
      ask(player, 'Register', {
        ObjectType: 'SymmetricKey',
        Attributes: aes,
        SymmetricKey: keyBlock('Raw', '00'.repeat(5), 'AES', 256),
      }),
  },
  'activation-date-past': {
    title: 'A key with an Activation Date in the past is Active',
    covers: [stateTold, requirements.requestedAttributesSet],
    play: async (player) => {
      const id = await create(player, { ActivationDate: 1_605_916_800 });
      await readState(player, id);
      await ask(player, 'Activate', { UniqueIdentifier: id });
      await readState(player, id);
    },
  },
  'activation-date-future': {
    title: 'A key with an Activation Date in the future is not Active',
    covers: [stateTold],
    play: async (player) => {
      const id = await create(player, { ActivationDate: 32_503_680_000 });
      await readState(player, id);
    },
  },
  'no-identifier-outside-batch': {
    title: 'Without identifier, and without ID Placeholder, nothing is done',
    covers: [requirements.placeholderEnds],
    play: async (player) => {
      const id = await create(player);
      await ask(player, 'Activate', {});
      await readState(player, id);
    },
  },
  'placeholder-ends-with-batch': {
    title: 'The ID Placeholder does not outlive its batch',
    covers: [requirements.placeholderEnds, requirements.placeholderUsed],
    play: async (player) => {
      await askAll(player, [
        ['Create', { ObjectType: 'SymmetricKey', Attributes: aes }],
        ['GetAttributes', { AttributeReference: 'State' }],
      ]);
      await ask(player, 'Activate', {});
      for (const id of idsOf(player)) await readState(player, id);
    },
  },
};

const aes: Fields = {
  CryptographicAlgorithm: 'AES',
  CryptographicLength: 128,
  CryptographicUsageMask: 'Encrypt|Decrypt',
};

/** How objects are made, fetched and refused. */
export const objectCases: readonly KmipCase[] = table('objects', { against: 'server' }, rows);
