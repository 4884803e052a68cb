import { conversation } from '../conversation.ts';
import { closing } from './closing.ts';
import { opening } from './opening.ts';
import { registration } from './registration.ts';

/** One connection from the upgrade to its end: how far the sidecar is with its registration. */
export const connection = conversation.createStateConfig({
  initial: 'connecting',
  on: {
    'sidecar.closeFrame': { guard: 'sidecarMayLeave', target: '.sidecarLeaving' },
    'central-kms.closeFrame': { guard: 'kmsMayLeave', target: '.kmsLeaving' },
    'central-kms.misplaced': { guard: 'kmsLeavesAmiss', target: '.kmsLeaving' },
    'sidecar.closes': { guard: 'sidecarMayHangUp', target: '.terminated' },
    'central-kms.closes': { guard: 'kmsMayHangUp', target: '.terminated' },
    'sidecar.malformed': { guard: 'breaksFrame', target: '.kmsFails' },
    'central-kms.malformed': { guard: 'breaksFrame', target: '.sidecarFails' },
  },
  states: { ...opening, ...registration, ...closing },
});
