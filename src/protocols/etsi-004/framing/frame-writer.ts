import type { MessageName } from '#models/etsi-004/index.ts';
import type { FramingRules } from './dialect.ts';
import { serviceOf } from './layouts.ts';
import { writePayload } from './payload-writer.ts';

/** How a frame of the service framing departs from its canonical form. */
export interface ServiceBend {
  readonly version?: readonly [number, number, number];
  /** The service byte. */
  readonly service?: number;
  /** What the header says of the payload's length; may be a function of the right one. */
  readonly payloadLength?: number | ((right: number) => number);
  /** Stands instead of the content's payload. */
  readonly payload?: Uint8Array;
}

/** What one frame is meant to say. */
export interface MeantService {
  readonly message: MessageName;
  readonly content: unknown;
}

/** Writes one frame. */
export function writeService(
  { message, content }: MeantService,
  bend: ServiceBend,
  rules: FramingRules,
): Uint8Array {
  const body = bend.payload ?? writePayload(message, content, rules);
  const [major, minor, micro] = bend.version ?? rules.version;
  const header = Buffer.alloc(8);
  header.set([major, minor, micro, bend.service ?? serviceOf[message]]);
  header.writeUInt32BE(lengthSaid(bend.payloadLength, body.length), 4);
  return Buffer.concat([header, body]);
}

function lengthSaid(bent: ServiceBend['payloadLength'], right: number): number {
  const said = typeof bent === 'function' ? bent(right) : (bent ?? right);
  return said >>> 0;
}
