import type { RequirementRow } from '#models/language/index.ts';

const exchanging = {
  document: 'qosst-control-protocol',
  section: 'Quantum Information Exchange',
} as const;

/** The course of the quantum information exchange. */
export const exchange = {
  exchangeRequestNamesFrame: {
    level: 'MUST',
    basis: 'stated',
    binds: 'bob',
    cite: exchanging,
    text: 'QIE_REQUEST has the UUID of the frame that the sides are going to work on.',
  },
  signalPrepared: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: exchanging,
    text: 'Alice runs her signal processing and readies her converters before she answers QIE_READY.',
    unobservable: 'Neither signal processing nor converters show on the wire.',
  },
  exchangeReady: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: exchanging,
    text: 'Alice answers QIE_REQUEST with QIE_READY.',
  },
  acquisitionLaunched: {
    level: 'MUST',
    basis: 'stated',
    binds: 'bob',
    cite: exchanging,
    text: 'Bob launches his acquisition before he sends QIE_TRIGGER.',
    unobservable: 'The acquisition takes place inside Bob.',
  },
  triggerAfterReady: {
    level: 'MUST',
    basis: 'stated',
    binds: 'bob',
    cite: exchanging,
    text: 'Bob sends QIE_TRIGGER only after QIE_READY.',
  },
  emissionTriggered: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: exchanging,
    text: 'Alice triggers the emission when she receives QIE_TRIGGER.',
    unobservable: 'Light does not show on the wire of the control protocol.',
  },
  emissionStarted: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: exchanging,
    text: 'Alice answers QIE_TRIGGER with QIE_EMISSION_STARTED.',
  },
  acquisitionAwaited: {
    level: 'MUST',
    basis: 'stated',
    binds: 'bob',
    cite: exchanging,
    text: 'Bob sends QIE_ACQUISITION_ENDED when his acquisition is done.',
    unobservable: 'When the acquisition is done is known to Bob alone.',
  },
  exchangeEnded: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: exchanging,
    text: 'Alice answers QIE_ACQUISITION_ENDED with QIE_ENDED.',
  },
  exchangeOrder: {
    level: 'MUST',
    basis: 'stated',
    binds: 'bob',
    cite: exchanging,
    text: 'Bob sends QIE_REQUEST, QIE_TRIGGER and QIE_ACQUISITION_ENDED in this order.',
  },
} as const satisfies Record<string, RequirementRow>;
