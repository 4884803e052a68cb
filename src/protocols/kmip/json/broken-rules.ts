import { requirements } from '#models/kmip/index.ts';
import type { Requirement } from '#models/language/index.ts';
import type { JsonProblemKind } from './problem-kinds.ts';

/** The requirement that each problem of JSON breaks, where no dialect tolerates it. */
export const brokenRules: Readonly<Record<JsonProblemKind, Requirement>> = {
  tooLong: requirements.lengthLimited,
  byteOrderMark: requirements.jsonSyntax,
  notJson: requirements.jsonSyntax,
  trailingComma: requirements.jsonSyntax,
  missingBracket: requirements.jsonSyntax,
  strayBracket: requirements.jsonSyntax,
  textAfterEnd: requirements.jsonSyntax,
  tooDeep: requirements.depthLimited,
  loneSurrogate: requirements.textIsUtf8,
  furtherProblems: requirements.jsonSyntax,

  notAnObject: requirements.jsonObjects,
  nestedArray: requirements.jsonObjects,
  unknownKey: requirements.jsonObjects,
  duplicateKey: requirements.jsonObjects,
  missingTag: requirements.jsonObjects,
  badTag: requirements.jsonTags,
  foreignTag: requirements.ttlvTags,
  unknownTag: requirements.jsonTags,
  badName: requirements.jsonObjects,
  badType: requirements.jsonTypes,
  missingType: requirements.jsonTypes,
  missingValue: requirements.jsonObjects,

  wrongForm: requirements.jsonValues,
  badHex: requirements.jsonValues,
  hexWidth: requirements.jsonValues,
  outOfRange: requirements.jsonValues,
  largeNumber: requirements.jsonLargeNumbers,
  numberForm: requirements.jsonValues,
  unknownEnumeration: requirements.jsonValues,
  unknownMaskBit: requirements.jsonValues,
  badDate: requirements.jsonValues,
  dateWithoutZone: requirements.jsonValues,
  dateFraction: requirements.jsonValues,

  tagAlias: requirements.jsonTags,
  tagSpelling: requirements.jsonTags,
  tagMistyped: requirements.jsonTags,
  enumerationSpelling: requirements.jsonValues,
  bareOperation: requirements.jsonTags,
  nestedBatchItem: requirements.jsonObjects,
  wrappedRepeat: requirements.jsonObjects,
  wrappedValue: requirements.jsonValues,
  otherType: requirements.jsonTypes,
};
