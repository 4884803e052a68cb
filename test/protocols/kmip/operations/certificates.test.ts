import { readFileSync } from 'node:fs';
import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import * as items from '#src/protocols/kmip/operations/model/items.ts';
import { enumerations } from '#src/protocols/kmip/registry/enumerations.ts';
import { tags } from '#src/protocols/kmip/registry/tags.ts';
import { ask, identifierOf, outcomes, payloadOf, testServer, uid } from './talk.ts';

const file = new URL('../../../../fixtures/certificates/kms.pem', import.meta.url);
const certificate = new X509Certificate(readFileSync(file));

function registered(value: Uint8Array) {
  const server = testServer();
  const type = items.enumeration(tags.CertificateType, enumerations.CertificateType.X_509);
  const response = ask(server, 'Register', [
    items.enumeration(tags.ObjectType, enumerations.ObjectType.Certificate),
    items.structure(tags.Attributes),
    items.structure(tags.Certificate, [type, items.bytes(tags.CertificateValue, value)]),
  ]);
  const identifier = identifierOf(response);
  const told = ask(server, 'GetAttributes', [uid(identifier)]);
  return { server, identifier, attributes: items.part(payloadOf(told), tags.Attributes) };
}

describe('a certificate', () => {
  const { server, identifier, attributes } = registered(certificate.raw);

  it('tells its names, its length and how it is signed', () => {
    const common = /CN=(.*)/.exec(certificate.subject)?.[1];
    expect(common).toBeTruthy();
    expect(items.textOf(attributes, tags.CertificateSubjectCN)).toBe(common);
    expect(items.textOf(attributes, tags.CertificateIssuerCN)).toBe(
      /CN=(.*)/.exec(certificate.issuer)?.[1],
    );
    expect(items.integerOf(attributes, tags.CertificateLength)).toBe(certificate.raw.length);
    expect(items.enumerationOf(attributes, tags.DigitalSignatureAlgorithm)).toBeDefined();
  });

  it('tells its serial number', () => {
    const own = items.part(attributes, tags.X_509CertificateIdentifier);
    const serial = Buffer.from(items.bytesOf(own, tags.CertificateSerialNumber) ?? []);
    expect(serial.toString('hex').replace(/^(00)+/, '')).toBe(
      certificate.serialNumber.toLowerCase().replace(/^(00)+/, ''),
    );
  });

  it('is given back as it came, also as X.509', () => {
    const format = items.enumeration(tags.KeyFormatType, enumerations.KeyFormatType.X_509);
    for (const more of [[], [format]]) {
      const body = items.part(
        payloadOf(ask(server, 'Get', [uid(identifier), ...more])),
        tags.Certificate,
      );
      expect(Buffer.from(items.bytesOf(body, tags.CertificateValue) ?? [])).toEqual(
        certificate.raw,
      );
    }
    const raw = items.enumeration(tags.KeyFormatType, enumerations.KeyFormatType.Raw);
    expect(outcomes(ask(server, 'Get', [uid(identifier), raw]))).toEqual([
      'KeyFormatTypeNotSupported',
    ]);
  });

  it('may be any bytes: those tell their length only', () => {
    const nonsense = registered(Uint8Array.of(0x30, 0x84, 0xff, 0xff, 0xff, 0xff, 0));
    expect(items.integerOf(nonsense.attributes, tags.CertificateLength)).toBe(7);
    expect(items.part(nonsense.attributes, tags.CertificateSubjectCN)).toBeUndefined();
  });
});
