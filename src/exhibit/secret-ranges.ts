/** A run of bytes: from the first to behind the last. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Where key material lies in a frame, in order and without overlaps. What is not found as it should
 * lie there (cut into chunks, masked, escaped) makes all of the frame key material; so does `null`.
 */
export function secretRanges(
  frame: Uint8Array,
  secrets: readonly Uint8Array[] | null,
): readonly ByteRange[] {
  if (secrets === null) return frame.length === 0 ? [] : [{ from: 0, to: frame.length }];
  const bytes = Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength);
  const ranges: ByteRange[] = [];
  for (const secret of secrets) {
    if (secret.length === 0) continue;
    const found = occurrences(bytes, secret);
    if (found.length === 0) return secretRanges(frame, null);
    ranges.push(...found);
  }
  return joined(ranges.toSorted((left, right) => left.from - right.from));
}

function occurrences(bytes: Buffer, secret: Uint8Array): readonly ByteRange[] {
  const found: ByteRange[] = [];
  for (let from = bytes.indexOf(secret); from !== -1;) {
    found.push({ from, to: from + secret.length });
    from = bytes.indexOf(secret, from + secret.length);
  }
  return found;
}

function joined(sorted: readonly ByteRange[]): readonly ByteRange[] {
  const apart: ByteRange[] = [];
  for (const range of sorted) {
    const last = apart.at(-1);
    if (last === undefined || range.from > last.to) apart.push(range);
    else apart[apart.length - 1] = { from: last.from, to: Math.max(last.to, range.to) };
  }
  return apart;
}
