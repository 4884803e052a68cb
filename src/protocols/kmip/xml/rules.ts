import type { Rules } from '../problem-log.ts';

/**
 * The rules of KMIP's XML encoding, each by the stable word of the problem of breaking it.
 *
 * @see KMIP Additional Message Encodings 1.0, 5 XML Encoding; KMIP Profiles 2.1
 */
export const rules = {
  // Of the text.
  tooLong: 'a text is no longer than the limit',
  notXml: 'a message is well-formed XML, without entities of its own',
  documentType: 'a message declares no document type',
  tooDeep: 'structures nest no deeper than the limit',
  tooManyItems: 'a document has no more than 500,000 items',
  noItem: 'a document holds an item',
  furtherProblems: 'only the first problems are told',

  // Of an element.
  strayText: 'text stands in attributes only',
  unknownAttribute: 'the attributes of an element are tag (of TTLV), name, type and value',
  unknownTag: 'an element is named by a tag of the KMIP version, or TTLV with the tag as hex',
  badTag: 'a tag is 0x and six hexadecimal digits',
  badType: 'a type is one of the eleven of KMIP',
  missingValue: 'an element that is no Structure has a value',
  structureValue: 'a Structure has elements, not a value',
  leafWithElements: 'an element that is no Structure has no elements within',

  // Of values.
  badNumber: 'an integer is decimal digits, or 0x and hexadecimal ones',
  outOfRange: 'a value lies within the range of its type',
  hexWidth: 'hex has all the digits of its type, leading zeros or signs included',
  badHex: 'bytes and Big Integers are hexadecimal digits without 0x, two a byte',
  badBoolean: 'a Boolean is true or false',
  badDate: 'a date is an XML Schema dateTime',
  dateWithoutZone: 'a date says its time zone',
  dateFraction: 'fractions of seconds are not used, and ignored',
  unknownEnumeration: 'a value is a name of its enumeration, or its number as hex',
  unknownMaskBit: 'the parts of a mask are names of its bits, or hex',
  maskSeparator: 'the parts of a mask are separated by blanks',
} as const;

/** The stable word of a problem of the XML encoding. */
export type XmlProblemKind = keyof typeof rules;

/** What a reader may as well accept: nothing is unclear. */
const tolerable = [
  ...(['hexWidth', 'dateWithoutZone', 'dateFraction', 'maskSeparator', 'strayText'] as const),
];

/** The rules, as a log of problems takes them. */
export const xmlRules: Rules<XmlProblemKind> = { texts: rules, tolerable: new Set(tolerable) };
