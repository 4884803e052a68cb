import { describe, expect, it } from 'vitest';
import type { Expectation } from '#src/contract/case.ts';
import { requirements } from '#models/qosst/index.ts';
import { judge } from '#src/judge/judge.ts';
import { qosst } from '#src/protocols/qosst/index.ts';
import { Script } from './script.ts';

const verdictOn = (script: Script, pinned = {}) => judge(qosst, script.trace(), pinned);
const alice = () => new Script('alice');

describe('the judge passes', () => {
  it('a session that begins and ends as it must', () => {
    const verdict = verdictOn(
      alice().identified().bob('disconnection').alice('disconnectionAck').closed(),
    );
    expect(verdict).toMatchObject({ verdict: 'pass', level: null, violation: null, readings: [] });
    expect([...verdict.coverage.states]).toContain('disconnection.closed');
    expect(verdict.coverage.transitions.size).toBeGreaterThan(3);
  });

  it('an exchange, up to where the trace stops', () => {
    expect(verdictOn(alice().exchanged()).verdict).toBe('pass');
  });

  it('the same session with Bob as the peer', () => {
    const bob = new Script('bob').exchanged().bob('disconnection').alice('disconnectionAck');
    expect(verdictOn(bob.closed()).verdict).toBe('pass');
  });

  it('the refusal of a wrong digest', () => {
    const script = alice()
      .identified()
      .bob('initializationRequest', { frame: { digest: (honest) => honest.toReversed() } })
      .alice('authenticationInvalid');
    expect(verdictOn(script).verdict).toBe('pass');
  });

  it('silence when nothing is owed', () => {
    expect(verdictOn(alice().identified().silence()).verdict).toBe('pass');
  });

  it('a trace in which nothing happened', () => {
    expect(verdictOn(alice()).verdict).toBe('pass');
  });

  it('a session on a second connection', () => {
    const first = alice().identified().closed('player').trace();
    const second = alice().identified().bob('disconnection').alice('disconnectionAck').trace();
    const both = { ...first, events: [...first.events, ...second.events] };
    expect(judge(qosst, both).verdict).toBe('fail');
    expect(judge(qosst, both).violation?.requirement).toBe(requirements.challengeUnique);
  });
});

describe('the judge says reading', () => {
  /** Open: Bob may not repeat QIE_REQUEST under the assumed reading, and may under another. */
  const repeated = () =>
    alice()
      .identified()
      .bob('initializationRequest')
      .alice('initializationAccepted')
      .bob('qieRequest')
      .alice('qieReady')
      .bob('qieRequest')
      .alice('qieReady');

  it('where another open reading allows what was done', () => {
    expect(verdictOn(repeated())).toMatchObject({
      verdict: 'reading',
      readings: ['qieRequestRepeated=accepted'],
      violation: null,
      note: 'allowed when qieRequestRepeated=accepted',
    });
  });

  it('and fails it where the profile pins the assumed one', () => {
    const verdict = verdictOn(repeated(), { qieRequestRepeated: 'refused' });
    expect(verdict.verdict).toBe('fail');
    expect(verdict.violation?.kind).toBe('answer');
  });

  it('where two open readings together allow it', () => {
    const script = repeated().bob('qieTrigger').alice('qieEmissionStarted');
    script.bob('qieTrigger').alice('qieEmissionStarted');
    expect(verdictOn(script).readings.toSorted()).toEqual([
      ...['qieRequestRepeated=accepted', 'triggerRepeated=accepted'],
    ]);
  });

  /** Deviant: identification is lost with the end of a frame, as some software has it. */
  const codeless = () =>
    alice().identified().bob('qieTrigger').alice('unexpectedCommand', { content: undefined });

  it('for a deviant reading only where the profile pins it', () => {
    expect(verdictOn(codeless()).verdict).toBe('fail');
    expect(verdictOn(codeless(), { refusalContent: 'optional' })).toMatchObject({
      verdict: 'reading',
      readings: ['refusalContent=optional'],
    });
  });

  it('never for a pinned reading that the trace did not need', () => {
    const script = alice().identified();
    expect(verdictOn(script, { refusalContent: 'optional' })).toMatchObject({
      verdict: 'pass',
      readings: [],
    });
  });
});

describe('the judge warns', () => {
  it('where a case demands what the document only recommends', () => {
    const shoulds = Object.values(requirements).filter(
      ({ level, unobservable }) => level === 'SHOULD' && unobservable === undefined,
    );
    const [should] = shoulds;
    if (should === undefined) throw new Error('the model has no SHOULD');
    const expectation: Expectation = {
      text: 'nothing like it',
      check: () => ({
        kind: 'answer',
        requirement: should,
        expected: [],
        actual: 'something',
        explanation: 'It should not.',
        at: 1,
      }),
    };
    const verdict = judge(qosst, alice().identified().trace(), {}, expectation);
    expect(verdict).toMatchObject({ verdict: 'warn', level: 'SHOULD' });
  });

  it('where Alice closes a connection that she should keep', () => {
    const verdict = verdictOn(alice().identified().closed('peer'));
    expect(verdict).toMatchObject({ verdict: 'warn', level: 'SHOULD' });
    expect(verdict.violation).toMatchObject({
      kind: 'closed',
      requirement: requirements.serverDoesNotStop,
      actual: 'connection closed (FIN)',
    });
  });
});

describe('the judge fails', () => {
  it('an answer that the state does not offer, with what it offers', () => {
    const verdict = verdictOn(alice().bob('identificationRequest').alice('qieReady'));
    expect(verdict).toMatchObject({ verdict: 'fail', level: 'MUST' });
    expect(verdict.violation).toMatchObject({
      kind: 'answer',
      requirement: requirements.identificationAnswered,
      actual: 'QIE_READY (141)',
      at: 2,
    });
    expect(verdict.violation?.expected.map(({ outcome }) => outcome)).toContain(
      'IDENTIFICATION_RESPONSE (101)',
    );
  });

  it('an answer whose content lacks what it must have', () => {
    const script = alice()
      .bob('identificationRequest')
      .alice('identificationResponse', {
        content: { serial: 'x' },
      });
    expect(verdictOn(script).violation).toMatchObject({
      kind: 'content',
      requirement: requirements.identificationResponseContent,
    });
  });

  it('an answer whose content fits no request: by its guard', () => {
    const script = alice()
      .identified()
      .bob('changeParameterRequest')
      .alice('parameterUnknown', { content: { parameter: 'another' } });
    expect(verdictOn(script).violation).toMatchObject({
      kind: 'answer',
      requirement: requirements.parameterAnswered,
    });
  });

  it('a frame with a wrong digest, and one with a stale challenge', () => {
    const answer = (frame: object) =>
      verdictOn(alice().bob('identificationRequest').alice('identificationResponse', { frame }));
    expect(answer({ digest: (honest: Uint8Array) => honest.toReversed() }).violation).toMatchObject(
      { kind: 'frame', requirement: requirements.digestMatches },
    );
    expect(answer({ challenge: 'stale' }).violation).toMatchObject({
      kind: 'frame',
      requirement: requirements.challengeEchoed,
    });
  });

  it('bytes that are no frame', () => {
    const script = alice()
      .bob('identificationRequest')
      .bytes('alice', Buffer.from('0004 0000 6e6f6e65'.replaceAll(' ', ''), 'hex'));
    expect(verdictOn(script).violation).toMatchObject({
      kind: 'frame',
      requirement: requirements.headerIsJsonObject,
    });
  });

  it('silence where an answer is owed, also within a frame', () => {
    const owed = alice().bob('identificationRequest');
    const { violation } = verdictOn(owed.silence(1500));
    expect(violation).toMatchObject({
      kind: 'silence',
      requirement: requirements.identificationAnswered,
      actual: 'silence for 1500 ms',
    });
    const begun = alice()
      .bob('identificationRequest')
      .bytes('alice', Uint8Array.of(0, 90, 0));
    expect(verdictOn(begun.silence(1500)).violation).toMatchObject({
      kind: 'silence',
      actual: 'silence for 1500 ms, after 3 bytes of a frame',
    });
  });

  it('a connection that is closed or reset where an answer is owed', () => {
    const owed = () => alice().bob('identificationRequest');
    expect(verdictOn(owed().closed('peer', 'reset')).violation).toMatchObject({
      kind: 'closed',
      requirement: requirements.identificationAnswered,
      actual: 'connection reset (RST)',
    });
    expect(verdictOn(owed().closed('player')).verdict).toBe('pass');
  });

  it('an answer that nobody asked for', () => {
    expect(verdictOn(alice().identified().alice('qieReady')).violation).toMatchObject({
      kind: 'answer',
      requirement: requirements.speaksOnlyWhenAsked,
    });
  });

  it('a challenge that is issued twice', () => {
    const script = alice()
      .bob('identificationRequest')
      .alice('identificationResponse', { frame: { nextChallenge: 'again' } })
      .bob('qieTrigger')
      .alice('unexpectedCommand', { frame: { nextChallenge: 'again' } });
    expect(verdictOn(script).violation?.requirement).toBe(requirements.challengeUnique);
  });

  it('what a case demands beyond the model', () => {
    const expectation: Expectation = {
      text: 'the moon',
      check: (frames) => ({
        kind: 'answer',
        requirement: requirements.identificationAnswered,
        expected: [{ outcome: 'the moon', why: 'because' }],
        actual: `${frames.length} frames`,
        explanation: 'It was not the moon.',
        at: 0,
      }),
    };
    const verdict = judge(qosst, alice().identified().trace(), {}, expectation);
    expect(verdict).toMatchObject({ verdict: 'fail', violation: { actual: '2 frames' } });
  });

  it('Bob, who identifies himself only after he has asked for something else', () => {
    const bob = new Script('bob').bob('initializationRequest');
    expect(verdictOn(bob).violation).toMatchObject({ kind: 'answer', at: 1 });
  });

  it('Bob, who leaves without DISCONNECTION', () => {
    expect(verdictOn(new Script('bob').identified().closed()).violation).toMatchObject({
      kind: 'closed',
      requirement: requirements.disconnectBeforeLeaving,
    });
  });
});

describe('an explanation', () => {
  it('says after what, what was allowed and why, what came, and the nearest allowed answer', () => {
    const { violation } = verdictOn(alice().bob('identificationRequest').alice('qieReady'));
    const { explanation } = violation ?? { explanation: '' };
    expect(explanation).toContain('After IDENTIFICATION_REQUEST (100) the model allows {');
    expect(explanation).toContain('IDENTIFICATION_RESPONSE (101)');
    expect(explanation).toContain('qosst/identificationAnswered');
    expect(explanation).toContain('Alice sent QIE_READY (141).');
    expect(explanation).toMatch(/The nearest allowed answer, \w+ \(\d+\), differs in its code\./);
  });

  it('says what was wrong with the question', () => {
    const script = alice()
      .identified()
      .bob('initializationRequest', { frame: { challenge: 'stale' } })
      .alice('initializationAccepted');
    expect(verdictOn(script).violation?.explanation).toMatch(
      /^After INITIALIZATION_REQUEST \(120\) \(the challenge is "stale" where .* was issued\)/,
    );
  });

  it('says where the same message would have been right', () => {
    const script = alice()
      .identified()
      .bob('changeParameterRequest')
      .alice('parameterUnknown', { content: { parameter: 'another' } });
    expect(verdictOn(script).violation?.explanation).toContain(
      'The nearest allowed answer is the same message; it differs in what its content says.',
    );
  });
});

describe('frames that a recording left out', () => {
  it('let the challenge of the next frame of each side be any', () => {
    const script = alice().identified().omitted();
    const jump = { frame: { challenge: 'unheard' } };
    script.bob('qieTrigger', jump).alice('unexpectedCommand');
    expect(verdictOn(script).verdict).toBe('pass');
  });
});
