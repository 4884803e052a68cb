import type { Protocol } from '#src/contract/protocol.ts';
import { centralKms } from './central-kms/index.ts';
import { etsi004 } from './etsi-004/index.ts';
import { kmip } from './kmip/index.ts';
import { qosst } from './qosst/index.ts';

/** Every protocol that this build knows: the only place that lists them. */
export const protocols: readonly Protocol[] = [qosst, etsi004, centralKms, kmip];
