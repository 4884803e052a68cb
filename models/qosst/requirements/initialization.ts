import type { RequirementRow } from '#models/language/index.ts';
import { permission } from './permission.ts';

const initializing = { document: 'qosst-control-protocol', section: 'Initialization' } as const;

/** How a frame is begun and its parameters are agreed. */
export const initialization = {
  frameBeginsWithInitialization: {
    level: 'MUST',
    basis: 'stated',
    binds: 'bob',
    cite: initializing,
    text: 'Bob sends INITIALIZATION_REQUEST for each new frame before any other message on that frame.',
  },
  initializationRequestContent: {
    level: 'MUST',
    basis: 'stated',
    binds: 'bob',
    cite: initializing,
    text: 'INITIALIZATION_REQUEST has the UUID of the frame.',
  },
  optionalParametersFree: {
    level: 'MAY',
    basis: 'stated',
    binds: 'bob',
    cite: initializing,
    text: 'Bob puts the further parameters he wants into INITIALIZATION_REQUEST, each as a member of its own.',
    unobservable: permission,
  },
  frameUuidSaved: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: initializing,
    text: 'Alice saves the UUID of the frame.',
    unobservable:
      'What Alice keeps shows only in answers that name the frame, which have their own rows.',
  },
  parametersChecked: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: initializing,
    text: 'Alice checks the parameters that Bob proposes.',
    unobservable:
      'Which values are possible for Alice, and which she wants to see, is known to her alone.',
  },
  initializationAnswered: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: initializing,
    text: 'Alice answers INITIALIZATION_REQUEST with INITIALIZATION_ACCEPTED, _DENIED or _PROPOSAL.',
  },
  denialAwaitsRequest: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: initializing,
    text: 'After INITIALIZATION_DENIED Alice takes another INITIALIZATION_REQUEST.',
  },
  proposalOffersConfig: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: initializing,
    text: 'After INITIALIZATION_PROPOSAL Alice takes another INITIALIZATION_REQUEST or a request for her configuration.',
  },
  proposalLeavesChoice: {
    level: 'MAY',
    basis: 'stated',
    binds: 'bob',
    cite: initializing,
    text: 'After INITIALIZATION_PROPOSAL Bob proposes other parameters or asks for the configuration of Alice.',
    unobservable: permission,
  },
  denialExplained: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: initializing,
    text: 'INITIALIZATION_DENIED and INITIALIZATION_PROPOSAL have a deny_message.',
  },

  configurationAnswered: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: initializing,
    text: 'Alice answers INITIALIZATION_REQUEST_CONFIG with INITIALIZATION_CONFIG.',
  },
  configurationContent: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: initializing,
    text: 'INITIALIZATION_CONFIG has the configuration in its member config.',
  },
  configurationOnlyAfterProposal: {
    level: 'MUST',
    basis: 'implied',
    binds: 'bob',
    cite: initializing,
    text: 'Bob sends INITIALIZATION_REQUEST_CONFIG only after INITIALIZATION_PROPOSAL.',
  },
} as const satisfies Record<string, RequirementRow>;
