import { at, textAt, type Fields } from '#models/kmip/index.ts';
import type { Exchange } from './look.ts';

/** A key whose material is known: it was registered. */
export interface KnownKey {
  readonly type: string;
  readonly format: string;
  readonly algorithm: string | null;
  readonly material: Uint8Array;
}

/** What becomes known of the server's keys in the course of a trace. */
export class Keys {
  readonly #known = new Map<string, KnownKey>();
  readonly #privateOf = new Map<string, string>();

  /** Takes in one exchange. */
  learn({ operation, status, asked, told }: Exchange): void {
    if (status !== 'Success') return;
    if (operation === 'Register') this.#register(asked, textAt(told, 'UniqueIdentifier'));
    if (operation !== 'CreateKeyPair') return;
    const [first, second] = [
      textAt(told, 'PrivateKeyUniqueIdentifier'),
      textAt(told, 'PublicKeyUniqueIdentifier'),
    ];
    if (first !== null && second !== null) this.#privateOf.set(second, first);
  }

  known(id: string | null): KnownKey | null {
    return id === null ? null : (this.#known.get(id) ?? null);
  }

  /** The private key of a pair that the server made. */
  privateOf(id: string | null): string | null {
    return id === null ? null : (this.#privateOf.get(id) ?? null);
  }

  #register(asked: Fields, id: string | null): void {
    const type = textAt(asked, 'ObjectType');
    if (type === null || id === null) return;
    const block = at(asked, type, 'KeyBlock');
    const material = textAt(at(block, 'KeyValue'), 'KeyMaterial');
    const format = textAt(block, 'KeyFormatType');
    if (material === null || format === null) return;
    const algorithm = textAt(block, 'CryptographicAlgorithm');
    this.#known.set(id, { type, format, algorithm, material: Buffer.from(material, 'hex') });
  }
}

/** The object that an exchange was about, as the response names it. */
export function idIn({ told, asked }: Exchange): string | null {
  return textAt(told, 'UniqueIdentifier') ?? textAt(asked, 'UniqueIdentifier');
}

/** Whether an operation was done in several parts: what one of them says is not followed. */
export function isPart({ asked }: Exchange): boolean {
  return ['CorrelationValue', 'InitIndicator', 'FinalIndicator'].some((name) => name in asked);
}
