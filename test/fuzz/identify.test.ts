import { describe, expect, it } from 'vitest';
import type { JudgedFrame } from '#src/contract/case.ts';
import { signature } from '#src/fuzz/identify.ts';
import { protocol } from './ground.ts';

const [requirement] = Object.values(protocol.model.requirements);

function said(message: string, at: number): JudgedFrame {
  return { by: 'player', session: 0, at, atMs: at, perceived: { message, payload: {}, flaws: [] } };
}

describe('what findings have in common', () => {
  it('is the message before them, whatever came later', () => {
    if (requirement === undefined) throw new TypeError('there is no requirement');
    const violation = { requirement, kind: 'answer', at: 3 } as const;
    const frames = [said('first', 0), said('second', 2)];
    const short = signature(violation, frames);
    expect(signature(violation, [...frames, said('third', 4)])).toBe(short);
    expect(signature({ ...violation, at: 1 }, frames)).not.toBe(short);
  });
});
