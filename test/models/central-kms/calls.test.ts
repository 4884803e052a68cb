import { describe, expect, it } from 'vitest';
import { messages } from '#models/central-kms/index.ts';
import type { Position } from '#src/chart/chart.ts';
import {
  active,
  attempt,
  call,
  challenged,
  connected,
  conversationAt,
  error,
  owing,
  registered,
  result,
  take,
  uuid,
} from './speaking.ts';

const batch = (digit: string, id: unknown = `b-${digit}`) => call('batch', { id: uuid(digit) }, id);
const stored = (digit: string, id: unknown = `b-${digit}`) =>
  result('batchStored', id, { id: uuid(digit) });
const saving = (from: Position, ...digits: readonly string[]) =>
  digits.reduce((at, digit) => take(at, 'sidecar.batch', batch(digit)), from);
const kms = (at: Position, code: number, id: unknown) =>
  attempt(at, 'central-kms.kmsError', error(code, id));
const check = (id: unknown = 'h-1', level = 'ping') => call('healthcheck', { level }, id);
const report = (id: unknown = 'h-1') => result('healthReport', id, {});
const inquiry = (digit = '4', id: unknown = `i-${digit}`, change = {}) =>
  call('inquiry', { inquiry: uuid(digit), ...change }, id);
const found = (item: unknown, total: unknown, digit = '4', change = {}) =>
  result('inquiryResult', `i-${digit}`, { inquiry: uuid(digit), item, total, ...change });
const asked = (pinned = {}, ...inquiries: readonly ReturnType<typeof inquiry>[]) =>
  (inquiries.length === 0 ? [inquiry()] : inquiries).reduce(
    (at: Position, one) => take(at, 'central-kms.inquiry', one),
    registered(pinned),
  );

describe('batches', () => {
  it('are saved once the sidecar is registered', () => {
    for (const from of [connected(), challenged()]) {
      expect(attempt(from, 'sidecar.batch', batch('1'))).toBeNull();
    }
    const at = saving(registered(), '1');
    expect(active(at)).toEqual(['connection.registered', 'batches.waiting']);
    expect(owing(at)).toEqual(['owes:central-kms']);
    expect(owing(take(at, 'central-kms.batchStored', stored('1')))).toEqual([]);
  });

  it('are told apart by their ids, in whatever order they are answered', () => {
    let at: Position = saving(registered(), '1', '2', '3');
    expect(attempt(at, 'central-kms.batchStored', stored('1', 'b-2'))).toBeNull();
    expect(attempt(at, 'central-kms.batchStored', stored('4'))).toBeNull();
    for (const digit of ['3', '1', '2']) {
      expect(owing(at)).toEqual(['owes:central-kms']);
      at = take(at, 'central-kms.batchStored', stored(digit));
      expect(attempt(at, 'central-kms.batchStored', stored(digit))).toBeNull();
    }
    expect(owing(at)).toEqual([]);
    expect(conversationAt(at).calls).toEqual([]);
  });

  it('are answered in order, if that is how it is read', () => {
    const at = saving(registered({ answerOrder: 'called' }), '1', '2');
    expect(attempt(at, 'central-kms.batchStored', stored('2'))).toBeNull();
    const next = take(at, 'central-kms.batchStored', stored('1'));
    expect(attempt(next, 'central-kms.batchStored', stored('2'))).not.toBeNull();
  });

  it('may be refused among others', () => {
    const at = saving(registered(), '1', '2');
    const refused = take(at, 'central-kms.kmsError', error(-32603, 'b-1'));
    expect(owing(refused)).toEqual(['owes:central-kms']);
    expect(owing(take(refused, 'central-kms.kmsError', error(-32603, 'b-2')))).toEqual([]);
    expect(kms(at, -32602, 'b-1')).toBeNull();
    expect(kms(at, 120, 'b-1')).toBeNull();
  });

  it('that were said before are refused or taken as the same, never with -32603', () => {
    const again = (duplicateBatch: string) => {
      const once = saving(registered({ duplicateBatch }), '1');
      const done = take(once, 'central-kms.batchStored', stored('1'));
      return take(done, 'sidecar.batch', batch('1', 'again'));
    };
    const outcomes = (duplicateBatch: string) => {
      const at = again(duplicateBatch);
      const taken = attempt(at, 'central-kms.batchStored', stored('1', 'again')) !== null;
      return [taken, ...[120, -32602, -32603].map((code) => kms(at, code, 'again') !== null)];
    };
    expect(outcomes('either')).toEqual([true, true, true, false]);
    expect(outcomes('taken')).toEqual([true, false, false, false]);
    expect(outcomes('refused')).toEqual([false, true, true, false]);
  });

  it('may be refused for the form of their signature, if that is how it is read', () => {
    const refused = (batchSignatureForm: string, signature: string) => {
      const one = call('batch', { signature }, 'b-1');
      const at = take(registered({ batchSignatureForm }), 'sidecar.batch', one);
      return [-32602, 40004, 40005].filter((code) => kms(at, code, 'b-1'));
    };
    const { signature } = messages.batch.example.params;
    expect(refused('any', 'x')).toEqual([]);
    expect(refused('hex', 'x')).toEqual([-32602, 40004]);
    expect(refused('hex', signature)).toEqual([]);
  });
});

describe('the ids of calls', () => {
  it.each(['', 'x', '7', 'null'])('are strings that come back as they are: %j', (id) => {
    const at = take(registered(), 'sidecar.batch', batch('1', id));
    const others = [id === '7' ? 7 : null, `${id} `];
    for (const other of others) {
      expect(attempt(at, 'central-kms.batchStored', stored('1', other))).toBeNull();
    }
    expect(attempt(at, 'central-kms.batchStored', stored('1', id))).not.toBeNull();
  });

  it.each([7, 0, -1, 1.5, 12345678901234567890n])('may be numbers: %s', (id) => {
    const outcome = (numericIds: string) => {
      const at = take(registered({ numericIds }), 'sidecar.batch', batch('1', id));
      const answers = [id, String(id)].map(
        (answer) => attempt(at, 'central-kms.batchStored', stored('1', answer)) !== null,
      );
      return [...answers, kms(at, -32600, id) !== null];
    };
    expect(outcome('kept')).toEqual([true, false, false]);
    expect(outcome('refused')).toEqual([true, false, true]);
    expect(outcome('asText')).toEqual([false, true, false]);
  });

  it('may be null: such a call is answered too', () => {
    const saves = (nullId: string) =>
      attempt(registered({ nullId }), 'sidecar.batch', batch('1', null));
    const at = saves('answered');
    if (at === null) throw new TypeError('refused');
    expect(attempt(at, 'central-kms.batchStored', stored('1', null))).not.toBeNull();
    expect(kms(at, -32600, null)).toBeNull();
    const refused = saves('refused');
    expect(refused === null ? null : kms(refused, -32600, null)).not.toBeNull();
    expect(saves('notification')).toBeNull();
  });

  it('of the two sides have nothing to do with each other', () => {
    const saves = take(registered(), 'sidecar.batch', batch('1', 'same'));
    const at = take(saves, 'central-kms.healthcheck', check('same'));
    expect(owing(at)).toEqual(['owes:central-kms', 'owes:sidecar']);
    const reported = take(at, 'sidecar.healthReport', report('same'));
    expect(owing(reported)).toEqual(['owes:central-kms']);
    expect(attempt(reported, 'sidecar.healthReport', report('same'))).toBeNull();
    expect(owing(take(reported, 'central-kms.batchStored', stored('1', 'same')))).toEqual([]);
    const before = take(at, 'central-kms.batchStored', stored('1', 'same'));
    expect(owing(before)).toEqual(['owes:sidecar']);
    expect(owing(take(before, 'sidecar.sidecarError', error(-32603, 'same')))).toEqual([]);
  });

  it('that are in flight twice may be refused, if that is how it is read', () => {
    const refused = (reusedIds: string) => {
      const one = take(registered({ reusedIds }), 'sidecar.batch', batch('1', 'x'));
      const alone = kms(one, -32600, 'x') !== null;
      return [alone, kms(take(one, 'sidecar.batch', batch('2', 'x')), -32600, 'x') !== null];
    };
    expect(refused('served')).toEqual([false, false]);
    expect(refused('refused')).toEqual([false, true]);
  });

  it('that are in flight twice have two answers', () => {
    const one = take(registered(), 'sidecar.batch', batch('1', 'x'));
    const two = take(one, 'sidecar.batch', batch('2', 'x'));
    const second = take(two, 'central-kms.batchStored', stored('2', 'x'));
    expect(owing(second)).toEqual(['owes:central-kms']);
    expect(owing(take(second, 'central-kms.batchStored', stored('1', 'x')))).toEqual([]);
  });
});

describe('a healthcheck', () => {
  it('comes at any time of the connection', () => {
    for (const from of [connected(), challenged(), registered()]) {
      const at = take(from, 'central-kms.healthcheck', check());
      expect(owing(at)).toEqual(['owes:sidecar']);
      expect(attempt(at, 'sidecar.healthReport', report('h-2'))).toBeNull();
      expect(owing(take(at, 'sidecar.healthReport', report()))).toEqual([]);
    }
  });

  it('is one of several', () => {
    const one = take(connected(), 'central-kms.healthcheck', check('h-1'));
    const two = take(one, 'central-kms.healthcheck', check('h-2'));
    const half = take(two, 'sidecar.healthReport', report('h-2'));
    expect(owing(half)).toEqual(['owes:sidecar']);
    expect(owing(take(half, 'sidecar.sidecarError', error(-32603, 'h-1')))).toEqual([]);
  });

  it('of an unknown level is answered as it is read', () => {
    const outcomes = (healthLevels: string, level: string) => {
      const at = take(connected({ healthLevels }), 'central-kms.healthcheck', check('h-1', level));
      return [
        owing(at).length > 0,
        attempt(at, 'sidecar.healthReport', report()) !== null,
        attempt(at, 'sidecar.sidecarError', error(-32602, 'h-1')) !== null,
      ];
    };
    expect(outcomes('either', 'ping')).toEqual([true, true, false]);
    expect(outcomes('either', 'deep')).toEqual([true, true, true]);
    expect(outcomes('reported', 'deep')).toEqual([true, true, false]);
    expect(outcomes('refused', 'deep')).toEqual([true, false, true]);
    expect(outcomes('silent', 'deep')).toEqual([false, false, false]);
  });

  it('that had a report which cannot be used is over', () => {
    const at = take(connected(), 'central-kms.healthcheck', check());
    const spoilt = { content: { jsonrpc: '2.0', id: 'h-1', result: 7 } };
    expect(owing(take(at, 'sidecar.unfit', spoilt))).toEqual([]);
  });
});

describe('an inquiry', () => {
  it('goes to sidecars that are registered, or to any, as it is read', () => {
    expect(attempt(challenged(), 'central-kms.inquiry', inquiry())).toBeNull();
    const early = challenged({ inquiryFrom: 'anytime' });
    expect(attempt(early, 'central-kms.inquiry', inquiry())).not.toBeNull();
  });

  it('may overtake the answer to challenge', () => {
    const proving = take(challenged(), 'sidecar.challenge', call('challenge'));
    const at = take(proving, 'central-kms.inquiry', inquiry());
    expect(owing(at)).toEqual(['owes:central-kms', 'owes:sidecar']);
    const answered = take(at, 'sidecar.inquiryResult', found(1, 1));
    const done = take(
      answered,
      'central-kms.challengeAccepted',
      result('challengeAccepted', 'c-1'),
    );
    expect(owing(done)).toEqual([]);
  });

  it('that came too early is answered all the same, or refused', () => {
    const at = take(connected(), 'central-kms.misplaced', inquiry());
    expect(owing(at)).toEqual(['owes:sidecar']);
    expect(attempt(at, 'sidecar.inquiryResult', found(1, 1))).not.toBeNull();
    expect(attempt(at, 'sidecar.sidecarError', error(-32601, 'i-4'))).not.toBeNull();
  });

  it('has one result for each batch, in any order, each once', () => {
    let at: Position = asked();
    for (const item of [2, 3]) {
      at = take(at, 'sidecar.inquiryResult', found(item, 3));
      expect(owing(at)).toEqual(['owes:sidecar']);
      expect(attempt(at, 'sidecar.inquiryResult', found(item, 3))).toBeNull();
    }
    for (const [item, total] of [
      [0, 3],
      [4, 3],
      [1, 2],
      [1, 4],
    ]) {
      expect(attempt(at, 'sidecar.inquiryResult', found(item, total))).toBeNull();
    }
    at = take(at, 'sidecar.inquiryResult', found(1, 3));
    expect(owing(at)).toEqual([]);
    expect(attempt(at, 'sidecar.inquiryResult', found(1, 3))).toBeNull();
  });

  it('names itself in each result, by its own id and by that of the call', () => {
    const at = asked();
    expect(
      attempt(at, 'sidecar.inquiryResult', found(1, 1, '4', { inquiry: uuid('5') })),
    ).toBeNull();
    const other = result('inquiryResult', uuid('4'), { inquiry: uuid('4') });
    expect(attempt(at, 'sidecar.inquiryResult', other)).toBeNull();
  });

  it('is told from another one beside it', () => {
    const both = asked({}, inquiry('4'), inquiry('5'));
    const one = take(both, 'sidecar.inquiryResult', found(1, 2, '5'));
    const two = take(one, 'sidecar.inquiryResult', found(1, 1, '4'));
    expect(owing(two)).toEqual(['owes:sidecar']);
    expect(owing(take(two, 'sidecar.inquiryResult', found(2, 2, '5')))).toEqual([]);
  });

  it('is counted from 0 or from 1', () => {
    const zero = asked({ itemBase: 'zero' });
    expect(attempt(zero, 'sidecar.inquiryResult', found(1, 1))).toBeNull();
    expect(attempt(zero, 'sidecar.inquiryResult', found(0, 1))).not.toBeNull();
    expect(attempt(asked(), 'sidecar.inquiryResult', found(0, 1))).toBeNull();
  });

  it('has integers as total and item, or their digits', () => {
    expect(attempt(asked(), 'sidecar.inquiryResult', found('1', '1'))).toBeNull();
    const digits = asked({ countForm: 'digits' });
    expect(attempt(digits, 'sidecar.inquiryResult', found('1', '1'))).not.toBeNull();
    expect(attempt(digits, 'sidecar.inquiryResult', found('x', '1'))).toBeNull();
    expect(attempt(digits, 'sidecar.inquiryResult', found(1, 1))).not.toBeNull();
  });

  it('has one total, unless the largest counts', () => {
    const at = take(asked({ inquiryTotal: 'varying' }), 'sidecar.inquiryResult', found(1, 2));
    const more = take(at, 'sidecar.inquiryResult', found(2, 3));
    expect(owing(more)).toEqual(['owes:sidecar']);
    expect(owing(take(more, 'sidecar.inquiryResult', found(3, 3)))).toEqual([]);
  });

  it('that nothing satisfies has one result that says so', () => {
    const nothing = { id: null, body: undefined };
    const at = asked();
    expect(owing(take(at, 'sidecar.inquiryResult', found(0, 0, '4', nothing)))).toEqual([]);
    expect(attempt(at, 'sidecar.inquiryResult', found(0, 0))).toBeNull();
    expect(attempt(at, 'sidecar.inquiryResult', found(1, 0, '4', nothing))).toBeNull();
    expect(attempt(at, 'sidecar.inquiryResult', found(1, 1, '4', nothing))).toBeNull();
    const empty = found(0, 0, '4', { id: '', body: '' });
    expect(attempt(at, 'sidecar.inquiryResult', empty)).toBeNull();
    const read = asked({ emptyInquiry: 'empty' });
    expect(attempt(read, 'sidecar.inquiryResult', empty)).not.toBeNull();
  });

  it('that is backwards may be refused', () => {
    const backwards = { startTime: '2018-01-02T00:00:00Z', endTime: '2018-01-01T00:00:00Z' };
    const refused = (pinned: Record<string, string>, change: object) =>
      attempt(
        asked(pinned, inquiry('4', 'i-4', change)),
        'sidecar.sidecarError',
        error(-32602, 'i-4'),
      );
    expect(refused({}, {})).toBeNull();
    expect(refused({}, backwards)).not.toBeNull();
    expect(refused({ backwardsInquiry: 'empty' }, backwards)).toBeNull();
  });

  it('has a single result, about one batch at most, if that is how it is read', () => {
    const at = asked({ inquiryVariant: 'single' });
    expect(attempt(at, 'sidecar.inquiryResult', found(1, 2))).toBeNull();
    expect(owing(take(at, 'sidecar.inquiryResult', found(1, 1)))).toEqual([]);
  });

  describe('as the deployed software answers it', () => {
    const deployed = { inquiryVariant: 'deployed' };
    const response = (item: number, total: number, id?: unknown) =>
      call('inquiryResponse', { inquiry: uuid('4'), item, total }, id);

    it('has a call for each batch, with ids of their own, that nobody answers', () => {
      const one = take(asked(deployed), 'sidecar.inquiryResponse', response(1, 2, 'x'));
      expect(owing(one)).toEqual(['owes:sidecar']);
      const two = take(one, 'sidecar.inquiryResponse', response(2, 2, 'x'));
      expect(owing(two)).toEqual([]);
      expect(conversationAt(two).calls).toEqual([]);
      expect(kms(two, -32601, 'x')).toBeNull();
    });

    it('needs no ids, and is nothing of the document', () => {
      const { params } = response(1, 1).content;
      const told = { content: { jsonrpc: '2.0', method: 'inquiry-response', params } };
      expect(attempt(asked(deployed), 'sidecar.inquiryResponse', told)).not.toBeNull();
      expect(attempt(asked(), 'sidecar.inquiryResponse', response(1, 1))).toBeNull();
      expect(attempt(asked(deployed), 'sidecar.inquiryResult', found(1, 1))).toBeNull();
    });

    it('is no answer to another inquiry, and harms nobody', () => {
      const other = call('inquiryResponse', { inquiry: uuid('9'), item: 1, total: 1 }, 'x');
      expect(attempt(asked(deployed), 'sidecar.inquiryResponse', other)).toBeNull();
      const at = take(asked(deployed), 'sidecar.misplaced', other);
      expect(owing(at)).toEqual(['owes:sidecar']);
    });
  });
});
