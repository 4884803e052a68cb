import type { FrameRecord } from '../record.ts';

/** A frame as hexadecimal and text, sixteen bytes a line; of key material the length alone. */
export function hexLines({ bytes, length }: Pick<FrameRecord, 'bytes' | 'length'>): string {
  const lines = [];
  let at = 0;
  for (const part of bytes) {
    const offset = at.toString(16).padStart(4, '0');
    if (typeof part === 'number') {
      lines.push(`${offset}  ·· ${part} byte${part === 1 ? '' : 's'}, secret`);
      at += part;
      continue;
    }
    lines.push(...plainHexLines(part, at));
    at += part.length / 2;
  }
  if (at < length) lines.push(`${at.toString(16).padStart(4, '0')}  … ${length - at} bytes more`);
  return lines.join('\n');
}

/** Sixteen bytes a line, without secrets. */
export function plainHexLines(digits: string, from: number): readonly string[] {
  const lines = digits.match(/.{1,32}/g) ?? [];
  return lines.map((line, index) => {
    const bytes = line.match(/../g) ?? [];
    const text = bytes.map((byte) => {
      const code = Number.parseInt(byte, 16);
      return code > 31 && code < 127 ? String.fromCharCode(code) : '.';
    });
    const offset = (from + index * 16).toString(16).padStart(4, '0');
    return `${offset}  ${bytes.join(' ').padEnd(47)}  ${text.join('')}`;
  });
}
