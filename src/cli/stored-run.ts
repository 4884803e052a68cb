import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Report } from '#src/contract/report.ts';
import { reportSchema } from '#src/report/report-schema.ts';
import { validator } from '#src/wire/schema.ts';
import { codeOf } from './folder.ts';
import { formats } from './formats.ts';
import { usage } from './usage.ts';

const schemaName = 'qkdspec-report/1';

/** A run that was read from where it is stored. */
export interface StoredRun {
  readonly report: Report;
  readonly folder: string;
}

/**
 * The run in a folder, or of a report.json.
 * @throws HarnessError `usage` where there is none, or what is there cannot be read.
 */
export function readRun(path: string): StoredRun {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  const file = isFolder ? join(path, formats['json']?.path ?? '') : path;
  const value = parsed(file);
  const version = member(value, 'schema');
  if (version !== schemaName) {
    const by = member(member(value, 'tool'), 'version');
    const writer = typeof by === 'string' ? `, written by qkdspec ${by}` : '';
    const told = typeof version === 'string' ? `${version}${writer}` : 'no report of qkdspec';
    throw usage(`${file} is ${told}; this qkdspec reads ${schemaName}`);
  }
  if (!isReport(value)) {
    const [problem = { path: '', message: 'is no report' }] = validator(reportSchema)(value);
    const at = problem.path.slice(1) || 'it';
    throw usage(`${file} is no ${schemaName}: ${at} ${problem.message}`);
  }
  return { report: value, folder: dirname(file) };
}

/** The schema says more than its type does: names of verdicts are texts to it. */
function isReport(value: unknown): value is Report {
  return validator(reportSchema)(value).length === 0;
}

function parsed(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw usage(`cannot read the run: ${file}: ${codeOf(cause)}`, { cause });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw usage(`${file} is not JSON`, { cause });
  }
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
