import { describe, expect, it } from 'vitest';
import type { Fields } from '#models/kmip/index.ts';
import {
  active,
  answers,
  asks,
  attempt,
  conversationAt,
  created,
  start,
  take,
  type Answer,
  type Asking,
} from './speaking.ts';

const options = [null, 'Stop', 'Continue', 'Undo'] as const;
const k = { UniqueIdentifier: 'k' };
const added = (index: number): Asking => [
  'AddAttribute',
  { ...k, NewAttribute: { Name: { NameValue: `name ${index}`, NameType: 'URI' } } },
];
const failing: Asking = ['Activate', { UniqueIdentifier: 'nobody' }];
const success: Answer = { payload: k };
const failure: Answer = { reason: 'ItemNotFound' };
const undone: Answer = { undone: true };

interface Batch {
  readonly option: (typeof options)[number];
  readonly count: number;
  /** Which item fails, from 0; none: `null`. */
  readonly fails: number | null;
}

const batches: readonly Batch[] = options.flatMap((option) =>
  [2, 3, 4].flatMap((count) =>
    [null, ...Array(count).keys()].map((fails) => ({ option, count, fails })),
  ),
);

function header(option: Batch['option']): Fields {
  return option === null ? {} : { BatchErrorContinuationOption: option };
}

function request({ option, count, fails }: Batch) {
  const items = [...Array(count).keys()].map((index) => (index === fails ? failing : added(index)));
  return { operations: items.map(([operation]) => operation), said: asks(items, header(option)) };
}

/** What the document wants of each item. */
function wanted({ option, count, fails }: Batch): readonly (Answer | null)[] {
  return [...Array(count).keys()].map((index) => {
    if (fails === null || (index !== fails && option === 'Continue')) return success;
    if (index === fails) return failure;
    if (index > fails) return null;
    return option === 'Undo' ? undone : success;
  });
}

describe.each(batches)('a batch of $count with $option in which $fails fails', (batch) => {
  const { operations, said } = request(batch);
  const asked = take(created(), 'client.batch', said);

  it('is answered as the option says', () => {
    const step = attempt(asked, 'server.batchAnswered', answers(operations, wanted(batch)));
    expect(step).not.toBeNull();
    if (step === null) return;
    expect(active(step)).toEqual(['one.preActive']);
    const [object] = conversationAt(step).world.objects;
    const names = Object.hasOwn(object?.attributes ?? {}, 'Name');
    const isKept =
      batch.fails === null ||
      batch.option === 'Continue' ||
      (batch.fails > 0 && batch.option !== 'Undo');
    expect(names).toBe(isKept);
  });

  it('is answered as no other option says', () => {
    const right = JSON.stringify(wanted(batch));
    const others = options.map((option) => wanted({ ...batch, option }));
    for (const other of others.filter((answer) => JSON.stringify(answer) !== right)) {
      expect(attempt(asked, 'server.batchAnswered', answers(operations, other))).toBeNull();
    }
  });

  it('is not answered without an item that was done, or by one more', () => {
    const right = wanted(batch);
    const last = right.findLastIndex((answer) => answer !== null);
    const short = right.map((answer, index) => (index === last ? null : answer));
    expect(attempt(asked, 'server.batchAnswered', answers(operations, short))).toBeNull();
    const said = answers(operations, right);
    const items = [...said.content.BatchItem, ...said.content.BatchItem.slice(0, 1)];
    const more = {
      ...said.content,
      BatchItem: items,
      ResponseHeader: { ...said.content.ResponseHeader, BatchCount: items.length },
    };
    expect(attempt(asked, 'server.batchAnswered', { content: more })).toBeNull();
  });
});

describe('the ID Placeholder', () => {
  const creating: Asking = ['Create', { ObjectType: 'SymmetricKey', Attributes: {} }];
  const made: Answer = { payload: { ObjectType: 'SymmetricKey', UniqueIdentifier: 'new' } };
  const isNew: Answer = { payload: { UniqueIdentifier: 'new' } };

  it('holds what was made before', () => {
    const operations = ['Create', 'Activate', 'Get'];
    const asked = take(
      created(),
      'client.batch',
      asks([
        creating,
        ['Activate', {}],
        ['Revoke', { RevocationReason: { RevocationReasonCode: 'KeyCompromise' } }],
      ]),
    );
    const done = answers(['Create', 'Activate', 'Revoke'], [made, isNew, isNew]);
    expect(active(take(asked, 'server.batchAnswered', done))).toEqual([
      'one.preActive',
      'two.compromised',
    ]);
    const wrong = answers(operations.with(2, 'Revoke'), [made, success, isNew]);
    expect(attempt(asked, 'server.batchAnswered', wrong)).toBeNull();
    const failed = answers(
      ['Create', 'Activate', 'Revoke'],
      [made, { reason: 'ItemNotFound' }, null],
    );
    expect(attempt(asked, 'server.batchAnswered', failed)).toBeNull();
  });

  it('is forgotten at the end of the batch', () => {
    const asked = take(created(), 'client.activate', asks([['Activate', {}]]));
    expect(attempt(asked, 'server.succeeded', answers(['Activate'], [success]))).toBeNull();
    expect(
      attempt(asked, 'server.failed', answers(['Activate'], [{ reason: 'ItemNotFound' }])),
    ).not.toBeNull();
  });

  it('is what some servers take for a few operations only, where a profile says so', () => {
    const items: readonly Asking[] = [creating, ['Activate', {}], ['GetAttributes', {}]];
    const asked = take(
      start({ placeholderUse: 'some' }),
      'client.batch',
      asks(items, header('Continue')),
    );
    const said = (activated: Answer, told: Answer) =>
      attempt(
        asked,
        'server.batchAnswered',
        answers(['Create', 'Activate', 'GetAttributes'], [made, activated, told]),
      );
    const attributes: Answer = { payload: { UniqueIdentifier: 'new', Attributes: {} } };
    expect(said({ reason: 'ItemNotFound' }, attributes)).not.toBeNull();
    expect(said(isNew, attributes)).toBeNull();
    expect(said({ reason: 'ItemNotFound' }, { reason: 'ItemNotFound' })).toBeNull();
  });

  it('is filled by a Locate that finds one, and by no other', () => {
    const both = created({}, 'j', created());
    const finding = (ids: readonly string[]): Answer => ({ payload: { UniqueIdentifier: ids } });
    const locating: Asking = [
      'Locate',
      { MaximumItems: 5, Attributes: { ObjectType: 'SymmetricKey' } },
    ];
    const asked = take(both, 'client.batch', asks([locating, ['Activate', {}]]));
    const said = (ids: readonly string[], answer: Answer) =>
      attempt(
        asked,
        'server.batchAnswered',
        answers(['Locate', 'Activate'], [finding(ids), answer]),
      );
    expect(said(['j'], { payload: { UniqueIdentifier: 'j' } })).not.toBeNull();
    expect(said(['j', 'k'], { reason: 'ItemNotFound' })).not.toBeNull();
    expect(said(['j', 'k'], { payload: { UniqueIdentifier: 'j' } })).toBeNull();
  });
});

describe('the order of a batch', () => {
  const items: readonly Asking[] = [
    ['Activate', k],
    ['Revoke', { ...k, RevocationReason: { RevocationReasonCode: 'Superseded' } }],
  ];
  const reversed = answers(['Activate', 'Revoke'], [success, { reason: 'WrongKeyLifecycleState' }]);

  it('is kept where it counts', () => {
    const asked = take(created(), 'client.batch', asks(items));
    expect(attempt(asked, 'server.batchAnswered', reversed)).toBeNull();
  });

  it('is free where it does not', () => {
    const asked = take(
      created(),
      'client.batch',
      asks(items, { BatchErrorContinuationOption: 'Continue', BatchOrderOption: false }),
    );
    const step = attempt(asked, 'server.batchAnswered', reversed);
    expect(step === null ? null : active(step)).toEqual(['one.active']);
  });
});

describe('a batch that is undone', () => {
  const revoke: Asking = [
    'Revoke',
    { ...k, RevocationReason: { RevocationReasonCode: 'Superseded' } },
  ];
  const asked = take(
    created(),
    'client.batch',
    asks([['Activate', k], revoke, revoke], { BatchErrorContinuationOption: 'Undo' }),
  );

  it('fails at what the items before it have made impossible, and leaves nothing of them', () => {
    const results = [undone, undone, { reason: 'WrongKeyLifecycleState' }];
    const said = answers(['Activate', 'Revoke', 'Revoke'], results);
    const step = attempt(asked, 'server.batchAnswered', said);
    expect(step === null ? null : active(step)).toEqual(['one.preActive']);
  });
});
