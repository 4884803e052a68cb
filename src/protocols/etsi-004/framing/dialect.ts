import type { Settings } from '#src/contract/settings.ts';

/** What tells one dialect of the service framing from another. */
export interface FramingRules {
  /** Three bytes at the start of every frame. */
  readonly version: readonly [number, number, number];
  /** The mimetype: filled up to 256 bytes, or ended by a NUL as all other texts. */
  readonly mimetype: 'filled' | 'ended';
  /** What get-key says of metadata: the size that it has room for, or also as many bytes. */
  readonly metadataAsked: 'size' | 'bytes';
  /** What a refusal holds: its status alone, or all that the answer would have. */
  readonly refusals: 'status' | 'whole';
  /** Requests that a connection carries. */
  readonly requests: 'many' | 'one';
}

/** The dialects that cut a connection into frames of a header and a payload; what each is. */
export const framingDialects = {
  'etsi-004/framing-1.0.1':
    'GET_KEY answered with the key, in frames over TCP or TLS, version 1.0.1 (QUBIP).',
  'etsi-004/framing-2.1.1':
    "GET_KEY answered with the key, in frames over TLS, one request a connection, version 2.1.1 (ETSI's code for edition 3).",
} as const;

const rules: Readonly<Record<string, FramingRules>> = {
  'etsi-004/framing-1.0.1': {
    version: [1, 0, 1],
    mimetype: 'filled',
    metadataAsked: 'size',
    refusals: 'status',
    requests: 'many',
  },
  'etsi-004/framing-2.1.1': {
    version: [2, 1, 1],
    mimetype: 'ended',
    metadataAsked: 'bytes',
    refusals: 'whole',
    requests: 'one',
  },
};

/** The rules of a dialect of the service framing; `null` for another dialect. */
export function framingRules({ dialect }: Pick<Settings, 'dialect'>): FramingRules | null {
  return rules[dialect] ?? null;
}
