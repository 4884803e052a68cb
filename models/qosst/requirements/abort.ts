import type { RequirementRow } from '#models/language/index.ts';
import { permission } from './permission.ts';

const aborting = { document: 'qosst-control-protocol', section: 'ABORT' } as const;

/** How a frame is aborted by either side. */
export const abort = {
  abortAtAnyPoint: {
    level: 'MAY',
    basis: 'stated',
    binds: 'bob',
    cite: aborting,
    text: 'Bob aborts the current frame at any point with ABORT.',
    unobservable: permission,
  },
  abortMayExplain: {
    level: 'MAY',
    basis: 'stated',
    binds: 'any',
    cite: aborting,
    text: 'ABORT has a message that explains the decision.',
    unobservable: permission,
  },
  abortAcknowledged: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: aborting,
    text: 'Alice answers ABORT with ABORT_ACK.',
  },
  abortKeepsSession: {
    level: 'MUST',
    basis: 'stated',
    binds: 'any',
    cite: aborting,
    text: 'ABORT ends the frame, not the session: both sides go on until DISCONNECTION.',
  },
  abortDropsFrame: {
    level: 'MUST',
    basis: 'stated',
    binds: 'any',
    cite: aborting,
    text: 'After ABORT the frame is gone: work goes on only with another INITIALIZATION_REQUEST.',
  },
  abortedWorkDeleted: {
    level: 'MUST',
    basis: 'stated',
    binds: 'any',
    cite: aborting,
    text: 'All the work on the aborted frame is deleted.',
    unobservable: 'What a side keeps in its memory does not show on the wire.',
  },
  aliceMayAbort: {
    level: 'MAY',
    basis: 'stated',
    binds: 'alice',
    cite: aborting,
    text: 'Alice aborts by answering any message of Bob with ABORT.',
    unobservable: permission,
  },
  aliceAbortObeyed: {
    level: 'MUST',
    basis: 'stated',
    binds: 'bob',
    cite: aborting,
    text: 'Bob aborts the frame at once when Alice answers with ABORT.',
  },
} as const satisfies Record<string, RequirementRow>;
