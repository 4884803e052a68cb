import { describe, expect, it } from 'vitest';
import { memoryPair } from '#src/transport/memory.ts';
import { wakeable } from '#src/transport/wakeable.ts';

const bytes = Uint8Array.of(1, 2);
const nothing = { kind: 'bytes', bytes: new Uint8Array(0) };

describe('a link that can be woken', () => {
  it('lets a read return with no bytes, and loses none that come later', async () => {
    const [near, far] = memoryPair();
    const { link, wake } = wakeable(far);
    const read = link.read(5000);
    wake();
    expect(await read).toEqual(nothing);
    near.write(bytes);
    expect(await link.read(5000)).toEqual({ kind: 'bytes', bytes });
  });

  it('is woken ahead of a read', async () => {
    const { link, wake } = wakeable(memoryPair()[1]);
    wake();
    expect(await link.read(5000)).toEqual(nothing);
  });

  it('is silent for as long as the read says, and ends when the other end does', async () => {
    const [near, far] = memoryPair();
    const { link } = wakeable(far);
    expect(await link.read(5)).toEqual({ kind: 'silence', waitedMs: 5 });
    near.end();
    expect(await link.read(5000)).toEqual({ kind: 'closed', how: 'end' });
  });
});
