import { describe, expect, it } from 'vitest';
import {
  misfit,
  requirements,
  responseNamed,
  type CentralKmsEvent,
} from '#models/central-kms/index.ts';
import type { Position } from '#src/chart/chart.ts';
import {
  call,
  challenged,
  connected,
  conversationAt,
  error,
  registered,
  result,
  take,
  uuid,
  wrong,
} from './speaking.ts';

const broken = (from: Position, type: CentralKmsEvent['type'], carried: object) =>
  misfit({ context: conversationAt(from), event: { ...carried, type } });

const registering = take(connected(), 'sidecar.register', call('register'));
const saving = take(registered(), 'sidecar.batch', call('batch'));
const refuting = take(challenged(), 'sidecar.unauthentic', wrong('wrongRow'));
const asked = take(
  registered(),
  'central-kms.inquiry',
  call('inquiry', { inquiry: uuid('4') }, 'i'),
);
const half = take(asked, 'sidecar.inquiryResult', found(1, 3));

function found(item: unknown, total: unknown, change = {}) {
  return result('inquiryResult', 'i', { inquiry: uuid('4'), item, total, ...change });
}

describe('the requirement that a response breaks', () => {
  it.each([
    {
      key: 'sidecarIdEchoed',
      at: registering,
      message: 'registered',
      said: result('registered', 'r-1', { id: uuid('9') }),
    },
    {
      key: 'batchKeyForm',
      at: registering,
      message: 'registered',
      said: result('registered', 'r-1', { batchKey: 'ab' }),
    },
    {
      key: 'rowKeyForm',
      at: registering,
      message: 'registered',
      said: result('registered', 'r-1', { rowKey: 'ab' }),
    },
    { key: 'errorCodeFits', at: registering, message: 'kmsError', said: error(40004, 'r-1') },
    {
      key: 'batchIdEchoed',
      at: saving,
      message: 'batchStored',
      said: result('batchStored', 'b-1', { id: uuid('9') }),
    },
    {
      key: 'wrongRowSignatureRefused',
      at: refuting,
      message: 'challengeAccepted',
      said: result('challengeAccepted', 'c-1'),
    },
    {
      key: 'wrongRowSignatureRefused',
      at: refuting,
      message: 'kmsError',
      said: error(40004, 'c-1'),
    },
    {
      key: 'inquiryIdEchoed',
      at: asked,
      message: 'inquiryResult',
      said: found(1, 1, { inquiry: uuid('5') }),
    },
    { key: 'countsAreIntegers', at: asked, message: 'inquiryResult', said: found('1', '1') },
    { key: 'totalConstant', at: half, message: 'inquiryResult', said: found(2, 4) },
    { key: 'itemsDistinct', at: half, message: 'inquiryResult', said: found(1, 3) },
    { key: 'foundContent', at: asked, message: 'inquiryResult', said: found(1, 1, { body: null }) },
  ] as const)('is $key', ({ key, at, message, said }) => {
    const side = message === 'inquiryResult' ? 'sidecar' : 'central-kms';
    expect(broken(at, eventType(side, message), said)?.id).toBe(requirements[key].id);
  });

  it('is that of what was wrong with the call', () => {
    const early = take(connected(), 'sidecar.misplaced', call('batch'));
    const stored = result('batchStored', 'b-1');
    expect(broken(early, 'central-kms.batchStored', stored)).toBe(requirements.wrongStateRefused);
    const unfit = take(registered(), 'sidecar.unfit', call('batch', { id: 1 }, 'x'));
    expect(broken(unfit, 'central-kms.kmsError', error(-32600, 'x'))).toBe(
      requirements.invalidParamsTold,
    );
    const unparsed = take(registered(), 'sidecar.malformed');
    expect(broken(unparsed, 'central-kms.kmsError', error(-32603, null))).toBe(
      requirements.parseErrorTold,
    );
  });

  it('is none where it is good, or where no call awaits it', () => {
    expect(broken(saving, 'central-kms.batchStored', result('batchStored', 'b-1'))).toBeNull();
    expect(broken(saving, 'central-kms.batchStored', result('batchStored', 'b-9'))).toBeNull();
  });

  it('is that of the type of an id', () => {
    const numbered = take(registered(), 'sidecar.batch', call('batch', {}, 7));
    const stored = result('batchStored', '7');
    expect(broken(numbered, 'central-kms.batchStored', stored)).toBe(requirements.idKept);
  });
});

describe('the name of a response', () => {
  const named = (at: Position, side: 'central-kms' | 'sidecar', content: unknown) =>
    responseNamed(conversationAt(at), side, content);

  it('is that of the call whose id it has', () => {
    const bare = (id: unknown) => ({ jsonrpc: '2.0', id, result: null });
    expect(named(registering, 'central-kms', bare('r-1'))).toBe('registered');
    expect(named(saving, 'central-kms', bare('b-1'))).toBe('batchStored');
    expect(named(asked, 'sidecar', bare('i'))).toBe('inquiryResult');
    const checked = take(connected(), 'central-kms.healthcheck', call('healthcheck', {}, 'r-1'));
    expect(named(checked, 'sidecar', bare('r-1'))).toBe('healthReport');
  });

  it('is that of what it says where no call has its id', () => {
    const start = connected();
    expect(named(start, 'central-kms', result('registered', 'z').content)).toBe('registered');
    expect(named(start, 'central-kms', result('batchStored', 'z').content)).toBe('batchStored');
    expect(named(start, 'sidecar', found(1, 1).content)).toBe('inquiryResult');
    expect(named(start, 'sidecar', error(1, 'z').content)).toBe('sidecarError');
    expect(named(start, 'central-kms', error(1, 'z').content)).toBe('kmsError');
  });
});

function eventType(side: string, message: string): CentralKmsEvent['type'] {
  const type = `${side}.${message}`;
  if (!isType(type)) throw new TypeError(`no event is called ${type}`);
  return type;
}

function isType(type: string): type is CentralKmsEvent['type'] {
  return type.startsWith('central-kms.') || type.startsWith('sidecar.');
}
