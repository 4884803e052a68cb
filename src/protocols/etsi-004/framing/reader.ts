import { StrandsReader, type Spot } from '../strands.ts';
import { Cutter } from './cutter.ts';
import type { FramingRules } from './dialect.ts';
import type { ServiceMessage } from './message.ts';

/** One frame of the service framing, and where in the session it was said. */
export interface ServiceFrame extends Spot {
  /** Which exchange of the connection, from 0: a request and its answer have the same. */
  readonly exchange: number;
  readonly service: ServiceMessage;
}

/** Cuts one direction of a bundle of connections into frames; an ending is a frame of its own. */
export function serviceReader(rules: FramingRules): StrandsReader<ServiceMessage, ServiceFrame> {
  return new StrandsReader({
    reader: () => new Cutter(rules),
    frame: (service, spot) => ({ ...spot, exchange: service.exchange, service }),
    ending: empty,
    bad: (detail) => ({ ...empty, problems: [{ code: 'record', detail }] }),
  });
}

const empty: ServiceMessage = {
  version: '',
  service: -1,
  content: undefined,
  problems: [],
  exchange: 0,
  sizeBytes: 0,
};

/** Whether a frame says no more than that its connection ended. */
export function isServiceEnding({ ended, service }: ServiceFrame): boolean {
  return ended !== undefined && service.problems.length === 0;
}
