import type { RequirementRow } from '#models/language/index.ts';

const frameEnd = { document: 'qosst-control-protocol', section: 'End of frame' } as const;
const communicationEnd = {
  document: 'qosst-control-protocol',
  section: 'End of communication',
} as const;
const course = { document: 'qosst-control-protocol', section: 'Full sequence diagram' } as const;

/** How a frame and the communication end. */
export const ending = {
  frameEndAfterAmplification: {
    level: 'MUST',
    basis: 'stated',
    binds: 'bob',
    cite: frameEnd,
    text: 'Bob sends FRAME_ENDED after privacy amplification.',
  },
  frameEndNamesFrame: {
    level: 'MUST',
    basis: 'stated',
    binds: 'bob',
    cite: frameEnd,
    text: 'FRAME_ENDED has the UUID of the frame.',
  },
  frameEndAnswered: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: frameEnd,
    text: 'Alice answers FRAME_ENDED with FRAME_ENDED_ACK.',
  },
  frameEndAckNamesFrame: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: frameEnd,
    text: 'FRAME_ENDED_ACK has the UUID of the frame.',
  },
  frameEndKeepsIdentification: {
    level: 'MUST',
    basis: 'implied',
    binds: 'alice',
    cite: course,
    text: 'After FRAME_ENDED_ACK Alice takes the INITIALIZATION_REQUEST of the next frame.',
  },

  disconnectionAcknowledged: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: communicationEnd,
    text: 'Alice answers DISCONNECTION with DISCONNECTION_ACK.',
  },
  disconnectionEndsTalk: {
    level: 'MUST',
    basis: 'implied',
    binds: 'bob',
    cite: communicationEnd,
    text: 'Bob sends nothing on the connection after DISCONNECTION.',
  },
} as const satisfies Record<string, RequirementRow>;
