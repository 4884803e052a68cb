import { requirements } from '#models/kmip/index.ts';
import type { Requirement } from '#models/language/index.ts';
import type { Dice, FrameOp } from '#src/contract/fuzz.ts';
import type { KmipBend } from '../compose.ts';
import { headerBytes, padded, typeCodes } from '../ttlv/type-codes.ts';
import { pick } from './trees.ts';

/** Where an item lies in the bytes of a message. */
interface Spot {
  readonly at: number;
  readonly code: number;
  readonly length: number;
}

/** All items of a good message, the outermost first. */
function spotsIn(bytes: Uint8Array): readonly Spot[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const spots: Spot[] = [];
  let at = 0;
  while (at + headerBytes <= bytes.length) {
    const code = view.getUint8(at + 3);
    const length = view.getUint32(at + 4);
    spots.push({ at, code, length });
    at += headerBytes + (code === typeCodes.Structure ? 0 : padded(length));
  }
  return spots;
}

/** Writes into a message at one item of those that hold. */
type Scrawl = (view: DataView, spot: Spot, dice: Dice) => void;

function ofBytes(
  decides: Requirement,
  scrawl: Scrawl,
  holds: (spot: Spot) => boolean = () => true,
): FrameOp<KmipBend> {
  const bend =
    ([choice = 0, ...dice]: Dice) =>
    (bytes: Uint8Array): Uint8Array => {
      const spots = spotsIn(bytes).filter(holds);
      if (spots.length === 0) return bytes;
      const bent = Uint8Array.from(bytes);
      scrawl(new DataView(bent.buffer), pick(spots, choice), dice);
      return bent;
    };
  const written = (dice: Dice): NonNullable<KmipBend['written']> => {
    const bent = bend(dice);
    return (bytes, encoding) => (encoding === 'ttlv' ? bent(bytes) : bytes);
  };
  return { decides, bend: (dice) => ({ written: written(dice) }) };
}

const isOf =
  (...codes: readonly number[]) =>
  ({ code }: Spot) =>
    codes.includes(code);
const isOutermost = ({ at }: Spot) => at === 0;
const isInner = ({ at }: Spot) => at > 0;
const { Structure, Boolean, TextString, ByteString, Integer, Enumeration } = typeCodes;
const isFixed = ({ code }: Spot) =>
  ![Structure, TextString, ByteString].some((one) => one === code);
const isPadded = ({ code, length }: Spot) => code !== Structure && length % 8 !== 0;

const steps = [-16, -8, -4, -1, 1, 4, 8, 16];
const extremes = [0, 1, 7, 0x7fff_ffff, 0x8000_0000, 0xffff_fff8, 0xffff_ffff];

const setLength: Scrawl = (view, { at, length }, [which = 0, value = 0]) => {
  const changed = which % 2 === 0 ? length + pick(steps, value) : pick(extremes, value);
  view.setUint32(at + 4, Math.max(0, changed));
};

/** Bends of binary TTLV as it is written: pure, total, same dice same bytes. */
export const ttlvBends = {
  outerLength: ofBytes(requirements.ttlvLengths, setLength, isOutermost),
  innerLength: ofBytes(requirements.childrenInside, setLength, isInner),
  fixedLength: ofBytes(
    requirements.ttlvLengths,
    (view, { at }, [which]) => view.setUint32(at + 4, pick([0, 1, 4, 8, 12, 16], which)),
    isFixed,
  ),
  typeCode: ofBytes(requirements.ttlvTypes, (view, { at }, [which]) =>
    view.setUint8(at + 3, pick([0, 1, 2, 5, 7, 8, 9, 0x0b, 0x0c, 0x0f, 0x42, 0xff], which)),
  ),
  booleanValue: ofBytes(
    requirements.booleanValues,
    (view, { at }, [which = 0]) =>
      view.setUint8(at + headerBytes + pick([0, 3, 7], which), pick([2, 0x80, 0xff], which)),
    isOf(Boolean),
  ),
  padding: ofBytes(
    requirements.paddingZero,
    (view, { at, length }, [value = 0]) =>
      view.setUint8(at + headerBytes + length, 1 + (value % 255)),
    isPadded,
  ),
  tagByte: ofBytes(requirements.ttlvTags, (view, { at }, [which]) =>
    view.setUint8(at, pick([0, 0x41, 0x43, 0x54, 0x50, 0xff], which)),
  ),
  brokenText: ofBytes(
    requirements.textIsUtf8,
    (view, { at, length }, [where = 0, which = 0]) =>
      view.setUint8(at + headerBytes + (where % length), pick([0x80, 0xc0, 0xed, 0xff, 0], which)),
    ({ code, length }) => code === TextString && length > 0,
  ),
  number: ofBytes(
    requirements.payloadFits,
    (view, { at }, [which]) =>
      view.setUint32(at + headerBytes, pick([0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff], which)),
    isOf(Integer, Enumeration),
  ),
} as const satisfies Readonly<Record<string, FrameOp<KmipBend>>>;
