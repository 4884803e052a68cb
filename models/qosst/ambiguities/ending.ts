import { defineAmbiguity, deviant } from '#models/language/index.ts';

const frameEnd = { document: 'qosst-control-protocol', section: 'End of frame' } as const;
const communicationEnd = {
  document: 'qosst-control-protocol',
  section: 'End of communication',
} as const;
const course = { document: 'qosst-control-protocol', section: 'Full sequence diagram' } as const;
const aborting = { document: 'qosst-control-protocol', section: 'ABORT' } as const;

/** How a frame, an abort and the communication end. */
export const ending = {
  frameEndUuid: defineAmbiguity('qosst/frameEndUuid', {
    cite: frameEnd,
    question: 'Must FRAME_ENDED name the current frame?',
    readings: {
      mustMatch: 'Yes: another UUID is invalid content.',
      ignored: deviant('No: Alice does not look at it.'),
    },
    assumed: 'mustMatch',
  }), // facts 6.25
  afterFrameEnd: defineAmbiguity('qosst/afterFrameEnd', {
    cite: course,
    question: 'Does Bob stay identified after FRAME_ENDED_ACK?',
    readings: {
      staysIdentified: 'Yes: the next frame begins with its initialization.',
      identificationLost: deviant('No: he identifies himself again.'),
    },
    assumed: 'staysIdentified',
  }), // facts 6.26
  frameEndAfterDenial: defineAmbiguity('qosst/frameEndAfterDenial', {
    cite: frameEnd,
    question: 'May Bob send FRAME_ENDED after PE_DENIED?',
    readings: {
      refused: 'No: the frame was aborted with the denial.',
      accepted: 'Yes: so he confirms its end.',
    },
    assumed: 'refused',
  }),
  frameEndAfterError: defineAmbiguity('qosst/frameEndAfterError', {
    cite: frameEnd,
    question: 'May Bob send FRAME_ENDED after EC_DENIED, EC_VERIFICATION_FAIL or PA_ERROR?',
    readings: {
      accepted: 'Yes: the work on the frame has ended.',
      refused: 'No: he aborts it.',
    },
    assumed: 'accepted',
  }), // facts 6.37
  afterAbort: defineAmbiguity('qosst/afterAbort', {
    cite: aborting,
    question: 'What follows ABORT_ACK?',
    readings: {
      identified: 'Bob is identified, without a frame.',
      connectionDead: deviant('Nothing more is read from the connection.'),
    },
    assumed: 'identified',
  }), // facts 6.29
  aliceAbortReply: defineAmbiguity('qosst/aliceAbortReply', {
    cite: aborting,
    question: 'Does Bob acknowledge an ABORT of Alice?',
    readings: {
      none: 'No: he aborts and goes on.',
      acknowledged: 'Yes, with ABORT_ACK.',
    },
    assumed: 'none',
  }), // facts 6.30
  aliceAbortOutsideFrame: defineAmbiguity('qosst/aliceAbortOutsideFrame', {
    cite: aborting,
    question: 'May Alice answer ABORT when no frame is being worked on?',
    readings: {
      refused: 'No: there is nothing to abort.',
      accepted: deviant('Yes, to any message.'),
    },
    assumed: 'refused',
  }),
  disconnectionUnidentified: defineAmbiguity('qosst/disconnectionUnidentified', {
    cite: communicationEnd,
    question: 'How does Alice answer DISCONNECTION before identification?',
    readings: {
      refused: 'As any other message: she refuses it.',
      acknowledged: 'With DISCONNECTION_ACK.',
    },
    assumed: 'refused',
  }),
  closesAfterDisconnection: defineAmbiguity('qosst/closesAfterDisconnection', {
    cite: communicationEnd,
    question: 'Who closes the connection after DISCONNECTION_ACK?',
    readings: {
      either: 'Either side.',
      bob: 'Bob, once he has read it.',
      alice: 'Alice, once she has sent it.',
    },
    assumed: 'either',
  }), // facts 6.27
};
