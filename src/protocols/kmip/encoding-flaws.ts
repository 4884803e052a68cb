import { requirements } from '#models/kmip/index.ts';
import type { Requirement } from '#models/language/index.ts';
import type { Flaw } from '#src/contract/frame.ts';
import type { Encoding } from './frames.ts';
import type { Problem } from './tree.ts';

/** The requirement that each problem of binary TTLV breaks. */
const ofTtlv: Readonly<Record<string, Requirement>> = {
  foreignTag: requirements.ttlvTags,
  unknownType: requirements.ttlvTypes,
  wrongLength: requirements.ttlvLengths,
  unalignedLength: requirements.ttlvLengths,
  childOverrun: requirements.childrenInside,
  truncated: requirements.childrenInside,
  missingPadding: requirements.ttlvPadding,
  trailingBytes: requirements.childrenInside,
  booleanValue: requirements.booleanValues,
  notUtf8: requirements.textIsUtf8,
  nulTerminated: requirements.textIsUtf8,
  overlongBigInteger: requirements.bigIntegerLength,
  nonZeroPadding: requirements.paddingZero,
  unbelievableHeader: requirements.ttlvTags,
  tooDeep: requirements.depthLimited,
  tooLong: requirements.lengthLimited,
};

const usual: Readonly<Record<Encoding, Requirement>> = {
  ttlv: requirements.ttlvLengths,
  json: requirements.jsonValues,
  xml: requirements.xmlSyntax,
};

/** What is wrong with how a message is written, as flaws of its sender's. */
export function encodingFlaws(
  problems: readonly Problem[],
  encoding: Encoding | null,
): readonly Flaw[] {
  return problems.map(({ kind, detail, path, tolerable }) => ({
    kind: 'malformed',
    requirement: (encoding === 'ttlv' ? ofTtlv[kind] : undefined) ?? usual[encoding ?? 'ttlv'],
    detail: path === '' ? detail : `${path}: ${detail}`,
    ...(tolerable ? { tolerable } : {}),
  }));
}
