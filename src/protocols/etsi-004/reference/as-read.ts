import { member, messages, type MessageName } from '#models/etsi-004/index.ts';
import type { Readings } from '#models/language/index.ts';
import type { Utterance } from '#src/contract/frame.ts';
import type { SideScene } from '#src/contract/side.ts';
import { recall } from '../context.ts';

/** What a side says, in the form that the readings give it: codes, empty answers, metadata. */
export function asRead<Memory>(utterance: Utterance, { context }: SideScene<Memory>): Utterance {
  const { readings, delivery } = recall(context);
  if (delivery === 'pull') return utterance;
  const { message, content, ...rest } = utterance;
  const isReset = message === 'getKeyAccepted' && readings['successCode'] !== 'described';
  const isEmpty = isReset && readings['resetBody'] === 'none';
  const code = codeOf(message, readings);
  const frame = code === null ? {} : { frame: { code, ...Object(rest.frame) } };
  return {
    ...rest,
    message,
    content: isEmpty ? undefined : withBuffer(content, readings),
    ...frame,
  };
}

/** The code of success, where it is another than that of the calls. */
function codeOf(message: string, readings: Readings): number | null {
  const row = isName(message) ? messages[message] : null;
  const code = row !== null && 'code' in row ? row.code : null;
  return code !== null && code < 300 && readings['successCode'] === 'described' ? 200 : null;
}

function withBuffer(content: unknown, { metadataBuffer }: Readings): unknown {
  const metadata = member(content, 'metadata');
  const buffer = member(metadata, 'buffer');
  const written = bufferAs(buffer, metadataBuffer);
  if (written === buffer) return content;
  const { length } = typeof written === 'string' ? written : JSON.stringify(written);
  const size = buffer === '' ? 0 : length;
  return { ...Object(content), metadata: { ...Object(metadata), size, buffer: written } };
}

function bufferAs(buffer: unknown, reading: string | undefined): unknown {
  if (reading === 'text' && typeof buffer === 'object') return JSON.stringify(buffer);
  if (reading === 'object' && buffer === '') return {};
  return buffer;
}

function isName(message: string): message is MessageName {
  return Object.hasOwn(messages, message);
}
