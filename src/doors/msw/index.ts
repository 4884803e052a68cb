/**
 * The door `qkdspec/msw`: the reference QKD device as request handlers of Mock Service Worker, so
 * that a KMS client is tested, and judged, within its own process.
 */
export { qkdDevice, type QkdDevice, type QkdDeviceOptions } from './qkd-device.ts';
export type { End, Push } from './pushes.ts';
export type { Trace } from '#src/contract/trace.ts';
export type { Verdict, Violation } from '#src/contract/verdict.ts';
