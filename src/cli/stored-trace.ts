import { readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { Trace } from '#src/contract/trace.ts';
import { readTrace } from '#src/report/trace-file.ts';
import { usage } from './usage.ts';

/**
 * A trace of a run, by its file.
 * @throws HarnessError `usage` where it is not there, or is no trace.
 */
export function storedTrace(folder: string, file: string): Trace {
  const path = isAbsolute(file) ? file : join(folder, file);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw usage(`cannot read the trace ${path}`, { cause });
  }
  const read = readTrace(text);
  if (!read.ok) throw usage(`${path} is no qkdspec-trace/1: ${read.problem}`);
  return read.trace;
}
