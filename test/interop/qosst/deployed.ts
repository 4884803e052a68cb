/** The readings that released QOSST follows, without which no conversation with it is possible. */
export const deployed = { refusalEcho: 'pending', refusalContent: 'optional' } as const;
