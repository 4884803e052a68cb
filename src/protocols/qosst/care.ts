import type { Protocol } from '#src/contract/protocol.ts';
import { member } from './say.ts';

/** What our side must be careful with on a real device. */
export const care = {
  destructive: {
    changeParameterRequest: 'it changes the configuration of a running Alice, for everybody',
  },
  /** A frame of quantum states is emitted for each trigger: key is made of it. */
  keysOf: ({ message }) => (message === 'qieTrigger' ? 1 : 0),
  declares({ message, payload }) {
    const serial = member(payload['content'], 'serial_number');
    return message === 'identificationResponse' ? { 'its serial number': String(serial) } : {};
  },
} as const satisfies Pick<Protocol, 'destructive' | 'keysOf' | 'declares'>;
