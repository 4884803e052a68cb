import type { RequirementRow } from '#models/language/index.ts';

const recovering = {
  document: 'qosst-control-protocol',
  section: 'Polarisation recovery',
} as const;

/** The course of polarisation recovery. */
export const polarisation = {
  recoverySignalStarted: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: recovering,
    text: 'Alice starts the classical signal before she acknowledges REQUEST_POLARISATION_RECOVERY.',
    unobservable: 'Light does not show on the wire of the control protocol.',
  },
  recoveryAcknowledged: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: recovering,
    text: 'Alice answers REQUEST_POLARISATION_RECOVERY with POLARISATION_RECOVERY_ACK.',
  },
  recoveryPerformed: {
    level: 'MUST',
    basis: 'stated',
    binds: 'bob',
    cite: recovering,
    text: 'Bob performs the recovery and sends END_POLARISATION_RECOVERY when it is done.',
    unobservable: 'When the recovery is done is known to Bob alone.',
  },
  recoveryEndAfterStart: {
    level: 'MUST',
    basis: 'implied',
    binds: 'bob',
    cite: recovering,
    text: 'Bob sends END_POLARISATION_RECOVERY only after POLARISATION_RECOVERY_ACK.',
  },
  recoverySignalStopped: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: recovering,
    text: 'Alice stops the classical signal before she answers END_POLARISATION_RECOVERY.',
    unobservable: 'Light does not show on the wire of the control protocol.',
  },
  recoveryEnded: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: recovering,
    text: 'Alice answers END_POLARISATION_RECOVERY with POLARISATION_RECOVERY_ENDED.',
  },
} as const satisfies Record<string, RequirementRow>;
