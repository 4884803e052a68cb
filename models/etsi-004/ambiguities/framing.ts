import { defineAmbiguity, deviant } from '#models/language/index.ts';

const frames = { document: 'etsi-004-framing', section: 'Frames' } as const;
const standardClose = { document: 'etsi-gs-qkd-004', section: 'CLOSE' } as const;

/** How the calls lie in frames over TCP. */
export const framing = {
  otherVersion: defineAmbiguity('etsi-004/otherVersion', {
    cite: frames,
    question: 'What becomes of a frame that has another version?',
    readings: {
      accepted: 'It is read all the same.',
      refused: 'It is refused, or its connection is ended.',
    },
    assumed: 'accepted',
  }), // facts 3.1
  otherService: defineAmbiguity('etsi-004/otherService', {
    cite: frames,
    question: 'What becomes of a frame whose service nobody knows?',
    readings: {
      refused: 'It is refused, or its connection is ended.',
      ignored: 'It is passed over without an answer.',
    },
    assumed: 'refused',
  }), // facts 3.1
  bytesBehind: defineAmbiguity('etsi-004/bytesBehind', {
    cite: frames,
    question: 'What becomes of a frame whose payload goes on behind its last member?',
    readings: {
      passedOver: 'The rest is passed over.',
      refused: 'It is refused, or its connection is ended.',
    },
    assumed: 'passedOver',
  }), // facts 3.1
  closeEffect: defineAmbiguity('etsi-004/closeEffect', {
    cite: standardClose,
    question: 'Does close end anything?',
    readings: {
      ends: 'Yes: the stream at this end.',
      nothing: deviant('No: it is answered with status 0, and the stream goes on.'),
    },
    assumed: 'ends',
  }), // facts 2.5
};
