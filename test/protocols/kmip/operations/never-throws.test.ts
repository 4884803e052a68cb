import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '#src/base/random.ts';
import { trees } from '#src/protocols/kmip/arbitraries.ts';
import { answer } from '#src/protocols/kmip/operations/message/answer.ts';
import { newServer } from '#src/protocols/kmip/operations/model/server.ts';
import * as items from '#src/protocols/kmip/operations/model/items.ts';
import { operations } from '#src/protocols/kmip/operations/table.ts';
import { tags } from '#src/protocols/kmip/registry/tags.ts';
import { readTtlv } from '#src/protocols/kmip/ttlv/read.ts';
import { writeTtlv } from '#src/protocols/kmip/ttlv/write.ts';
import type { Item } from '#src/protocols/kmip/tree.ts';
import { aesKey, ask, item, madeKey, message, name, now, testServer, uid } from './talk.ts';

const surroundings = () => ({ now, random: seededRandom(1) });

/** A response that every transport can carry, with as many items as it says. */
function expectResponse(response: Item): void {
  expect(response.tag).toBe(tags.ResponseMessage);
  const read = readTtlv(writeTtlv(response));
  expect(read.problems).toEqual([]);
  const count = items.all(response, tags.BatchItem).length;
  const header = items.part(response, tags.ResponseHeader);
  expect(items.integerOf(header, tags.BatchCount)).toBe(count);
  expect(count).toBeGreaterThan(0);
}

const codes = [...operations.keys()];
const enumerationOf = (code: number) => items.enumeration(tags.Operation, code);

describe('the server answers', () => {
  it('any tree', () => {
    const server = newServer();
    fc.assert(
      fc.property(trees, (tree) => {
        expectResponse(answer(tree, server, surroundings()));
        expectResponse(answer({ ...tree, tag: tags.RequestMessage }, server, surroundings()));
      }),
      { seed: 11, numRuns: 500 },
    );
  });

  it('any payload of any operation in any version', () => {
    const server = newServer();
    const versions = fc.constantFrom('1.0', '1.4', '2.0', '2.1');
    fc.assert(
      fc.property(trees, fc.constantFrom(...codes), versions, (tree, code, version) => {
        const payload = { ...tree, tag: tags.RequestPayload };
        const whole = items.structure(tags.BatchItem, [enumerationOf(code), payload]);
        expectResponse(answer(message(version, [whole]), server, surroundings()));
      }),
      { seed: 12, numRuns: 1000 },
    );
  });

  it('sound requests that are bent in a few places', () => {
    const server = testServer();
    const made = madeKey(server, [name('a'), items.dateTime(tags.ActivationDate, 0n)]);
    const sound: readonly Item[] = [
      message('2.1', [item('Create', aesKey()), item('Get', []), item('Destroy', [])]),
      message('2.1', [
        item('Encrypt', [uid(made), ecb(), items.bytes(tags.Data, new Uint8Array(16))]),
      ]),
      message('2.1', [item('Locate', [items.structure(tags.Attributes, [name('a')])])]),
      message('2.1', [
        item('ModifyAttribute', [uid(made), items.structure(tags.NewAttribute, [name('a')])]),
      ]),
      message('1.4', [item('GetAttributes', [uid(made), items.text(tags.AttributeName, 'Name')])]),
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...sound),
        fc.array(fc.tuple(fc.nat(40), fc.nat(5), trees), { maxLength: 3 }),
        (request, bends) => {
          const bent = bends.reduce(
            (tree, [at, how, with_]) => bend(tree, { at, how, with_ }),
            request,
          );
          expectResponse(server.ask(bent));
        },
      ),
      { seed: 13, numRuns: 2000 },
    );
    expect(ask(server, 'Query', []).tag).toBe(tags.ResponseMessage);
  });

  it('the same requests with the same chance alike', () => {
    const told = () => {
      const server = testServer();
      const batch = [
        item('Create', aesKey()),
        item('Get', []),
        item('RNGRetrieve', [items.integer(tags.DataLength, 32)]),
      ];
      return Buffer.from(writeTtlv(server.ask(message('2.1', batch)))).toString('hex');
    };
    expect(told()).toBe(told());
  });
});

function ecb(): Item {
  return items.structure(tags.CryptographicParameters, [
    items.enumeration(tags.BlockCipherMode, 2),
  ]);
}

interface Bend {
  readonly at: number;
  readonly how: number;
  readonly with_: Item;
}

/** Bends the item that is `at` in the order of reading. */
function bend(root: Item, { at, how, with_ }: Bend): Item {
  let count = 0;
  const walk = (each: Item): readonly Item[] => {
    const isIt = count === at;
    count += 1;
    if (isIt && how === 0) return [];
    if (isIt && how === 1) return [each, each];
    if (isIt && how === 2) return [{ ...with_, tag: each.tag }];
    if (isIt && how === 3) return [with_, each];
    if (isIt && how === 4) return [{ ...each, tag: with_.tag }];
    if (each.type !== 'Structure') return [each];
    const value = each.value.flatMap(walk);
    return [{ ...each, value: isIt ? value.toReversed() : value }];
  };
  return walk(root)[0] ?? root;
}
