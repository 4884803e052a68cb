import { all, field, itemsOf, requirements } from '#models/kmip/index.ts';
import type { JudgedFrame } from '#src/contract/case.ts';
import type { Audit } from '#src/contract/protocol.ts';

const named = ['UniqueIdentifier', 'PrivateKeyUniqueIdentifier', 'PublicKeyUniqueIdentifier'];

function identifiersIn({ perceived }: JudgedFrame, payload: string): readonly string[] {
  return itemsOf(perceived.payload['content']).flatMap((item) =>
    named.flatMap((name) =>
      all(field(item, payload), name).filter((id): id is string => typeof id === 'string'),
    ),
  );
}

const plain = (id: string) => id.trim().toLowerCase();

/** An identifier that is nearly one that was told is that one, spelt wrong. */
export const identifiersExact: Audit = {
  requirement: requirements.identifiersExact,
  check(frames, peer) {
    if (peer !== 'client') return null;
    const told = new Map<string, Set<string>>();
    for (const frame of frames) {
      if (frame.by === 'player') {
        for (const id of identifiersIn(frame, 'ResponsePayload')) {
          told.set(plain(id), (told.get(plain(id)) ?? new Set()).add(id));
        }
        continue;
      }
      for (const id of identifiersIn(frame, 'RequestPayload')) {
        const known = told.get(plain(id));
        if (known === undefined || known.has(id)) continue;
        return { at: frame.at, detail: `expected the identifier '${[...known][0]}', got '${id}'` };
      }
    }
    return null;
  },
};
