import { describe, expect, it } from 'vitest';
import type { Link } from '#src/transport/link.ts';
import { memoryPair } from '#src/transport/memory.ts';
import { returning } from '#src/transport/returning.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

async function heard(link: Link): Promise<string> {
  const arrival = await link.read(1000);
  return arrival.kind === 'bytes' ? new TextDecoder().decode(arrival.bytes) : arrival.kind;
}

/** A client that has come once, and comes again so often. */
function clientThatComes(times: number) {
  const [first, client] = memoryPair();
  const later: Link[] = [];
  const again = async () => {
    if (later.length === times) return null;
    const [near, far] = memoryPair();
    later.push(far);
    far.write(bytes('again'));
    return near;
  };
  return { link: returning(first, again), client, later };
}

describe('a client that comes again', () => {
  it('goes on where it has ended a connection behind its answer', async () => {
    const { link, client, later } = clientThatComes(1);
    await using _ = link;
    client.write(bytes('first'));
    expect(await heard(link)).toBe('first');
    link.write(bytes('answer'));
    client.end();
    expect(await heard(link)).toBe('again');
    link.write(bytes('more'));
    const [end] = later;
    expect(end === undefined ? null : await heard(end)).toBe('more');
    end?.end();
    expect(await heard(link)).toBe('closed');
  });

  it('has left where it ends a connection before its answer, or after we have', async () => {
    const early = clientThatComes(1);
    early.client.write(bytes('first'));
    await heard(early.link);
    early.client.end();
    expect(await heard(early.link)).toBe('closed');
    const ours = clientThatComes(1);
    ours.link.write(bytes('answer'));
    ours.link.end();
    ours.client.end();
    expect(await heard(ours.link)).toBe('closed');
    expect([...early.later, ...ours.later]).toEqual([]);
  });
});
