import type { Item, Structure, Version } from '../../tree.ts';
import type { Failure } from './failure.ts';
import type { ProtocolVersion, ServerState, Surroundings } from './server.ts';

/** What the items of one batch pass on to each other; gone with the batch. */
export interface BatchMemory {
  /** The ID Placeholder. */
  placeholder: string | undefined;
  /** All identifiers that were answered, in their order. */
  readonly answered: string[];
  /** What each operation (and each half of a key pair) named last, by Unique Identifier values. */
  readonly named: Map<number, string>;
  /** What each cryptographic operation gave last, by the values of the Data enumeration. */
  readonly outputs: Map<number, Uint8Array>;
}

/** All that an operation may know of. */
export interface Context extends Surroundings {
  readonly server: ServerState;
  /** The registry to go by. */
  readonly version: Version;
  /** As the message says it: 1.0 to 1.3 go by the registry of 1.4. */
  readonly protocol: ProtocolVersion;
  readonly ordered: boolean;
  readonly batch: BatchMemory;
}

/** An operation: from its request payload to the parts of its response payload, or a failure. */
export type Operation = (payload: Structure, context: Context) => readonly Item[] | Failure;

/** Whether the message's version is that one or a later one. */
export function since(context: Pick<Context, 'protocol'>, major: number, minor: number): boolean {
  const { protocol } = context;
  return protocol.major > major || (protocol.major === major && protocol.minor >= minor);
}
