import { describe, expect, it } from 'vitest';
import type { Link } from '#src/transport/link.ts';
import { memoryPair } from '#src/transport/memory.ts';
import { successive } from '#src/transport/successive.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

/** A link whose peer says "bye" where it ends, and the far ends in the order of their coming. */
function linkAndEnds() {
  const [first, firstFar] = memoryPair();
  const ends: Link[] = [firstFar];
  const open = async () => {
    const [near, far] = memoryPair();
    ends.push(far);
    return near;
  };
  const hasLeft = (said: Uint8Array) => new TextDecoder().decode(said).endsWith('bye');
  return { ends, open, hasLeft, link: successive(first, { open, hasLeft }) };
}

async function heard(link: Link | undefined): Promise<string> {
  const arrival = await link?.read(1000);
  return arrival?.kind === 'bytes'
    ? new TextDecoder().decode(arrival.bytes)
    : String(arrival?.kind);
}

describe('connections one after another', () => {
  it('go on over a new one where the peer has said that one ends, in the order of writing', async () => {
    const { link, ends } = linkAndEnds();
    await using _ = link;
    link.write(bytes('one'));
    expect(await heard(ends[0])).toBe('one');
    ends[0]?.write(bytes('bye'));
    expect(await heard(link)).toBe('bye');
    link.write(bytes('t'));
    link.write(bytes('wo'));
    const later = link.read(1000);
    await expect.poll(() => ends.length).toBe(2);
    expect((await heard(ends[1])) + (await heard(ends[1]))).toBe('two');
    ends[1]?.write(bytes('answer'));
    expect(await later).toMatchObject({ kind: 'bytes' });
    expect(ends).toHaveLength(2);
  });

  it('tell an ending that nobody announced', async () => {
    const { link, ends } = linkAndEnds();
    await using _ = link;
    ends[0]?.write(bytes('answer'));
    ends[0]?.end();
    expect(await heard(link)).toBe('answer');
    expect(await heard(link)).toBe('closed');
    link.write(bytes('lost'));
    expect(ends).toHaveLength(1);
  });

  it('are over where no further one is taken', async () => {
    const { hasLeft } = linkAndEnds();
    const [near, far] = memoryPair();
    await using link = successive(near, { hasLeft, open: () => Promise.reject(new Error('no')) });
    far.write(bytes('bye'));
    await heard(link);
    link.write(bytes('two'));
    expect(await link.read(1000)).toEqual({ kind: 'closed', how: 'refused' });
  });
});
