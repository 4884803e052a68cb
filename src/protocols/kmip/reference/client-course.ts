import { textAt, type Fields } from '#models/kmip/index.ts';
import type { Settings } from '#src/contract/settings.ts';
import type { Asking } from '../contents.ts';
import { versionIn } from '../settings.ts';

/** What an earlier step has brought: the response payload of one of its items; `null`: nothing. */
type Learnt = (name: string, item?: number) => Fields | null;

/** One request of a course. */
export interface Step {
  readonly name: string;
  /** Since which version there is such an operation. */
  readonly since?: number;
  readonly header?: Fields;
  /** Its items; `null` where what they need was not made. */
  items(learnt: Learnt): readonly Asking[] | null;
}

/** The steps that the client takes, by its options. */
export function courseIn({ options }: Pick<Settings, 'options'>): readonly Step[] {
  const said = Number(versionIn({ options }));
  const course = options['course'] === 'full' ? full : short;
  return course.filter(({ since = 1 }) => since <= said);
}

/** One operation that needs nothing. */
const alone = (operation: string, payload: Fields): Step => ({
  name: operation,
  items: () => [[operation, payload]],
});

/** One operation on the object that a step has made. */
const on = (
  operation: string,
  made: string,
  { more = {}, id = 'UniqueIdentifier' }: { readonly more?: Fields; readonly id?: string } = {},
): Step => ({
  name: `${operation} ${made} ${id}`,
  items(learnt) {
    const identifier = textAt(learnt(made), id);
    return identifier === null ? null : [[operation, { UniqueIdentifier: identifier, ...more }]];
  },
});

const since = (version: number, step: Step): Step => ({ ...step, since: version });

const gcm = { BlockCipherMode: 'GCM', RandomIV: true, IVLength: 12, TagLength: 16 };
const sha256 = { HashingAlgorithm: 'SHA_256' };
const Data = '00112233445566778899aabbccddeeff';
const aes = {
  CryptographicAlgorithm: 'AES',
  CryptographicLength: 256,
  CryptographicUsageMask: 'Encrypt|Decrypt',
};
const create: Asking = ['Create', { ObjectType: 'SymmetricKey', Attributes: aes }];
const reason = { RevocationReason: { RevocationReasonCode: 'CessationOfOperation' } };

const versions = since(1.1, alone('DiscoverVersions', {}));
const query = alone('Query', { QueryFunction: ['QueryOperations', 'QueryObjects'] });
const encrypt = since(1.4, on('Encrypt', 'key', { more: { CryptographicParameters: gcm, Data } }));
const key: Step = { name: 'key', items: () => [create] };
const state = on('GetAttributes', 'key', { more: { AttributeReference: 'State' } });

/** A key is made and used by the ID Placeholder. */
const placeholder: Step = {
  name: 'batch',
  items: () => [create, ['Activate', {}], ['GetAttributes', { AttributeReference: 'State' }]],
};

/** The life of one key. */
const short: readonly Step[] = [
  versions,
  query,
  key,
  state,
  on('Activate', 'key'),
  encrypt,
  placeholder,
  on('Get', 'key'),
  on('Revoke', 'key', { more: reason }),
  on('Destroy', 'key'),
];

const pair: Step = {
  name: 'pair',
  items: () => [
    [
      'CreateKeyPair',
      {
        CommonAttributes: {
          CryptographicAlgorithm: 'EC',
          CryptographicDomainParameters: { RecommendedCurve: 'P_256' },
        },
        PrivateKeyAttributes: { CryptographicUsageMask: 'Sign' },
        PublicKeyAttributes: { CryptographicUsageMask: 'Verify' },
      },
    ],
  ],
};
const half = { private: 'PrivateKeyUniqueIdentifier', public: 'PublicKeyUniqueIdentifier' };
const signing = {
  CryptographicParameters: { ...sha256, DigitalSignatureAlgorithm: 'ECDSAWithSHA256' },
  Data,
};

/** An operation that takes what another on the same object has given. */
const back = (
  operation: string,
  {
    of,
    made,
    id,
    names,
    more,
  }: {
    /** The step whose response it takes from. */
    readonly of: string;
    /** The step that made the object, and where its identifier stands. */
    readonly made: string;
    readonly id: string;
    readonly names: readonly string[];
    readonly more: Fields;
  },
): Step => ({
  name: operation,
  items(learnt) {
    const given = learnt(of);
    const identifier = textAt(learnt(made), id);
    if (given === null || identifier === null) return null;
    const taken = names.map((name) => [name, given[name]] as const);
    return [[operation, { UniqueIdentifier: identifier, ...more, ...Object.fromEntries(taken) }]];
  },
});

const decrypt = since(
  1.4,
  back('Decrypt', {
    of: encrypt.name,
    made: 'key',
    id: 'UniqueIdentifier',
    names: ['Data', 'IVCounterNonce', 'AuthenticatedEncryptionTag'],
    more: { CryptographicParameters: { ...gcm, RandomIV: undefined } },
  }),
);
const sign = since(1.2, on('Sign', 'pair', { more: signing, id: half.private }));
const verify = since(
  1.2,
  back('SignatureVerify', {
    of: sign.name,
    made: 'pair',
    id: half.public,
    names: ['SignatureData'],
    more: signing,
  }),
);

const registered: Step = {
  name: 'registered',
  items: () => [
    [
      'Register',
      {
        ObjectType: 'SymmetricKey',
        Attributes: {
          CryptographicAlgorithm: 'HMAC_SHA256',
          CryptographicLength: 256,
          CryptographicUsageMask: 'MACGenerate|MACVerify',
        },
        SymmetricKey: {
          KeyBlock: {
            KeyFormatType: 'Raw',
            KeyValue: { KeyMaterial: '0b'.repeat(32) },
            CryptographicAlgorithm: 'HMAC_SHA256',
            CryptographicLength: 256,
          },
        },
      },
    ],
  ],
};
const macing = { CryptographicParameters: { CryptographicAlgorithm: 'HMAC_SHA256' }, Data };
const mac = since(1.2, on('MAC', 'registered', { more: macing }));
const macVerify = since(
  1.2,
  back('MACVerify', {
    of: mac.name,
    made: 'registered',
    id: 'UniqueIdentifier',
    names: ['MACData'],
    more: macing,
  }),
);

const described = (Description: string) => ({ more: { NewAttribute: { Description } } });
const isDescription = { AttributeReference: 'Description' };

/** Every operation that is followed, each with what it needs. */
const full: readonly Step[] = [
  versions,
  query,
  key,
  on('GetAttributeList', 'key'),
  state,
  since(1.4, on('AddAttribute', 'key', described('of qkdspec'))),
  since(1.4, on('ModifyAttribute', 'key', described('of qkdspec again'))),
  since(2, on('SetAttribute', 'key', described('of qkdspec once more'))),
  since(1.4, on('DeleteAttribute', 'key', { more: isDescription })),
  alone('Locate', { Attributes: { ObjectType: 'SymmetricKey' } }),
  on('Check', 'key', { more: { CryptographicUsageMask: 'Encrypt' } }),
  on('Activate', 'key'),
  encrypt,
  decrypt,
  on('Get', 'key'),
  pair,
  on('Activate', 'pair', { id: half.private }),
  on('Activate', 'pair', { id: half.public }),
  sign,
  verify,
  on('Get', 'pair', { id: half.public }),
  registered,
  on('Activate', 'registered'),
  mac,
  macVerify,
  since(1.2, alone('Hash', { CryptographicParameters: sha256, Data })),
  since(1.2, alone('RNGRetrieve', { DataLength: 16 })),
  placeholder,
  { ...placeholder, name: 'undone', header: { BatchErrorContinuationOption: 'Undo' } },
  on('Revoke', 'key', { more: reason }),
  on('Destroy', 'key'),
  on('Revoke', 'registered', { more: reason }),
  on('Destroy', 'registered'),
  on('Revoke', 'pair', { more: reason, id: half.private }),
  on('Destroy', 'pair', { id: half.private }),
  on('Revoke', 'pair', { more: reason, id: half.public }),
  on('Destroy', 'pair', { id: half.public }),
];
