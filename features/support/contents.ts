import type { DataTable } from '@cucumber/cucumber';
import type { JudgedFrame } from '#src/index.ts';

/** A table of two columns as a content: each value is JSON, or the text itself. */
export function contentOf(table: DataTable): Readonly<Record<string, unknown>> {
  const rows = Object.entries(table.rowsHash());
  return Object.fromEntries(rows.map(([name, value]) => [name, literal(value)]));
}

/** A member of what a frame says; `undefined` where there is none. */
export function memberOf(frame: JudgedFrame | undefined, name: string): unknown {
  const content = frame?.perceived.payload['content'];
  if (typeof content !== 'object' || content === null) return undefined;
  return Object.getOwnPropertyDescriptor(content, name)?.value;
}

/** JSON of a value, for comparing and for people; a big integer is a number like any other. */
export function shown(value: unknown): string {
  const plain = (_: string, part: unknown) => (typeof part === 'bigint' ? Number(part) : part);
  return JSON.stringify(value, plain) ?? 'nothing';
}

function literal(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
