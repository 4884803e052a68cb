import { requirements } from '#models/qosst/index.ts';
import { pythonJson } from '#src/base/json.ts';
import type { Reader } from '#src/contract/frame.ts';
import type { Settings } from '#src/contract/settings.ts';
import type { Mutant, SideRecord } from '#src/contract/side.ts';
import { FrameReader } from '../codec/reader.ts';
import type { ReadFrame } from '../frame.ts';
import { headerMember } from '../perceive.ts';
import { jsonHabits, lengthOrder } from '../settings.ts';
import { aliceMutant } from './mutant.ts';

type Reads = NonNullable<SideRecord['reader']>;

/** Alice, wrong in how she cuts what arrives into frames, or in what she takes for one. */
export const aliceReading: readonly Mutant[] = [
  aliceMutant({
    id: 'alice-expects-whole-frames',
    title: 'takes every segment for a whole frame, and drops the rest',
    breaks: requirements.identificationAnswered,
    shortest: 1,
    reader: bySegment,
  }),
  aliceMutant({
    id: 'alice-answers-backwards',
    title: 'answers the frames of one segment last one first',
    breaks: requirements.challengeEchoed,
    shortest: 3,
    reader: reading((frames) => frames.toReversed()),
  }),
  aliceMutant({
    id: 'alice-refuses-further-members',
    title: 'refuses a header with more than the four members',
    breaks: requirements.identificationAnswered,
    shortest: 2,
    reader: refusing(({ header }) => header.ok && Object.keys(Object(header.value)).length > 4),
  }),
  aliceMutant({
    id: 'alice-wants-python-headers',
    title: 'refuses a header that is not written as Python writes it',
    breaks: requirements.identificationAnswered,
    shortest: 2,
    reader: refusing(
      ({ header, headerBytes }) => header.ok && !isPython(header.value, headerBytes),
    ),
  }),
  aliceMutant({
    id: 'alice-searches-for-the-version',
    title: 'finds the version of Bob by a pattern, not by reading JSON',
    breaks: requirements.identificationAnswered,
    shortest: 2,
    reader: reading((frames) => frames.map(searched)),
  }),
  aliceMutant({
    id: 'alice-reads-4096-bytes',
    title: 'refuses a frame of more than 4,096 bytes',
    breaks: requirements.identificationAnswered,
    shortest: 2,
    reader: refusing(({ bytes }) => bytes.length > 4096),
  }),
  aliceMutant({
    id: 'alice-wants-an-empty-first-challenge',
    title: 'refuses an identification whose challenge is not empty',
    breaks: requirements.identificationAnswered,
    shortest: 2,
    reader: refusing(
      ({ header }) =>
        header.ok &&
        headerMember(header.value, 'code') === 100 &&
        headerMember(header.value, 'challenge') !== '',
    ),
  }),
  aliceMutant({
    id: 'alice-believes-announcements',
    title: 'answers a frame before the content has come that is over every limit',
    breaks: requirements.limitsRespected,
    shortest: 2,
    reader: reading((frames) =>
      frames.map((frame) => (frame.lost ? { ...frame, lost: false, problems: [] } : frame)),
    ),
  }),
];

function reading(change: (frames: readonly ReadFrame[]) => readonly ReadFrame[]): Reads {
  return (settings) => {
    const reader = fresh(settings);
    return {
      push: (chunk) => change(reader.push(chunk)),
      get pendingBytes() {
        return reader.pendingBytes;
      },
    };
  };
}

/** A reader to which some good frames look malformed. */
function refusing(isWrong: (frame: ReadFrame) => boolean): Reads {
  const problem = { code: 'headerMemberType', detail: 'not to her liking' } as const;
  return reading((frames) =>
    frames.map((frame) =>
      isWrong(frame) ? { ...frame, problems: [...frame.problems, problem] } : frame,
    ),
  );
}

/** The content of an identification that is not written as usual has no version that she finds. */
function searched(frame: ReadFrame): ReadFrame {
  const { header, content, contentBytes } = frame;
  if (!header.ok || headerMember(header.value, 'code') !== 100 || content?.ok !== true)
    return frame;
  const text = Buffer.from(contentBytes).toString('latin1');
  if (usual.test(text) || !text.includes('qosst_version')) return frame;
  const value = { serial_number: '?', qosst_version: '?' };
  return { ...frame, content: { ok: true, value } };
}

const usual = /^\{"serial_number": "[ -!#-Z\]-~]*", "qosst_version": "[^"]*"\}$/;

function bySegment(settings: Settings): Reader {
  return { push: (chunk) => fresh(settings).push(chunk), pendingBytes: 0 };
}

function fresh(settings: Settings): FrameReader {
  return new FrameReader({ lengthOrder: lengthOrder(settings), ...jsonHabits(settings) });
}

function isPython(value: Parameters<typeof pythonJson>[0], bytes: Uint8Array): boolean {
  return pythonJson(value) === Buffer.from(bytes).toString('utf8');
}
