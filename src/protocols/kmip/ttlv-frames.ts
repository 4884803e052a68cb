import type { Reader } from '#src/contract/frame.ts';
import type { KmipFrame } from './frames.ts';
import { readTtlv } from './ttlv/read.ts';
import { TtlvStream, type TtlvPiece } from './ttlv/stream.ts';
import type { Problem } from './tree.ts';

/** Cuts one direction of a connection into messages of binary TTLV. */
export class TtlvFrameReader implements Reader<KmipFrame> {
  readonly #stream = new TtlvStream();

  get pendingBytes(): number {
    return this.#stream.pendingBytes;
  }

  push(chunk: Uint8Array): readonly KmipFrame[] {
    return this.#stream.push(chunk).map(frameOf);
  }
}

function frameOf(piece: TtlvPiece): KmipFrame {
  if (piece.kind !== 'item') return broken(piece.problem, piece.kind === 'lost');
  const tree = readTtlv(piece.bytes);
  return {
    http: null,
    encoding: 'ttlv',
    tree,
    bare: false,
    isLost: false,
    problems: tree.problems,
  };
}

function broken(problem: Problem, isLost: boolean): KmipFrame {
  const problems = [problem];
  return {
    http: null,
    encoding: 'ttlv',
    tree: { item: null, problems },
    bare: false,
    isLost,
    problems,
  };
}
