import { readFileSync } from 'node:fs';

/** One message as OASIS prints it. */
export interface GoldenMessage {
  readonly case: string;
  readonly step: number;
  readonly xml: string;
  /** Hex. */
  readonly ttlv: string;
  /** Of eleven messages, parsed. */
  readonly json?: unknown;
  /** `false`: an erratum, which `note` names. */
  readonly xmlMatchesTtlv: boolean;
  readonly note?: string;
}

const file = new URL('../../../fixtures/kmip/oasis-msgenc-triplets.json', import.meta.url);
const document: { readonly vectors: readonly GoldenMessage[] } = JSON.parse(
  readFileSync(file, 'utf8'),
);

/** The 36 messages of the OASIS standard KMIP Additional Message Encodings 1.0. */
export const goldenMessages = document.vectors;
