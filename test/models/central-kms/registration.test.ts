import { describe, expect, it } from 'vitest';
import { messages } from '#models/central-kms/index.ts';
import type { Position } from '#src/chart/chart.ts';
import {
  active,
  attempt,
  call,
  challenged,
  closing,
  connected,
  conversationAt,
  error,
  owing,
  registered,
  result,
  start,
  take,
  uuid,
  wrong,
} from './speaking.ts';

const kms = (at: Position, code: number, id: unknown) =>
  attempt(at, 'central-kms.kmsError', error(code, id));

describe('the upgrade', () => {
  it('is asked for and granted', () => {
    const asked = take(start(), 'sidecar.upgrade', { content: messages.upgrade.example });
    expect(active(asked)).toEqual(['connection.upgrading']);
    expect(owing(asked)).toEqual(['owes:central-kms']);
    expect(attempt(asked, 'sidecar.register', call('register'))).toBeNull();
    expect(attempt(asked, 'central-kms.upgradeRefused', { content: { status: 400 } })).toBeNull();
    expect(active(connected())).toEqual(['connection.connected']);
    expect(owing(connected())).toEqual([]);
  });

  it('is refused where it is not correct, and may be tried again', () => {
    const asked = take(start(), 'sidecar.malformed', { fault: 'upgrade' });
    expect(active(asked)).toEqual(['connection.refusing']);
    expect(attempt(asked, 'central-kms.upgraded')).toBeNull();
    expect(attempt(asked, 'central-kms.closes')).toBeNull();
    const refused = take(asked, 'central-kms.upgradeRefused', { content: { status: 400 } });
    expect(owing(refused)).toEqual([]);
    expect(active(take(refused, 'sidecar.upgrade'))).toEqual(['connection.upgrading']);
    const ended = take(start({ refusedUpgrade: 'closed' }), 'sidecar.malformed', {
      fault: 'upgrade',
    });
    expect(attempt(ended, 'central-kms.closes')).not.toBeNull();
  });

  it('leaves nothing behind where its answer is wrong', () => {
    const asked = take(start(), 'sidecar.upgrade');
    const at = take(asked, 'central-kms.unauthentic', { fault: 'upgrade' });
    expect(owing(at)).toEqual(['owes:sidecar']);
    expect(attempt(at, 'sidecar.register', call('register'))).toBeNull();
    expect(attempt(at, 'sidecar.closeFrame', closing())).toBeNull();
    expect(active(take(at, 'sidecar.closes'))).toEqual(['connection.terminated']);
  });
});

describe('a registration', () => {
  it('goes from register by the challenge to the end', () => {
    const asked = take(connected(), 'sidecar.register', call('register'));
    expect(active(asked)).toEqual(['connection.registering']);
    expect(owing(asked)).toEqual(['owes:central-kms']);
    const granted = take(asked, 'central-kms.registered', result('registered', 'r-1'));
    expect(active(granted)).toEqual(['connection.challenged']);
    expect(conversationAt(granted).grants).toHaveLength(1);
    const proving = take(granted, 'sidecar.challenge', call('challenge'));
    expect(owing(proving)).toEqual(['owes:central-kms']);
    const done = take(proving, 'central-kms.challengeAccepted', result('challengeAccepted', 'c-1'));
    expect(active(done)).toEqual(['connection.registered']);
    expect(conversationAt(done)).toMatchObject({ calls: [], isRegistered: true });
  });

  it('is granted only with the id of the call and of the sidecar', () => {
    const at = take(connected(), 'sidecar.register', call('register'));
    const { id } = messages.register.example.params;
    const granted = (callId: unknown, change = {}) =>
      attempt(at, 'central-kms.registered', result('registered', callId, change));
    expect(granted('r-1')).not.toBeNull();
    expect(granted('r-1', { id: id.toUpperCase() })).not.toBeNull();
    expect(granted('r-2')).toBeNull();
    expect(granted(null)).toBeNull();
    expect(granted('r-1', { id: uuid('9') })).toBeNull();
  });

  it('brings keys of the lengths that are read', () => {
    const granted = (change: object, pinned = {}) => {
      const at = take(connected(pinned), 'sidecar.register', call('register'));
      return attempt(at, 'central-kms.registered', result('registered', 'r-1', { ...change }));
    };
    const [short, long] = ['ab'.repeat(16), 'ab'.repeat(32)];
    expect(granted({ rowKey: short })).toBeNull();
    expect(granted({ rowKey: short }, { rowKeyForm: 'anyAes' })).not.toBeNull();
    expect(granted({ batchKey: long })).toBeNull();
    expect(granted({ batchKey: long }, { batchKeyForm: 'seed' })).not.toBeNull();
    expect(granted({ batchKey: 'xy'.repeat(64) })).toBeNull();
  });

  it('brings another challenge each time', () => {
    const again = take(
      challenged({ twins: 'taken' }),
      'sidecar.misplaced',
      call('register', {}, 'r-2'),
    );
    expect(attempt(again, 'central-kms.registered', result('registered', 'r-2'))).toBeNull();
  });

  it('is refused with 40001, and may be tried again', () => {
    const asked = take(connected(), 'sidecar.register', call('register'));
    expect(kms(asked, 40004, 'r-1')).toBeNull();
    const refused = take(asked, 'central-kms.kmsError', error(40001, 'r-1'));
    expect(active(refused)).toEqual(['connection.connected']);
    expect(attempt(refused, 'sidecar.register', call('register'))).not.toBeNull();
    expect(attempt(refused, 'central-kms.closeFrame', closing())).toBeNull();
  });

  it('may be the last word of a KMS that ends refused connections', () => {
    const asked = take(
      connected({ refusedRegister: 'closed' }),
      'sidecar.register',
      call('register'),
    );
    expect(attempt(asked, 'central-kms.closeFrame', closing())).toBeNull();
    const refused = take(asked, 'central-kms.kmsError', error(40001, 'r-1'));
    expect(attempt(refused, 'central-kms.closeFrame', closing())).not.toBeNull();
    expect(attempt(refused, 'central-kms.closes')).not.toBeNull();
  });

  it('may fail for reasons of the KMS, if that is how it is read', () => {
    const refused = (pinned: Record<string, string>, code: number) =>
      kms(take(connected(pinned), 'sidecar.register', call('register')), code, 'r-1');
    expect(refused({}, -32603)).not.toBeNull();
    expect(refused({ internalErrors: 'never' }, -32603)).toBeNull();
    expect(refused({}, 7)).toBeNull();
    expect(refused({ unlistedCodes: 'anytime' }, 7)).not.toBeNull();
    expect(refused({ unlistedCodes: 'anytime' }, -32601)).toBeNull();
    const nameless = call('register', { serviceName: '' });
    const limited = take(connected({ serviceNames: 'limited' }), 'sidecar.register', nameless);
    expect(kms(limited, -32602, 'r-1')).not.toBeNull();
    expect(kms(take(connected(), 'sidecar.register', nameless), -32602, 'r-1')).toBeNull();
  });

  it("is anybody's guess behind a result that cannot be used", () => {
    const asked = take(connected(), 'sidecar.register', call('register'));
    const spoilt = { content: { jsonrpc: '2.0', id: 'r-1', result: {} } };
    const at = take(asked, 'central-kms.unfit', spoilt);
    expect(active(at)).toEqual(['connection.doubtful']);
    for (const message of ['register', 'challenge', 'batch'] as const) {
      expect(attempt(at, `sidecar.${message}`, call(message))).not.toBeNull();
    }
  });
});

describe('a challenge', () => {
  const failing = (proof: string, pinned = {}) =>
    take(challenged(pinned), 'sidecar.unauthentic', wrong(proof));

  it('that is right is not refused as wrong', () => {
    const at = take(challenged(), 'sidecar.challenge', call('challenge'));
    expect(kms(at, 40004, 'c-1')).toBeNull();
    expect(kms(at, 40005, 'c-1')).toBeNull();
    expect(active(take(at, 'central-kms.kmsError', error(-32603, 'c-1')))).toEqual([
      'connection.challenged',
    ]);
  });

  it('is not legal with a wrong signature', () => {
    expect(attempt(challenged(), 'sidecar.challenge', wrong('wrongRow'))).toBeNull();
    expect(attempt(challenged(), 'sidecar.challenge', wrong('right'))).not.toBeNull();
  });

  it.each([
    { proof: 'wrongBatch', codes: [40004] },
    { proof: 'wrongRow', codes: [40005] },
    { proof: 'wrongBoth', codes: [40004, 40005] },
  ])('with $proof is refused with $codes, then the connection ends', ({ proof, codes }) => {
    const at = failing(proof);
    expect(active(at)).toEqual(['connection.refuting']);
    expect([40001, 40003, 40004, 40005, -32602].filter((code) => kms(at, code, 'c-1'))).toEqual(
      codes,
    );
    const told = take(at, 'central-kms.kmsError', error(codes[0] ?? 0, 'c-1'));
    expect(active(told)).toEqual(['connection.suspended']);
    expect(owing(told)).toEqual(['owes:central-kms']);
    const left = take(told, 'central-kms.closeFrame', closing());
    expect(active(left)).toEqual(['connection.kmsLeaving']);
  });

  it('with both signatures wrong has the error that is read', () => {
    const codes = (bothWrong: string) =>
      [40004, 40005].filter((code) => kms(failing('wrongBoth', { bothWrong }), code, 'c-1'));
    expect(codes('batchFirst')).toEqual([40004]);
    expect(codes('rowFirst')).toEqual([40005]);
  });

  it('that failed is never answered with success', () => {
    const at = failing('wrongBatch');
    const accepted = (from: Position, id: string) =>
      attempt(from, 'central-kms.challengeAccepted', result('challengeAccepted', id));
    expect(accepted(at, 'c-1')).toBeNull();
    const again = take(at, 'sidecar.misplaced', wrong('right', 'c-2'));
    expect(accepted(again, 'c-2')).toBeNull();
    const told = take(again, 'central-kms.kmsError', error(40004, 'c-1'));
    expect(accepted(told, 'c-2')).toBeNull();
    const twins = take(
      failing('wrongBatch', { twins: 'taken' }),
      'sidecar.misplaced',
      wrong('right', 'c-2'),
    );
    expect(accepted(twins, 'c-2')).toBeNull();
  });

  const codesFor = (params: Readonly<Record<string, unknown>>) => (malformedChallenge: string) => {
    const from = challenged({ malformedChallenge });
    const at = take(from, 'sidecar.unfit', call('challenge', params));
    return [-32600, -32602, 40004, 40005].filter((code) => kms(at, code, 'c-1'));
  };

  it('without a text as a signature is refused as such, whether it counts or not', () => {
    for (const reading of ['either', 'unspent', 'spent']) {
      expect(codesFor({ batchSignature: 'ab', rowSignature: 7 })(reading)).toEqual([-32602]);
    }
  });

  it('that is none is refused either way, as it is read', () => {
    const codes = codesFor({ batchSignature: 'ab', rowSignature: 'x' });
    expect(codes('either')).toEqual([-32602, 40004, 40005]);
    expect(codes('unspent')).toEqual([-32602]);
    expect(codes('spent')).toEqual([40004, 40005]);
  });

  it('that is none may leave the attempt, and a right one then succeeds', () => {
    const at = take(challenged(), 'sidecar.unfit', call('challenge', { rowSignature: 7 }));
    const told = take(at, 'central-kms.kmsError', error(-32602, 'c-1'));
    expect(active(told)).toEqual(['connection.challenged']);
    expect(attempt(told, 'central-kms.closeFrame', closing())).not.toBeNull();
    const second = take(told, 'sidecar.challenge', call('challenge', {}, 'c-2'));
    const done = attempt(
      second,
      'central-kms.challengeAccepted',
      result('challengeAccepted', 'c-2'),
    );
    expect(done).not.toBeNull();
  });

  it('that failed ends with the close codes that are read', () => {
    const ends = (code: number | null, pinned = {}) => {
      const told = take(failing('wrongRow', pinned), 'central-kms.kmsError', error(40005, 'c-1'));
      return attempt(told, 'central-kms.closeFrame', closing(code)) !== null;
    };
    expect([1000, 1008, 4000, 4999].map((code) => ends(code))).toEqual([true, true, true, true]);
    expect([1001, 1011, 3000, null].map((code) => ends(code))).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(ends(1001, { suspensionCode: 'any' })).toBe(true);
  });

  it('that failed ends without a close frame, if that is how it is read', () => {
    const told = (pinned: Record<string, string>) =>
      take(failing('wrongRow', pinned), 'central-kms.kmsError', error(40005, 'c-1'));
    expect(attempt(told({}), 'central-kms.closes')).toBeNull();
    expect(attempt(told({ suspensionEnd: 'hangUp' }), 'central-kms.closes')).not.toBeNull();
  });

  it('that failed ends without an error, if that is how it is read', () => {
    const at = failing('wrongRow', { errorBeforeEnd: 'policy' });
    expect(attempt(failing('wrongRow'), 'central-kms.closeFrame', closing(1008))).toBeNull();
    expect(attempt(at, 'central-kms.closeFrame', closing(1008))).not.toBeNull();
    expect(attempt(at, 'central-kms.closeFrame', closing(1000))).toBeNull();
  });
});

describe('a call that is not possible now', () => {
  const early = take(connected(), 'sidecar.misplaced', call('batch'));

  it('is refused with any code, or with that which is read', () => {
    expect(active(early)).toEqual(['stray.misplaced', 'connection.connected']);
    expect(attempt(early, 'central-kms.batchStored', result('batchStored', 'b-1'))).toBeNull();
    expect([-32601, -32600, 40001, 7].every((code) => kms(early, code, 'b-1'))).toBe(true);
    expect(kms(early, -32601, 'b-2')).toBeNull();
    expect(kms(early, -32601, null)).toBeNull();
    const codes = (stateErrorCode: string) => {
      const at = take(connected({ stateErrorCode }), 'sidecar.misplaced', call('batch'));
      return [-32601, -32600, 7].filter((code) => kms(at, code, 'b-1'));
    };
    expect(codes('methodNotFound')).toEqual([-32601]);
    expect(codes('invalidRequest')).toEqual([-32600]);
    expect(codes('own')).toEqual([7]);
  });

  it('changes nothing: the registration goes on', () => {
    const told = take(early, 'central-kms.kmsError', error(-32601, 'b-1'));
    expect(active(told)).toEqual(['connection.connected']);
    expect(attempt(told, 'sidecar.register', call('register'))).not.toBeNull();
  });

  it('is a second register, also while the first awaits its answer', () => {
    for (const pinned of [{}, { twins: 'taken' }]) {
      const asked = take(connected(pinned), 'sidecar.register', call('register'));
      const id = uuid('5');
      expect(attempt(asked, 'sidecar.register', call('register', { id }, 'r-2'))).toBeNull();
      const both = take(asked, 'sidecar.misplaced', call('register', { id }, 'r-2'));
      const second = result('registered', 'r-2', { id, challenge: 'another' });
      const served = attempt(both, 'central-kms.registered', second);
      expect(served !== null).toBe('twins' in pinned);
      if (served === null) continue;
      expect(active(served)).toEqual(['connection.registering']);
      const first = take(served, 'central-kms.registered', result('registered', 'r-1'));
      expect(active(first)).toEqual(['connection.challenged']);
      expect(conversationAt(first).grants).toHaveLength(2);
    }
    expect(attempt(registered(), 'sidecar.register', call('register'))).toBeNull();
  });

  it('is a batch while the challenge awaits its answer, unless such batches wait', () => {
    const proving = (pinned: Record<string, string>) =>
      take(challenged(pinned), 'sidecar.challenge', call('challenge'));
    expect(attempt(proving({}), 'sidecar.batch', call('batch'))).toBeNull();
    const at = take(proving({ earlyBatch: 'queued' }), 'sidecar.batch', call('batch'));
    const stored = result('batchStored', 'b-1');
    expect(attempt(at, 'central-kms.batchStored', stored)).toBeNull();
    const done = take(at, 'central-kms.challengeAccepted', result('challengeAccepted', 'c-1'));
    expect(active(take(done, 'central-kms.batchStored', stored))).toEqual([
      'connection.registered',
    ]);
    expect(kms(at, -32601, 'b-1')).not.toBeNull();
  });

  it('is a challenge before its register is answered; refuted it may end the connection', () => {
    const asked = take(connected(), 'sidecar.register', call('register'));
    const both = take(asked, 'sidecar.misplaced', wrong('wrongBoth'));
    const granted = take(both, 'central-kms.registered', result('registered', 'r-1'));
    const refuted = take(granted, 'central-kms.kmsError', error(40004, 'c-1'));
    expect(active(refuted)).toEqual(['connection.challenged']);
    expect(attempt(refuted, 'central-kms.closeFrame', closing())).not.toBeNull();
    const refused = take(granted, 'central-kms.kmsError', error(-32601, 'c-1'));
    expect(attempt(refused, 'central-kms.closeFrame', closing())).toBeNull();
  });
});
