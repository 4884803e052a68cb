/** The rules of KMIP's JSON encoding, each by the stable word of the problem of breaking it. */
export const rules = {
  // Of the text.
  tooLong: 'a text is no longer than the limit',
  byteOrderMark: 'JSON begins without a byte order mark (RFC 8259, 8.1)',
  notJson: 'a message is JSON (RFC 8259)',
  trailingComma: 'no comma stands before a closing bracket (RFC 8259)',
  missingBracket: 'every bracket is closed (RFC 8259)',
  strayBracket: 'a closing bracket closes one that is open (RFC 8259)',
  textAfterEnd: 'a message is one JSON value',
  tooDeep: 'structures nest no deeper than the limit',
  loneSurrogate: 'text is Unicode: surrogates come in pairs',
  furtherProblems: 'only the first problems are told',

  // Of an item's object.
  notAnObject: 'an item is a JSON object',
  nestedArray: 'an item is a JSON object, not an array of items',
  unknownKey: 'the keys of an item are tag, name, type and value',
  duplicateKey: 'an object has a key once (RFC 8259, 4)',
  missingTag: 'an item has a tag',
  badTag: 'a tag is a name, or 0x and six hexadecimal digits',
  foreignTag: 'tags begin with 42 (the standard) or 54 (extensions)',
  unknownTag: 'a tag is a name of the KMIP version, or its number as hex',
  badName: 'the name of an item is text',
  badType: 'a type is one of the eleven of KMIP',
  missingType: 'only structures may leave out their type',
  missingValue: 'an item has a value',

  // Of values.
  wrongForm: 'a value has a JSON form that its type allows',
  badHex: 'hex is 0x and hexadecimal digits; bytes are an even number of them without 0x',
  hexWidth: 'hex has all the digits of its type, leading zeros or signs included',
  outOfRange: 'a value lies within the range of its type',
  largeNumber: 'integers of a magnitude of 2^52 or more are hex, not numbers',
  numberForm: 'integers are written without fraction and exponent',
  unknownEnumeration: 'a value is a name of its enumeration, or its number',
  unknownMaskBit: 'the parts of a mask are names of its bits, or hex',
  badDate: 'a date is an XML Schema dateTime, or hex',
  dateWithoutZone: 'a date says its time zone',
  dateFraction: 'fractions of seconds are not used, and ignored',

  // What only dialects read.
  tagAlias: 'an item has the tag that the standard gives it',
  tagSpelling: 'the name of a tag is spelt as the standard normalises it',
  tagMistyped: 'the name of a tag has no slip of the pen',
  enumerationSpelling: 'the name of a value is spelt as the standard normalises it',
  bareOperation: 'an operation stands in the batch item of a message',
  nestedBatchItem: 'batch items stand beside each other in the message',
  wrappedRepeat: 'what repeats is repeated, without a structure around it',
  wrappedValue: 'a field that is no structure has its value, not a structure with it',
  otherType: 'an item has the type that the standard gives its tag',
} as const;

/** The stable word of a problem of the JSON encoding. */
export type JsonProblemKind = keyof typeof rules;
