import { X509Certificate } from 'node:crypto';
import type { Item, Tag } from '../../tree.ts';
import { enumerations } from '../../registry/enumerations.ts';
import { tags } from '../../registry/tags.ts';
import * as items from '../model/items.ts';
import { derElements } from './der.ts';

/** The attributes that an X.509 certificate says of itself; of what is none nothing. */
export function certificateAttributes(value: Uint8Array): readonly Item[] {
  const certificate = parsed(value);
  if (certificate === null) return [items.integer(tags.CertificateLength, value.length)];
  return [
    items.integer(tags.CertificateLength, value.length),
    ...keyAttributes(certificate),
    ...names(certificate.subject, subjectTags),
    ...names(certificate.issuer, issuerTags),
    ...identifiers(value),
  ];
}

function parsed(value: Uint8Array): X509Certificate | null {
  try {
    return new X509Certificate(value);
  } catch {
    return null;
  }
}

function keyAttributes(certificate: X509Certificate): readonly Item[] {
  const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey;
  const { RSA, EC } = enumerations.CryptographicAlgorithm;
  const bits = asymmetricKeyDetails?.modulusLength;
  if (asymmetricKeyType === 'ec') return [items.enumeration(tags.CryptographicAlgorithm, EC)];
  if (asymmetricKeyType !== 'rsa' || bits === undefined) return [];
  return [
    items.enumeration(tags.CryptographicAlgorithm, RSA),
    items.integer(tags.CryptographicLength, bits),
  ];
}

/** One line a part, as OpenSSL writes distinguished names: `CN=…`. */
function names(distinguished: string, known: ReadonlyMap<string, Tag>): readonly Item[] {
  return distinguished.split('\n').flatMap((line) => {
    const border = line.indexOf('=');
    const tag = known.get(line.slice(0, border));
    return tag === undefined ? [] : [items.text(tag, line.slice(border + 1))];
  });
}

const subjectTags: ReadonlyMap<string, Tag> = new Map([
  ['CN', tags.CertificateSubjectCN],
  ['O', tags.CertificateSubjectO],
  ['OU', tags.CertificateSubjectOU],
  ['emailAddress', tags.CertificateSubjectEmail],
  ['C', tags.CertificateSubjectC],
  ['ST', tags.CertificateSubjectST],
  ['L', tags.CertificateSubjectL],
  ['UID', tags.CertificateSubjectUID],
  ['serialNumber', tags.CertificateSubjectSerialNumber],
  ['title', tags.CertificateSubjectTitle],
  ['DC', tags.CertificateSubjectDC],
  ['dnQualifier', tags.CertificateSubjectDNQualifier],
]);
const issuerTags: ReadonlyMap<string, Tag> = new Map([
  ['CN', tags.CertificateIssuerCN],
  ['O', tags.CertificateIssuerO],
  ['OU', tags.CertificateIssuerOU],
  ['emailAddress', tags.CertificateIssuerEmail],
  ['C', tags.CertificateIssuerC],
  ['ST', tags.CertificateIssuerST],
  ['L', tags.CertificateIssuerL],
  ['UID', tags.CertificateIssuerUID],
  ['serialNumber', tags.CertificateIssuerSerialNumber],
  ['title', tags.CertificateIssuerTitle],
  ['DC', tags.CertificateIssuerDC],
  ['dnQualifier', tags.CertificateIssuerDNQualifier],
]);

/**
 * Names and serial number as DER, and how it is signed.
 * @see RFC 5280, 4.1: version, serial number, signature, issuer, validity, subject
 */
function identifiers(value: Uint8Array): readonly Item[] {
  const [certificate] = derElements(value);
  const [toBeSigned] = derElements(certificate?.content ?? new Uint8Array());
  const fields = derElements(toBeSigned?.content ?? new Uint8Array());
  const [serial, signature, issuer, , subject] = fields[0]?.tag === 0xa0 ? fields.slice(1) : fields;
  if (serial === undefined || issuer === undefined || subject === undefined) return [];
  const [object] = derElements(signature?.content ?? new Uint8Array());
  const algorithm = signatureAlgorithms.get(Buffer.from(object?.content ?? []).toString('hex'));
  const issuerName = items.bytes(tags.IssuerDistinguishedName, issuer.whole);
  return [
    ...(algorithm === undefined
      ? []
      : [items.enumeration(tags.DigitalSignatureAlgorithm, algorithm)]),
    items.structure(tags.X_509CertificateIdentifier, [
      issuerName,
      items.bytes(tags.CertificateSerialNumber, serial.content),
    ]),
    items.structure(tags.X_509CertificateIssuer, [issuerName]),
    items.structure(tags.X_509CertificateSubject, [
      items.bytes(tags.SubjectDistinguishedName, subject.whole),
    ]),
  ];
}

const signatures = enumerations.DigitalSignatureAlgorithm;

/** By their object identifiers, as hex. */
const signatureAlgorithms: ReadonlyMap<string, number> = new Map([
  ['2a864886f70d010102', signatures.MD2WithRSAEncryption],
  ['2a864886f70d010104', signatures.MD5WithRSAEncryption],
  ['2a864886f70d010105', signatures.SHA_1WithRSAEncryption],
  ['2a864886f70d01010e', signatures.SHA_224WithRSAEncryption],
  ['2a864886f70d01010b', signatures.SHA_256WithRSAEncryption],
  ['2a864886f70d01010c', signatures.SHA_384WithRSAEncryption],
  ['2a864886f70d01010d', signatures.SHA_512WithRSAEncryption],
  ['2a864886f70d01010a', signatures.RSASSA_PSS],
  ['2a8648ce3d0401', signatures.ECDSAWithSHA_1],
  ['2a8648ce3d040301', signatures.ECDSAWithSHA224],
  ['2a8648ce3d040302', signatures.ECDSAWithSHA256],
  ['2a8648ce3d040303', signatures.ECDSAWithSHA384],
  ['2a8648ce3d040304', signatures.ECDSAWithSHA512],
]);
