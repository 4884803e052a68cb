import type { Operation } from '../model/context.ts';

/** Log (2.0): what a client wants noted is noted nowhere. */
export const log: Operation = () => [];

/** Interop (2.0): test cases say where they begin and end. */
export const interop: Operation = () => [];
