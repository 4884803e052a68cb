import { codeOf, errorCodes, kmsCodes, member, requirements } from '#models/central-kms/index.ts';
import type { Audit } from '#src/contract/protocol.ts';
import { errorTexts } from '../refusals.ts';
import { audit, auditOfBoth, contentIn, textOf, type Look } from './look.ts';

const listed: readonly number[] = [...Object.values(errorCodes), ...Object.values(kmsCodes)];

const texts = (): Look => (frame) => {
  const code = codeOf(contentIn(frame));
  const wanted = code === null ? undefined : errorTexts[code];
  const got = member(member(contentIn(frame), 'error'), 'message');
  if (wanted === undefined || got === wanted) return null;
  return `Error ${code} has another text than '${wanted}'.`;
};

const codesListed = (): Look => (frame) => {
  const code = codeOf(contentIn(frame));
  return code === null || listed.includes(code) ? null : `The code ${code} is not listed.`;
};

const codesReserved = (): Look => (frame) => {
  const code = codeOf(contentIn(frame));
  if (code === null || code < -32768 || code > -32000 || code >= -32099) return null;
  return Object.values<number>(errorCodes).includes(code) ? null : `The code ${code} is reserved.`;
};

/** A refused version is told which one is spoken. */
const versionNamed = (): Look => {
  const asked = new Map<number, string>();
  return (frame) => {
    const { message } = frame.perceived;
    if (message === 'upgrade')
      asked.set(frame.session, String(member(contentIn(frame), 'version')));
    const version = asked.get(frame.session);
    if (message !== 'upgradeRefused' || version === undefined || !/^\d+$/.test(version))
      return null;
    const versions = member(contentIn(frame), 'versions');
    const isNamed = Array.isArray(versions) && versions.includes('13');
    return version === '13' || isNamed ? null : `Version ${version} was refused, 13 not named.`;
  };
};

const passedOver = (frame: Parameters<Look>[0]): readonly unknown[] => {
  const list = frame.perceived.payload['passedOver'];
  return Array.isArray(list) ? list : [];
};

const lengths = (): Look => (frame) =>
  passedOver(frame).includes('lengthNotMinimal')
    ? 'A length takes more bytes than it needs.'
    : null;

const names = (): Look => (frame) =>
  passedOver(frame).includes('memberTwice') ? 'An object has two members of one name.' : null;

const binary = (): Look => (frame) =>
  passedOver(frame).includes('binary') ? 'A message came as binary.' : null;

/** Hexadecimal digits of an Ed25519 signature: that a KMS takes the text behind it makes it no longer. */
const signatureDigits = 128;

const attached = (): Look => (frame) => {
  const signature = textOf(frame, 'challenge', ['params', 'batchSignature']) ?? '';
  return signature.length > signatureDigits
    ? 'More than a signature came as batchSignature.'
    : null;
};

/** What errors say, and how messages are written. */
export const errorAudits: readonly Audit[] = [
  audit(requirements.reservedCodes, codesReserved),
  auditOfBoth(requirements.versionRefused, versionNamed),
  audit(requirements.messagesAreText, binary),
  audit(requirements.signatureLength, attached),
  audit(requirements.lengthsMinimal, lengths),
  audit(requirements.errorTexts, texts, ['errorTexts', 'free']),
  audit(requirements.listedCodes, codesListed, ['unlistedCodes', 'anytime']),
  audit(requirements.memberNamesUnique, names),
];
