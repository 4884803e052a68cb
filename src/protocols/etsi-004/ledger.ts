import { member } from '#models/etsi-004/index.ts';
import type { JudgedFrame } from '#src/contract/case.ts';

/** What a session came to: streams, keys at each end, and what was refused. */
export function ledger(frames: readonly JudgedFrame[]): Readonly<Record<string, string | number>> {
  const said = (message: string) => frames.filter(({ perceived }) => perceived.message === message);
  const pulled = said('getKeyAccepted').filter(
    ({ perceived }) => member(perceived.payload['content'], 'key_buffer') !== undefined,
  );
  const keysAt = (end: string) =>
    [...said('keyMaterial'), ...pulled].filter(({ perceived }) => perceived.payload['end'] === end)
      .length;
  const ids = said('opened').map(({ perceived }) => idOf(perceived.payload['content']));
  const refused = frames.filter(({ perceived }) => perceived.message?.endsWith('Refused'));
  return {
    streams: new Set(ids).size,
    'keys at end a': keysAt('a'),
    'keys at end b': keysAt('b'),
    'keys accepted': said('keyAccepted').length + pulled.length,
    'ends closed': said('closeAccepted').length,
    refusals: refused.length,
  };
}

function idOf(content: unknown): string {
  return String(member(content, 'key_stream_id')).toLowerCase();
}
