import { operations, type OperationKey } from './operations.ts';
import { structures } from './structures.ts';

/** The fields of two payloads, as `operations` writes them. */
interface Payloads {
  readonly request: string;
  readonly response: string;
}

const templates = {
  pair: 'CommonTemplateAttribute? PrivateKeyTemplateAttribute? PublicKeyTemplateAttribute?',
  pairMade: 'PrivateKeyTemplateAttribute? PublicKeyTemplateAttribute?',
  objects:
    'Certificate? SymmetricKey? PrivateKey? PublicKey? SplitKey? Template? SecretData? ' +
    'OpaqueObject? PGPKey?',
} as const;

/**
 * The payloads that KMIP 1.x writes otherwise: attributes in templates or bare, each with its name.
 * @see KMIP 1.4, Client-to-Server Operations
 */
// prettier-ignore
const payloadsOfOne: Partial<Readonly<Record<OperationKey, Payloads>>> = {
  create:           { request: 'ObjectType TemplateAttribute', response: 'ObjectType UniqueIdentifier TemplateAttribute?' },
  createKeyPair:    { request: templates.pair, response: `PrivateKeyUniqueIdentifier PublicKeyUniqueIdentifier ${templates.pairMade}` },
  register:         { request: `ObjectType TemplateAttribute ${templates.objects}`, response: 'UniqueIdentifier TemplateAttribute?' },
  locate:           { request: 'MaximumItems? OffsetItems? StorageStatusMask? ObjectGroupMember? Attribute*', response: 'LocatedItems? UniqueIdentifier*' },
  get:              { request: operations.get.request, response: `ObjectType UniqueIdentifier ${templates.objects}` },
  getAttributes:    { request: 'UniqueIdentifier? AttributeName*', response: 'UniqueIdentifier Attribute*' },
  getAttributeList: { request: 'UniqueIdentifier?', response: 'UniqueIdentifier AttributeName*' },
  addAttribute:     { request: 'UniqueIdentifier? Attribute', response: 'UniqueIdentifier Attribute' },
  modifyAttribute:  { request: 'UniqueIdentifier? Attribute', response: 'UniqueIdentifier Attribute' },
  deleteAttribute:  { request: 'UniqueIdentifier? AttributeName AttributeIndex?', response: 'UniqueIdentifier Attribute' },
};

/** The fields of an operation's payloads in a version such as `1.4`. */
export function payloadsIn(version: string, key: OperationKey): Payloads {
  return (isOfOne(version) ? payloadsOfOne[key] : undefined) ?? operations[key];
}

type StructureName = keyof typeof structures;

/** What a structure has in later versions only. */
const later: Partial<Readonly<Record<StructureName, Readonly<Record<string, number>>>>> = {
  RequestHeader: {
    ClientCorrelationValue: 1.4,
    ServerCorrelationValue: 1.4,
    AttestationCapableIndicator: 1.2,
    AttestationType: 1.2,
  },
  ResponseHeader: {
    ClientCorrelationValue: 1.4,
    ServerCorrelationValue: 1.4,
    Nonce: 1.2,
    AttestationType: 1.2,
    ServerHashedPassword: 2,
  },
  requestItem: { Ephemeral: 2 },
};

/** The same texts again and again: rules are kept by them. */
const written = new Map<string, string>();
/** Versions that a header can name are without number. */
const mostWritten = 256;

/** The fields of messages besides payloads in a version such as `1.4`; in any other those of 2.1. */
export function structureIn(version: string, name: StructureName): string {
  const key = `${version} ${name}`;
  const known = written.get(key);
  if (known !== undefined) return known;
  const fields = fieldsIn(version, name);
  if (written.size < mostWritten) written.set(key, fields);
  return fields;
}

function fieldsIn(version: string, name: StructureName): string {
  const since = later[name];
  const said = Number(version);
  if (since === undefined || Number.isNaN(said)) return structures[name];
  return structures[name]
    .split(' ')
    .filter((word) => (since[word.replace(/[?*+]$/, '')] ?? 1) <= said)
    .join(' ');
}

function isOfOne(version: string): boolean {
  return version.startsWith('1.');
}
