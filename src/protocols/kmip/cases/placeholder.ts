import { requirements, type Fields } from '#models/kmip/index.ts';
import type { Asking } from '../contents.ts';
import { rowsOf, table, type KmipCase, type Row } from './case.ts';
import { registered, registering } from './kinds.ts';
import { aesKey, ask, askAll, create, createActive, idsOf, made, readState } from './saying.ts';

const { placeholderUsed, placeholderSingle } = requirements;

const pair: Asking = [
  'CreateKeyPair',
  {
    CommonAttributes: { CryptographicAlgorithm: 'RSA', CryptographicLength: 2048 },
    PrivateKeyAttributes: { CryptographicUsageMask: 'Sign' },
    PublicKeyAttributes: { CryptographicUsageMask: 'Verify' },
  },
];

/** What may follow, in the same batch, on an object that was just made, without naming it. */
const followers: Readonly<Record<string, Asking>> = {
  get: ['Get', {}],
  'get-attributes': ['GetAttributes', { AttributeReference: 'State' }],
  'get-attribute-list': ['GetAttributeList', {}],
  activate: ['Activate', {}],
  destroy: ['Destroy', {}],
  revoke: ['Revoke', { RevocationReason: { RevocationReasonCode: 'KeyCompromise' } }],
  'set-attribute': ['SetAttribute', { NewAttribute: { Description: 'of qkdspec' } }],
};

const parameters = { BlockCipherMode: 'ECB', PaddingMethod: 'None' };

/** What a key may be used for without naming it: where that was done to it by its name before. */
const uses: Readonly<Record<string, readonly [operation: string, more: Fields]>> = {
  encrypt: ['Encrypt', { CryptographicParameters: parameters, Data: '00'.repeat(16) }],
  get: ['Get', {}],
};

function following(makes: Asking) {
  return (follower: Asking, name: string): Row => ({
    title: `What ${makes[0]} makes is used in its batch without naming it: ${name.replaceAll('-', ' ')}`,
    covers: [placeholderUsed, requirements.identifierEchoed, requirements.destroyChanges],
    play: async (player) => {
      await askAll(player, [makes, follower]);
      for (const id of idsOf(player)) await readState(player, id);
    },
  });
}

const aes = registered['aes-256'];

const rows: Readonly<Record<string, Row>> = {
  ...rowsOf(followers, following(['Create', aesKey()]), 'create-'),
  ...rowsOf(
    followers,
    following(['Register', aes === undefined ? {} : registering(aes)]),
    'register-',
  ),
  ...rowsOf(
    uses,
    ([operation, more]) => ({
      title: `Where Locate finds a single key, ${operation} takes it from the ID Placeholder`,
      covers: [placeholderUsed, placeholderSingle],
      play: async (player) => {
        const NameValue = `qkdspec ${await create(player)}`;
        const Name = { NameValue, NameType: 'UninterpretedTextString' };
        const UniqueIdentifier = await createActive(player, { Name });
        await ask(player, operation, { UniqueIdentifier, ...more });
        await askAll(player, [
          ['Locate', { Attributes: { Name } }],
          [operation, more],
        ]);
      },
    }),
    'located-',
  ),
  'pair-holds-private-key': {
    title: 'Behind Create Key Pair the ID Placeholder holds the private key',
    covers: [placeholderUsed],
    play: (player) =>
      askAll(player, [pair, ['GetAttributes', { AttributeReference: 'ObjectType' }]]),
  },
  'named-object-is-meant': {
    title: 'An item that names its object is about that one, whatever the ID Placeholder holds',
    covers: [requirements.identifierEchoed, placeholderUsed],
    play: async (player) => {
      const UniqueIdentifier = await made(player, ['Create', aesKey()]);
      await askAll(player, [
        ['Create', aesKey()],
        ['Activate', { UniqueIdentifier }],
        ['GetAttributes', { AttributeReference: 'State' }],
      ]);
      for (const id of idsOf(player)) await readState(player, id);
    },
  },
};

/** What a batch knows of the object that it made, or found. */
export const placeholderCases: readonly KmipCase[] = table(
  'placeholder',
  { against: 'server' },
  rows,
);
