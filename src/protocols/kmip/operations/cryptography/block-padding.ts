import { enumerations } from '../../registry/enumerations.ts';
import { failed, type Failure } from '../model/failure.ts';

const methods = enumerations.PaddingMethod;

/** Fills the last block up. Without a method whole blocks are demanded. */
export function padBlocks(
  data: Uint8Array,
  method: number | undefined,
  blockBytes: number,
): Uint8Array | Failure {
  const missing = blockBytes - (data.length % blockBytes);
  switch (method ?? methods.None) {
    case methods.None:
      return missing === blockBytes ? data : partial();
    case methods.PKCS5:
      return Buffer.concat([data, Buffer.alloc(missing, missing)]);
    case methods.ANSIX9_23:
      return Buffer.concat([data, Buffer.alloc(missing - 1), Buffer.of(missing)]);
    case methods.Zeros:
      return missing === blockBytes ? data : Buffer.concat([data, Buffer.alloc(missing)]);
    default:
      return unsupported();
  }
}

/** Takes the padding off again. Zeros stay: nobody can tell them from data. */
export function unpadBlocks(
  data: Uint8Array,
  method: number | undefined,
  blockBytes: number,
): Uint8Array | Failure {
  const count = data.at(-1) ?? 0;
  const filling = data.subarray(data.length - count, -1);
  const isPossible = count >= 1 && count <= blockBytes && count <= data.length;
  switch (method ?? methods.None) {
    case methods.None:
    case methods.Zeros:
      return data;
    case methods.PKCS5:
      return isPossible && filling.every((byte) => byte === count)
        ? data.subarray(0, data.length - count)
        : badPadding();
    case methods.ANSIX9_23:
      return isPossible && filling.every((byte) => byte === 0)
        ? data.subarray(0, data.length - count)
        : badPadding();
    default:
      return unsupported();
  }
}

const partial = () => failed('cryptographicFailure', 'the data are not whole blocks');
const badPadding = () => failed('cryptographicFailure', 'the padding is wrong');
const unsupported = () => failed('unsupportedParameters', 'that padding is not worked with here');
