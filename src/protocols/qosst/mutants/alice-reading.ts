import { requirements } from '#models/qosst/index.ts';
import { pythonJson } from '#src/base/json.ts';
import type { Reader } from '#src/contract/frame.ts';
import type { Mutant, SideRecord } from '#src/contract/side.ts';
import type { ReadFrame } from '../frame.ts';
import { headerMember } from '../perceive.ts';
import { aliceMutant } from './mutant.ts';

type Reads = NonNullable<SideRecord['reads']>;

/** Alice, wrong in how she cuts what arrives into frames, or in what she takes for one. */
export const aliceReading: readonly Mutant[] = [
  aliceMutant({
    id: 'alice-expects-whole-frames',
    title: 'takes every segment for a whole frame, and drops the rest',
    breaks: requirements.identificationAnswered,
    shortest: 1,
    reads: bySegment,
  }),
  aliceMutant({
    id: 'alice-answers-backwards',
    title: 'answers the frames of one segment last one first',
    breaks: requirements.challengeEchoed,
    shortest: 3,
    reads: reading((frames) => frames.toReversed()),
  }),
  aliceMutant({
    id: 'alice-refuses-further-members',
    title: 'refuses a header with more than the four members',
    breaks: requirements.identificationAnswered,
    shortest: 2,
    reads: refusing(({ header }) => header.ok && Object.keys(Object(header.value)).length > 4),
  }),
  aliceMutant({
    id: 'alice-wants-python-headers',
    title: 'refuses a header that is not written as Python writes it',
    breaks: requirements.identificationAnswered,
    shortest: 2,
    reads: refusing(({ header, headerBytes }) => header.ok && !isPython(header.value, headerBytes)),
  }),
  aliceMutant({
    id: 'alice-wants-python-content',
    title: 'refuses content that is not written as Python writes it',
    breaks: requirements.identificationAnswered,
    shortest: 2,
    reads: refusing(
      ({ content, contentBytes }) => content?.ok === true && !isPython(content.value, contentBytes),
    ),
  }),
  aliceMutant({
    id: 'alice-reads-4096-bytes',
    title: 'refuses a frame of more than 4,096 bytes',
    breaks: requirements.identificationAnswered,
    shortest: 2,
    reads: refusing(({ bytes }) => bytes.length > 4096),
  }),
  aliceMutant({
    id: 'alice-wants-an-empty-first-challenge',
    title: 'refuses an identification whose challenge is not empty',
    breaks: requirements.identificationAnswered,
    shortest: 2,
    reads: refusing(
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
    reads: reading((frames) =>
      frames.map((frame) => (frame.lost ? { ...frame, lost: false, problems: [] } : frame)),
    ),
  }),
];

function reading(change: (frames: readonly ReadFrame[]) => readonly ReadFrame[]): Reads {
  return (fresh) => {
    const reader = fresh();
    return {
      push: (chunk) => change(reader.push(chunk).filter(isReadFrame)),
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

function bySegment(fresh: () => Reader): Reader {
  return { push: (chunk) => fresh().push(chunk), pendingBytes: 0 };
}

function isPython(value: Parameters<typeof pythonJson>[0], bytes: Uint8Array): boolean {
  return pythonJson(value) === Buffer.from(bytes).toString('utf8');
}

function isReadFrame(frame: unknown): frame is ReadFrame {
  return typeof frame === 'object' && frame !== null && 'headerBytes' in frame;
}
