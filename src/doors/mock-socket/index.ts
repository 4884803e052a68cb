/**
 * The door `qkdspec/mock-socket`: the reference central KMS behind the WebSocket of Mock Socket, so
 * that a sidecar in a browser or in Node is tested, and judged, within its own process.
 */
export { centralKms, type CentralKms, type CentralKmsOptions } from './central-kms.ts';
export type { FoundBatch } from '#src/protocols/central-kms/index.ts';
export type { Trace } from '#src/contract/trace.ts';
export type { Verdict, Violation } from '#src/contract/verdict.ts';
