import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as items from '#src/protocols/kmip/operations/model/items.ts';
import { enumerations } from '#src/protocols/kmip/registry/enumerations.ts';
import { tags } from '#src/protocols/kmip/registry/tags.ts';
import type { Item } from '#src/protocols/kmip/tree.ts';
import { aesKey, item, madeKey, message, name, now, outcomes, testServer, uid } from './talk.ts';

const into = (value: Item) => items.structure(tags.NewAttribute, [value]);
const ecb = items.structure(tags.CryptographicParameters, [
  items.enumeration(tags.BlockCipherMode, enumerations.BlockCipherMode.ECB),
]);
const reason = items.structure(tags.RevocationReason, [
  items.enumeration(tags.RevocationReasonCode, enumerations.RevocationReasonCode.KeyCompromise),
]);

/** What may be done to one of some objects. */
const acts: readonly ((on: readonly Item[]) => Item)[] = [
  () => item('Create', aesKey()),
  (on) => item('Activate', on),
  (on) => item('Revoke', [...on, reason]),
  (on) => item('Destroy', on),
  (on) => item('Get', on),
  (on) => item('AddAttribute', [...on, into(name('new'))]),
  (on) => item('SetAttribute', [...on, into(items.text(tags.Comment, 'new'))]),
  (on) => item('DeleteAttribute', [...on, items.enumeration(tags.AttributeReference, tags.Name)]),
  (on) =>
    item('Encrypt', [
      ...on,
      ecb,
      items.bytes(tags.Data, new Uint8Array(16)),
      items.boolean(tags.InitIndicator, true),
    ]),
  (on) => item('Locate', [items.structure(tags.Attributes, [...on])]),
];

const undo = items.enumeration(
  tags.BatchErrorContinuationOption,
  enumerations.BatchErrorContinuationOption.Undo,
);

describe('Undo', () => {
  it('leaves nothing of whatever a batch has done', () => {
    const server = testServer();
    const made = [
      madeKey(server, [name('a'), items.dateTime(tags.ActivationDate, now)]),
      madeKey(server, [name('b')]),
      madeKey(server),
    ];
    const memory = () => ({
      objects: [...server.state.objects.all()],
      streams: [...server.state.streams.all()],
    });
    const before = memory();
    const act = fc
      .tuple(fc.nat(acts.length - 1), fc.constantFrom(...made, null))
      .map(([which, identifier]) => acts[which]?.(identifier === null ? [] : [uid(identifier)]))
      .map((each) => each ?? item('Get', []));
    let done = 0;
    fc.assert(
      fc.property(fc.array(act, { minLength: 1, maxLength: 6 }), (batch) => {
        const failing = item('Get', [uid('nobody')]);
        const response = server.ask(message('2.1', [...batch, failing], { fields: [undo] }));
        done += outcomes(response).filter((each) => each === 'Undone').length;
        expect(outcomes(response)).not.toContain('Success');
        expect(memory()).toEqual(before);
      }),
      { seed: 21, numRuns: 300 },
    );
    expect(done).toBeGreaterThan(300);
  });
});
