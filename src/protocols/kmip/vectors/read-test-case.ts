import { writtenSeconds } from '../written/dates.ts';
import { tags } from '../registry/tags.ts';
import type { Item, Version } from '../tree.ts';
import { readXmlItems } from '../xml/read-xml.ts';

/** A request of a test case and the response that its authors show for it. */
export interface Pair {
  readonly request: Item;
  readonly response: Item;
}

/** A test case as OASIS publishes it: pairs of request and response, in their order. */
export interface TestCase {
  readonly version: Version;
  readonly pairs: readonly Pair[];
  /** What of the file could not be read, one line each. */
  readonly problems: readonly string[];
}

/**
 * Reads a test case of the OASIS profiles. `$NOW` (and so many seconds before or after it) is
 * filled in here; of bytes that stand for others (`$KEY_MATERIAL_0`) the name is kept as the bytes
 * of its letters, so that they can be read as bytes: `placeholderOf` knows it again.
 */
export function readTestCase(text: string, now: bigint): TestCase {
  const version = versionIn(text);
  const { items, problems } = readXmlItems(readable(text, now), version);
  const pairs: Pair[] = [];
  const loose: string[] = [];
  for (let index = 0; index < items.length; index += 2) {
    const request = items[index];
    const response = items[index + 1];
    if (request?.tag === tags.RequestMessage && response?.tag === tags.ResponseMessage) {
      pairs.push({ request, response });
    } else {
      loose.push(`message ${index} is not followed by its response`);
    }
  }
  const unread = problems.filter(({ tolerable }) => tolerable !== true);
  return {
    version,
    pairs,
    problems: [...unread.map(({ path, kind, detail }) => `${path}: ${kind} (${detail})`), ...loose],
  };
}

/** The version that the first message names; 1.0 to 1.3 are read as 1.4. */
function versionIn(text: string): Version {
  const major = /ProtocolVersionMajor[^>]*value="(\d+)"/.exec(text)?.[1];
  const minor = /ProtocolVersionMinor[^>]*value="(\d+)"/.exec(text)?.[1];
  if (major === '1') return '1.4';
  return minor === '0' ? '2.0' : '2.1';
}

function readable(text: string, now: bigint): string {
  const moments = text.replaceAll(
    /value="\$NOW(?:([-+])(\d+))?"/g,
    (_whole, sign: string | undefined, seconds: string | undefined) => {
      const shift = BigInt(seconds ?? '0') * (sign === '-' ? -1n : 1n);
      return `value="${writtenSeconds(now + shift) ?? ''}Z"`;
    },
  );
  return moments.replaceAll(
    /type="ByteString"(\s+)value="(\$[A-Z0-9_]+)"/g,
    (_whole, blank: string, name: string) =>
      `type="ByteString"${blank}value="${Buffer.from(name).toString('hex')}"`,
  );
}

/** The name of the placeholder that an item is, if it is one. */
export function placeholderOf(item: Item): string | undefined {
  const text =
    item.type === 'TextString'
      ? item.value
      : item.type === 'ByteString'
        ? Buffer.from(item.value).toString('latin1')
        : '';
  return /^\$[A-Z][A-Z0-9_]*$/.test(text) ? text : undefined;
}
