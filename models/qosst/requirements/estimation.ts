import type { RequirementRow } from '#models/language/index.ts';
import { permission } from './permission.ts';

const estimating = {
  document: 'qosst-control-protocol',
  section: 'Parameters estimation',
} as const;
const symbolsError = { document: 'qosst-control-protocol', section: 'PE_SYMBOLS_ERROR' } as const;
const denied = { document: 'qosst-control-protocol', section: 'PE_DENIED' } as const;
const codes = { document: 'qosst-control-protocol', section: 'List of codes' } as const;
const course = { document: 'qosst-control-protocol', section: 'Full sequence diagram' } as const;

/** What is disclosed and judged in parameters estimation. */
export const estimation = {
  estimationAfterExchange: {
    level: 'MUST',
    basis: 'implied',
    binds: 'bob',
    cite: course,
    text: 'Bob sends messages of parameters estimation only after QIE_ENDED.',
  },
  symbolsMayBeRequested: {
    level: 'MAY',
    basis: 'stated',
    binds: 'bob',
    cite: estimating,
    text: 'Bob requests some symbols of Alice.',
    unobservable: permission,
  },
  disclosedSymbolsUnused: {
    level: 'MUST',
    basis: 'stated',
    binds: 'any',
    cite: estimating,
    text: 'Symbols that were disclosed are not used for the final key.',
    unobservable: 'The final key does not show on the wire.',
  },
  symbolsRequestContent: {
    level: 'MUST',
    basis: 'stated',
    binds: 'bob',
    cite: estimating,
    text: 'PE_SYMBOLS_REQUEST has the list of indices.',
  },
  symbolsAnswered: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: estimating,
    text: 'Alice answers PE_SYMBOLS_REQUEST with PE_SYMBOLS_RESPONSE.',
  },
  symbolsContent: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: estimating,
    text: 'PE_SYMBOLS_RESPONSE has two lists of numbers: the real and the imaginary parts.',
  },
  symbolsMatchIndices: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: estimating,
    text: 'Both lists of PE_SYMBOLS_RESPONSE have one entry for each requested index.',
  },
  symbolsOutOfBounds: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: estimating,
    text: 'Alice answers indices that are out of bounds with PE_SYMBOLS_ERROR.',
  },
  symbolsErrorExplained: {
    level: 'SHOULD',
    basis: 'implied',
    binds: 'alice',
    cite: symbolsError,
    text: 'PE_SYMBOLS_ERROR has an error_message.',
  },

  photonNumberMayBeRequested: {
    level: 'MAY',
    basis: 'stated',
    binds: 'bob',
    cite: estimating,
    text: 'Bob requests the number of photons per symbol.',
    unobservable: permission,
  },
  photonNumberAnswered: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: estimating,
    text: 'Alice answers PE_NPHOTON_REQUEST with PE_NPHOTON_RESPONSE.',
  },
  photonNumberContent: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: estimating,
    text: 'PE_NPHOTON_RESPONSE has the mean number of photons per symbol.',
  },

  estimatesContent: {
    level: 'MUST',
    basis: 'stated',
    binds: 'bob',
    cite: estimating,
    text: 'PE_FINISHED has the estimates of the transmittance, the excess noise and the key rate.',
  },
  estimatesJudged: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: estimating,
    text: 'Alice answers PE_FINISHED with PE_APPROVED or PE_DENIED.',
  },
  verdictFree: {
    level: 'MAY',
    basis: 'stated',
    binds: 'alice',
    cite: estimating,
    text: 'Alice decides whether she wants to go on working on the frame.',
    unobservable: permission,
  },
  zeroKeyRateDenied: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: estimating,
    text: 'Alice answers PE_FINISHED with a key rate of 0 with PE_DENIED.',
  },
  estimatesDenialExplained: {
    level: 'SHOULD',
    basis: 'implied',
    binds: 'alice',
    cite: denied,
    text: 'PE_DENIED has a deny_message.',
  },
  denialEndsFrame: {
    level: 'MUST',
    basis: 'stated',
    binds: 'any',
    cite: codes,
    text: 'PE_DENIED aborts the frame: nothing of it is corrected or amplified.',
  },
} as const satisfies Record<string, RequirementRow>;
