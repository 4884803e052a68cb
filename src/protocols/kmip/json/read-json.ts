import { defaultLimits, type Item, type Limits, type ReadTree, type Version } from '../tree.ts';
import { Cursor } from './cursor.ts';
import type { Dialect } from './dialect.ts';
import { oasis } from './dialects/oasis.ts';
import { ItemReader } from './item-reader.ts';
import { mend } from './mend.ts';
import { ProblemList } from './problem-list.ts';
import type { Reading } from './reading.ts';

/**
 * Reads one item, a message as a rule, from JSON; never throws.
 *
 * A text that is not quite JSON is mended and read on: what was mended is a problem like all
 * others, which only some dialects tolerate. Numbers are read exactly; items whose value cannot be
 * read are left out. Texts of more than `limits.bytes` UTF-16 units are not read at all, and
 * structures no deeper than 1,000, whatever `limits` say.
 *
 * @see KMIP Additional Message Encodings 1.0, JSON Profile; KMIP Profiles 2.1
 */
export function readJson(
  text: string,
  version: Version,
  dialect: Dialect = oasis,
  limits: Limits = defaultLimits,
): ReadTree {
  const { tolerates } = dialect.reading;
  if (text.length > limits.bytes) {
    const problems = new ProblemList();
    problems.add({ kind: 'tooLong', at: 0, found: `${text.length} characters` });
    return { item: null, problems: problems.told(text, tolerates) };
  }
  const reading = { version, dialect, limits };
  const asItIs = new ProblemList();
  const first = attempt({ ...reading, text, problems: asItIs });
  const mended = first.isJson ? null : mend(text);
  if (mended === null || mended.changes.length === 0) {
    return { item: first.item, problems: asItIs.told(text, tolerates) };
  }
  const problems = new ProblemList(mended.offsetOf, mended.changes);
  const { item } = attempt({ ...reading, text: mended.text, problems });
  return { item, problems: problems.told(text, tolerates) };
}

function attempt(reading: Reading): { readonly item: Item | null; readonly isJson: boolean } {
  const { text, problems } = reading;
  const cursor = new Cursor(text);
  if (text.startsWith(byteOrderMark)) {
    problems.add({ kind: 'byteOrderMark', at: 0, found: 'U+FEFF' });
    cursor.at = 1;
  }
  const item = new ItemReader(cursor, reading).root();
  const { failure } = cursor;
  if (failure !== undefined) problems.add({ kind: 'notJson', ...failure });
  return { item, isJson: failure === undefined };
}

const byteOrderMark = '\uFEFF';
