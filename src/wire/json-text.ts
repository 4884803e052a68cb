/** A content as it is written: JSON in UTF-8; integers beyond the double's keep their digits. */
export function contentText(content: unknown): Uint8Array {
  return Buffer.from(jsonText(content), 'utf8');
}

/** The same as text; what JSON has no form for is left out. */
export function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'null';
  } catch {
    return exactText(value);
  }
}

/** The slow way, where there is a bigint: the engine refuses it. */
function exactText(value: unknown): string {
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return `[${value.map(exactText).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => `${JSON.stringify(name)}:${exactText(member)}`);
  return `{${members.join(',')}}`;
}
