/** Opcodes that nobody may use yet. @see RFC 6455, section 11.8 */
export const reservedOpcodes: Readonly<Record<string, number>> = {
  'opcode-3': 3,
  'opcode-7': 7,
  'opcode-11': 11,
  'opcode-15': 15,
};

/** Bytes that are no UTF-8, in hexadecimal digits. */
export const brokenTexts: Readonly<Record<string, string>> = {
  'utf8-lone-continuation': '7b80',
  'utf8-overlong': 'c0af',
  'utf8-surrogate': 'eda080',
  'utf8-beyond-unicode': 'f4908080',
  'utf8-cut': '7be282',
};

/** Codes that no close frame may have. @see RFC 6455, section 7.4 */
export const closeCodesOdd: Readonly<Record<string, number>> = {
  'close-code-0': 0,
  'close-code-999': 999,
  'close-code-1004': 1004,
  'close-code-1005': 1005,
  'close-code-1006': 1006,
  'close-code-1015': 1015,
  'close-code-2999': 2999,
  'close-code-5000': 5000,
};

/** Codes that may be sent; `null`: none. */
export const closeCodesGood: Readonly<Record<string, number | null>> = {
  'code-none': null,
  'code-1000': 1000,
  'code-1001': 1001,
  'code-1011': 1011,
  'code-3000': 3000,
  'code-4999': 4999,
};

/** The two bytes of a close code. */
export function codeBytes(code: number): Uint8Array {
  return Uint8Array.of(code >> 8, code & 0xff);
}
