/**
 * What a receiver can find wrong, from the bytes up. Each is an event of the machine,
 * `<side>.<flaw>`: the side that spoke, and what was wrong with what it said.
 */
export const flawKinds = {
  malformed: 'The bytes are not a frame.',
  unauthentic: 'The frame is not from who it must be from, or not fresh.',
  unknown: 'The message is not one of the protocol.',
  misplaced: 'The message is known, and not allowed now.',
  unfit: 'The message is allowed now, its content is not.',
} as const;

export type FlawKind = keyof typeof flawKinds;
