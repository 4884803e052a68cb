import type { Tag } from '../../tree.ts';
import { tags, type TagName } from '../../registry/tags.ts';

/** What the standard says of an attribute. */
export interface AttributeRule {
  readonly tag: Tag;
  /** Its name in KMIP 1.x; `undefined`: there is none. */
  readonly nameOfOne: string | undefined;
  /** The first minor version of 1.x that has it, or the first version of 2.x. */
  readonly since: readonly [major: number, minor: number];
  /** Gone since 2.0. */
  readonly onlyOne: boolean;
  readonly many: boolean;
  /**
   * What a client may do: nothing; set it as it makes the object; change it too; or also add and
   * delete it at any time.
   */
  readonly client: 'reads' | 'sets' | 'changes' | 'rules';
}

/** The rule of an attribute by its tag; `undefined`: that tag is no attribute. */
export function ruleOf(tag: Tag): AttributeRule | undefined {
  return byTag.get(tag);
}

/** The rule of an attribute by its name in KMIP 1.x, spelt exactly. */
export function ruleNamed(name: string): AttributeRule | undefined {
  return byName.get(name);
}

type Client = AttributeRule['client'];
/** Name in 1.x, or first version of 2.x; minor version of 1.x; who may set it; `many`. */
type Row = readonly [since: string, client: Client, many?: 'many'];

/** In 1.x under a name, since 1.`minor`: `Name/0`. In 2.x alone: `2.0`. `-`: in 1.x alone. */
// prettier-ignore
const rows: Readonly<Partial<Record<TagName, Row>>> = {
  UniqueIdentifier: ['Unique Identifier/0', 'reads'],
  ShortUniqueIdentifier: ['2.0', 'reads'],
  Name: ['Name/0', 'rules', 'many'],
  ObjectType: ['Object Type/0', 'reads'],
  CryptographicAlgorithm: ['Cryptographic Algorithm/0', 'sets'],
  CryptographicLength: ['Cryptographic Length/0', 'sets'],
  CryptographicParameters: ['Cryptographic Parameters/0', 'rules', 'many'],
  CryptographicDomainParameters: ['Cryptographic Domain Parameters/0', 'sets'],
  CertificateType: ['Certificate Type/0', 'sets'],
  CertificateLength: ['Certificate Length/1', 'reads'],
  CertificateIdentifier: ['-Certificate Identifier/0', 'reads'],
  CertificateSubject: ['-Certificate Subject/0', 'reads'],
  CertificateIssuer: ['-Certificate Issuer/0', 'reads'],
  X_509CertificateIdentifier: ['X.509 Certificate Identifier/1', 'reads'],
  X_509CertificateSubject: ['X.509 Certificate Subject/1', 'reads'],
  X_509CertificateIssuer: ['X.509 Certificate Issuer/1', 'reads'],
  CertificateSubjectCN: ['2.0', 'reads'], CertificateSubjectO: ['2.0', 'reads', 'many'],
  CertificateSubjectOU: ['2.0', 'reads', 'many'],
  CertificateSubjectEmail: ['2.0', 'reads', 'many'],
  CertificateSubjectC: ['2.0', 'reads', 'many'], CertificateSubjectST: ['2.0', 'reads', 'many'],
  CertificateSubjectL: ['2.0', 'reads', 'many'], CertificateSubjectUID: ['2.0', 'reads', 'many'],
  CertificateSubjectSerialNumber: ['2.0', 'reads', 'many'],
  CertificateSubjectTitle: ['2.0', 'reads', 'many'],
  CertificateSubjectDC: ['2.0', 'reads', 'many'],
  CertificateSubjectDNQualifier: ['2.0', 'reads', 'many'],
  CertificateIssuerCN: ['2.0', 'reads'], CertificateIssuerO: ['2.0', 'reads', 'many'],
  CertificateIssuerOU: ['2.0', 'reads', 'many'],
  CertificateIssuerEmail: ['2.0', 'reads', 'many'],
  CertificateIssuerC: ['2.0', 'reads', 'many'], CertificateIssuerST: ['2.0', 'reads', 'many'],
  CertificateIssuerL: ['2.0', 'reads', 'many'], CertificateIssuerUID: ['2.0', 'reads', 'many'],
  CertificateIssuerSerialNumber: ['2.0', 'reads', 'many'],
  CertificateIssuerTitle: ['2.0', 'reads', 'many'],
  CertificateIssuerDC: ['2.0', 'reads', 'many'],
  CertificateIssuerDNQualifier: ['2.0', 'reads', 'many'],
  DigitalSignatureAlgorithm: ['Digital Signature Algorithm/1', 'reads', 'many'],
  Digest: ['Digest/0', 'reads', 'many'],
  OperationPolicyName: ['-Operation Policy Name/0', 'sets'],
  CryptographicUsageMask: ['Cryptographic Usage Mask/0', 'sets'],
  LeaseTime: ['Lease Time/0', 'reads'],
  UsageLimits: ['Usage Limits/0', 'rules'],
  State: ['State/0', 'reads'],
  InitialDate: ['Initial Date/0', 'reads'],
  ActivationDate: ['Activation Date/0', 'changes'],
  ProcessStartDate: ['Process Start Date/0', 'changes'],
  ProtectStopDate: ['Protect Stop Date/0', 'changes'],
  DeactivationDate: ['Deactivation Date/0', 'changes'],
  DestroyDate: ['Destroy Date/0', 'reads'],
  CompromiseOccurrenceDate: ['Compromise Occurrence Date/0', 'reads'],
  CompromiseDate: ['Compromise Date/0', 'reads'],
  RevocationReason: ['Revocation Reason/0', 'reads'],
  ArchiveDate: ['Archive Date/0', 'reads'],
  ObjectGroup: ['Object Group/0', 'rules', 'many'],
  Fresh: ['Fresh/1', 'sets'],
  Link: ['Link/0', 'rules', 'many'],
  ApplicationSpecificInformation: ['Application Specific Information/0', 'rules', 'many'],
  ContactInformation: ['Contact Information/0', 'rules'],
  LastChangeDate: ['Last Change Date/0', 'reads'],
  AlternativeName: ['Alternative Name/2', 'rules', 'many'],
  KeyValuePresent: ['Key Value Present/2', 'reads'],
  KeyValueLocation: ['Key Value Location/2', 'rules', 'many'],
  OriginalCreationDate: ['Original Creation Date/2', 'sets'],
  RandomNumberGenerator: ['Random Number Generator/3', 'sets'],
  PKCS_12FriendlyName: ['PKCS#12 Friendly Name/4', 'rules'],
  Description: ['Description/4', 'rules'],
  Comment: ['Comment/4', 'rules'],
  Sensitive: ['Sensitive/4', 'changes'],
  AlwaysSensitive: ['Always Sensitive/4', 'reads'],
  Extractable: ['Extractable/4', 'changes'],
  NeverExtractable: ['Never Extractable/4', 'reads'],
  KeyFormatType: ['2.0', 'sets'],
  NISTKeyType: ['2.0', 'rules', 'many'],
  OpaqueDataType: ['2.0', 'sets'],
  ProtectionLevel: ['2.0', 'rules'],
  ProtectionPeriod: ['2.0', 'rules'],
  ProtectionStorageMask: ['2.0', 'reads'],
  QuantumSafe: ['2.0', 'rules'],
  Attribute: ['2.0', 'rules', 'many'],
};

const byTag = new Map<Tag, AttributeRule>();
const byName = new Map<string, AttributeRule>();
for (const rule of Object.keys(tags).filter(isTagName).flatMap(rulesOf)) {
  byTag.set(rule.tag, rule);
  if (rule.nameOfOne !== undefined) byName.set(rule.nameOfOne, rule);
}

function rulesOf(name: TagName): readonly AttributeRule[] {
  const row = rows[name];
  if (row === undefined) return [];
  const [first, client, many] = row;
  const [spelt, minor] = first.split('/');
  const isOfOne = spelt !== undefined && minor !== undefined;
  return [
    {
      tag: tags[name],
      nameOfOne: isOfOne ? spelt.replace(/^-/, '') : undefined,
      since: isOfOne ? [1, Number(minor)] : [2, 0],
      onlyOne: first.startsWith('-'),
      many: many === 'many',
      client,
    },
  ];
}

function isTagName(name: string): name is TagName {
  return Object.hasOwn(tags, name);
}
