import { requirements } from '#models/etsi-004/index.ts';
import type { Reader } from '#src/contract/frame.ts';
import type { Mutant } from '#src/contract/side.ts';
import type { HttpMessage, HttpProblem, HttpRequest } from '#src/wire/http/message.ts';
import { HttpFrameReader, type HttpFrame } from '../http-frames.ts';
import { jsonText } from '#src/wire/json-text.ts';
import { deviceMutant } from './mutant.ts';

/** What a device finds wrong with a call although nothing is. */
const refused: HttpProblem = { code: 'startLine', detail: 'expected another form' };

/** A reader that takes some calls for broken ones, or does not see them at all. */
function blind(to: (call: HttpRequest) => boolean, how: 'refuses' | 'overlooks') {
  return (): Reader<HttpFrame> => {
    const inner = new HttpFrameReader({ endings: true });
    return {
      get pendingBytes() {
        return inner.pendingBytes;
      },
      push: (chunk) =>
        inner.push(chunk).flatMap((frame) => {
          if (frame.message.kind !== 'request' || !to(frame.message)) return [frame];
          return how === 'overlooks' ? [] : [{ ...frame, problems: [refused] }];
        }),
    };
  };
}

/** A reader that forgets what did not come whole. */
function impatient(): Reader<HttpFrame> {
  let inner = new HttpFrameReader({ endings: true });
  return {
    pendingBytes: 0,
    push(chunk) {
      const frames = inner.push(chunk);
      if (inner.pendingBytes > 0) inner = new HttpFrameReader({ endings: true });
      return frames;
    },
  };
}

/** A reader that stops at the first call that is none, or was cut off, whichever connection it was on. */
function stalling(): Reader<HttpFrame> {
  const inner = new HttpFrameReader({ endings: true });
  let isStalled = false;
  return {
    get pendingBytes() {
      return inner.pendingBytes;
    },
    push: (chunk) =>
      inner.push(chunk).filter(({ message, problems }) => {
        isStalled ||= problems.length > 0 && message.lost;
        return !isStalled;
      }),
  };
}

/** A reader that keeps back what came whole while something else has not. */
function oneByOne(): Reader<HttpFrame> {
  const inner = new HttpFrameReader({ endings: true });
  const kept: HttpFrame[] = [];
  return {
    get pendingBytes() {
      return inner.pendingBytes;
    },
    push(chunk) {
      kept.push(...inner.push(chunk));
      return inner.pendingBytes > 0 ? [] : kept.splice(0);
    },
  };
}

const usualNames = ['Host', 'Connection', 'Content-Type', 'Content-Length', 'Transfer-Encoding'];
const mostHeaders = 12;

function isPlainHead({ headers }: HttpRequest): boolean {
  const isLong = headers.some(({ value }) => value.length > 1000 || value === '');
  const isOdd = headers.some(({ name }) => !usualNames.includes(name) && !name.startsWith('X-H'));
  return headers.length <= mostHeaders && !isLong && !isOdd;
}

function isPlainText({ json, body }: HttpMessage): boolean {
  if (json?.ok !== true) return true;
  const text = Buffer.from(body).toString();
  return text === jsonText(json.value) && !text.startsWith('{"qos"');
}

const usualMembers = [
  ...['source', 'destination', 'key_stream_id', 'index', 'metadata', 'size', 'buffer', 'qos'],
  ...['key_chunk_size', 'max_bps', 'min_bps', 'jitter', 'priority', 'timeout', 'ttl'],
  'metadata_mimetype',
];

/** Whether JSON has each usual member at most once and no other, plain numbers, and small ids. */
function isPlainJson({ json, body }: HttpMessage): boolean {
  if (json?.ok !== true) return true;
  const text = Buffer.from(body).toString();
  const names = [...text.matchAll(/"(\w+)"\s*:/g)].map(([, name = '']) => name);
  const isOnce = new Set(names).size === names.length;
  const isOddValue = /:-?\d+[.e]|:-0|"[\da-f-]*[A-F]|text\/plain|:"null"/.test(text);
  return isOnce && !isOddValue && names.every((name) => usualMembers.includes(name));
}

/** QKD devices that do not understand what is good HTTP and good JSON. */
export const readerMutants: readonly Mutant[] = [
  deviceMutant({
    id: 'device-wants-its-headers',
    title: 'refuses calls with many, long or other headers than it expects',
    breaks: requirements.openConnectAnswered,
    shortest: 2,
    deep: true,
    reader: blind((call) => !isPlainHead(call), 'refuses'),
  }),
  deviceMutant({
    id: 'device-knows-no-chunks',
    title: 'refuses calls in chunks',
    breaks: requirements.openConnectAnswered,
    shortest: 2,
    deep: true,
    reader: blind(({ framing }) => framing === 'chunked', 'refuses'),
  }),
  deviceMutant({
    id: 'device-wants-plain-type',
    title: 'refuses a content type with a charset, or in capitals',
    breaks: requirements.openConnectAnswered,
    shortest: 2,
    deep: true,
    reader: blind(
      ({ headers }) =>
        headers.some(({ value }) => /json/i.test(value) && value !== 'application/json'),
      'refuses',
    ),
  }),
  deviceMutant({
    id: 'device-reads-json-by-pattern',
    title: 'refuses JSON with blanks, escapes, or members in another order',
    breaks: requirements.openConnectAnswered,
    shortest: 2,
    deep: true,
    reader: blind((call) => !isPlainText(call), 'refuses'),
  }),
  deviceMutant({
    id: 'device-overlooks-odd-calls',
    title: 'does not answer calls that it could refuse for their form, and OPTIONS',
    breaks: requirements.openConnectAnswered,
    shortest: 2,
    deep: true,
    reader: blind(
      ({ problems, target, method }) =>
        problems.length > 0 ||
        method === 'OPTIONS' ||
        !/^\/api\/v1\/kms\/etsi004\/[a-z-]+$/.test(target),
      'overlooks',
    ),
  }),
  deviceMutant({
    id: 'device-overlooks-odd-json',
    title: 'does not answer calls with members twice, unknown or with another value than usual',
    breaks: requirements.openConnectAnswered,
    shortest: 2,
    deep: true,
    reader: blind((call) => !isPlainJson(call), 'overlooks'),
  }),
  deviceMutant({
    id: 'device-stalls-at-junk',
    title: 'reads no call any more once one was no HTTP, or was cut off',
    breaks: requirements.malformedRefused,
    shortest: 1,
    deep: true,
    reader: stalling,
  }),
  deviceMutant({
    id: 'device-waits-for-the-rest',
    title: 'answers no call while another one is not yet whole',
    breaks: requirements.openConnectAnswered,
    shortest: 3,
    deep: true,
    reader: oneByOne,
  }),
  deviceMutant({
    id: 'device-wants-whole-calls',
    title: 'forgets a call that does not come in one piece',
    breaks: requirements.openConnectAnswered,
    shortest: 2,
    deep: true,
    reader: impatient,
  }),
];
