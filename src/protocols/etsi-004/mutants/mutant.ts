import { mutantsOf } from '#src/play/mutant.ts';
import { kms } from '../reference/kms.ts';
import { qkdDevice } from '../reference/qkd-device.ts';

/** The QKD device, wrong in one place. */
export const deviceMutant = mutantsOf('qkd-device', qkdDevice);

/** The KMS, wrong in one place. */
export const kmsMutant = mutantsOf('kms', kms);
