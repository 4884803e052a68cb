import type { Settings } from '#src/contract/settings.ts';
import type { Encoding } from './frames.ts';
import type { Dialect } from './json/dialect.ts';
import { cosmian4 } from './json/dialects/cosmian-4.ts';
import { cosmian5 } from './json/dialects/cosmian-5.ts';
import { cosmianPage } from './json/dialects/cosmian-page.ts';
import { oasis } from './json/dialects/oasis.ts';

/** How a dialect is spoken: what lies on the connection, and how messages are written. */
export interface Wire {
  readonly over: 'stream' | 'http';
  /** What we write; over HTTP others are read too, by their Content-Type. */
  readonly encoding: Encoding;
  /** How JSON is read and written. */
  readonly json: Dialect;
  /** What its JSON departs from the standard in is its own form: no repair is told. */
  readonly ownForm?: true;
  /** Requests of one operation are posted without a message around them, where they can be. */
  readonly bare?: true;
}

const http = { over: 'http', encoding: 'json' } as const;

/** The dialects of KMIP by name. */
export const wires = {
  'kmip/ttlv': { over: 'stream', encoding: 'ttlv', json: oasis },
  'kmip/json': { ...http, json: oasis },
  'kmip/json-cosmian-5': { ...http, json: cosmian5, ownForm: true },
  'kmip/json-cosmian-4': { ...http, json: cosmian4, ownForm: true },
  'kmip/json-cosmian-page': { ...http, json: cosmianPage },
  'kmip/bare': { ...http, json: oasis, bare: true },
  'kmip/bare-cosmian-5': { ...http, json: cosmian5, ownForm: true, bare: true },
  'kmip/bare-cosmian-4': { ...http, json: cosmian4, ownForm: true, bare: true },
  'kmip/xml': { over: 'http', encoding: 'xml', json: oasis },
  'kmip/http': { over: 'http', encoding: 'ttlv', json: oasis },
} as const satisfies Readonly<Record<string, Wire>>;

/** The wire of a dialect; of an unknown one that of binary TTLV. */
export function wireOf({ dialect }: Pick<Settings, 'dialect'>): Wire {
  return isWire(dialect) ? wires[dialect] : wires['kmip/ttlv'];
}

function isWire(name: string): name is keyof typeof wires {
  return Object.hasOwn(wires, name);
}
