import { requirements } from '#models/kmip/index.ts';
import type { Requirement } from '#models/language/index.ts';
import type { Flaw } from '#src/contract/frame.ts';
import type { Encoding } from './frames.ts';
import { brokenRules } from './json/broken-rules.ts';
import type { Problem } from './tree.ts';
import type { Wire } from './wires.ts';

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

const ofJson: Readonly<Record<string, Requirement>> = brokenRules;

const usual: Readonly<Record<Encoding, Requirement>> = {
  ttlv: requirements.ttlvLengths,
  json: requirements.jsonValues,
  xml: requirements.xmlSyntax,
};

/**
 * What is wrong with how a message is written, as flaws of its sender's. `refusesPadding`: its
 * receiver reads nothing whose padding is not of zeros.
 */
export function encodingFlaws(
  problems: readonly Problem[],
  encoding: Encoding | null,
  { ownForm, refusesPadding }: Pick<Wire, 'ownForm'> & { readonly refusesPadding: boolean },
): readonly Flaw[] {
  /** Further ones that are all tolerable add nothing to the first. */
  const told = problems.filter(
    ({ kind, tolerable }) => tolerable !== true || (ownForm !== true && kind !== 'furtherProblems'),
  );
  const isTolerable = ({ kind, tolerable }: Problem) =>
    tolerable === true && !(refusesPadding && kind === 'nonZeroPadding');
  return told.map((problem) => ({
    kind: 'malformed',
    requirement: requirementOf(problem, encoding),
    detail: problem.path === '' ? problem.detail : `${problem.path}: ${problem.detail}`,
    ...(isTolerable(problem) ? { tolerable: true } : {}),
  }));
}

function requirementOf({ kind, tolerable }: Problem, encoding: Encoding | null): Requirement {
  const isRepaired = tolerable === true && kind !== 'byteOrderMark';
  if (encoding === 'json' && isRepaired) return requirements.jsonRepaired;
  const known = encoding === 'json' ? ofJson[kind] : encoding === 'ttlv' ? ofTtlv[kind] : undefined;
  return known ?? usual[encoding ?? 'ttlv'];
}
