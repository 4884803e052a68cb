import { describe, expect, it } from 'vitest';
import { defineRequirements } from '#models/language/index.ts';
import { requirements } from '#models/qosst/index.ts';
import type { Flaw } from '#src/contract/frame.ts';
import type { Audit } from '#src/contract/protocol.ts';
import { judge } from '#src/judge/judge.ts';
import { qosst } from '#src/protocols/qosst/index.ts';
import { Script } from './script.ts';

const rows = defineRequirements('toy', {
  neatly: {
    level: 'SHOULD',
    basis: 'stated',
    binds: 'alice',
    cite: { document: 'toy', section: 'Talk' },
    text: 'Alice writes neatly.',
  },
  shortly: {
    level: 'SHOULD',
    basis: 'stated',
    binds: 'alice',
    cite: { document: 'toy', section: 'Talk' },
    text: 'Alice is short.',
  },
});
const blots: Flaw = { kind: 'malformed', requirement: rows.neatly, detail: 'blots' };

/** The protocol, in which everything that Alice says is written badly. */
const blotted: typeof qosst = {
  ...qosst,
  perceive: (frame, speaker, position, settings) => {
    const perceived = qosst.perceive(frame, speaker, position, settings);
    if (speaker !== 'alice') return perceived;
    return { ...perceived, flaws: [blots, ...perceived.flaws] };
  },
};

const verdictOn = (script: Script, pinned = {}) => judge(blotted, script.trace(), pinned);
const alice = () => new Script('alice');

describe('behind a frame that should be otherwise, the judge', () => {
  it('goes on, and warns of the first', () => {
    const whole = alice().identified().bob('disconnection').alice('disconnectionAck').closed();
    const { verdict, violation, level, coverage } = verdictOn(whole);
    expect({ verdict, level }).toEqual({ verdict: 'warn', level: 'SHOULD' });
    expect(violation).toMatchObject({ kind: 'frame', requirement: rows.neatly, at: 2 });
    expect(violation?.explanation).toContain('toy/neatly says: "Alice writes neatly."');
    expect([...coverage.states]).toContain('disconnection.closed');
  });

  it('fails a wrong answer, a wrong content and a wrong frame as it would without it', () => {
    const wrongs = [
      alice().identified().alice('qieReady'),
      alice().bob('identificationRequest').alice('qieReady'),
      alice()
        .bob('identificationRequest')
        .alice('identificationResponse', { content: { serial: 'x' } }),
      alice()
        .identified()
        .bob('qieTrigger')
        .alice('unexpectedCommand', { frame: { digest: (honest) => honest.toReversed() } }),
      alice().identified().bob('qieTrigger').silence(1500),
      alice().identified().bob('qieTrigger').closed('peer', 'reset'),
    ];
    for (const wrong of wrongs) {
      const { violation } = judge(qosst, wrong.trace());
      const { verdict, violation: found } = verdictOn(wrong);
      expect(verdict).toBe('fail');
      expect(found?.requirement.id).toBe(violation?.requirement.id);
      expect(found?.at).toBe(violation?.at);
    }
  });

  it('fails what only the whole trace shows', () => {
    const script = alice()
      .bob('identificationRequest')
      .alice('identificationResponse', { frame: { nextChallenge: 'again' } })
      .bob('qieTrigger')
      .alice('unexpectedCommand', { frame: { nextChallenge: 'again' } });
    expect(verdictOn(script)).toMatchObject({
      verdict: 'fail',
      violation: { requirement: requirements.challengeUnique },
    });
  });

  it('still finds the reading that allows the rest, and warns', () => {
    const repeated = alice()
      .identified()
      .bob('initializationRequest')
      .alice('initializationAccepted')
      .bob('qieRequest')
      .alice('qieReady')
      .bob('qieRequest')
      .alice('qieReady');
    expect(verdictOn(repeated)).toMatchObject({
      verdict: 'warn',
      readings: ['qieRequestRepeated=accepted'],
      violation: { requirement: rows.neatly },
    });
    expect(verdictOn(repeated, { qieRequestRepeated: 'refused' }).verdict).toBe('fail');
  });
});

describe('behind what else should not be, the judge', () => {
  const left = () => alice().identified().closed('peer').trace().events;

  it('warns of a connection that was left, and fails the next one', () => {
    const wrong = alice().bob('identificationRequest').alice('qieReady').trace();
    const both = { ...wrong, events: [...left(), ...wrong.events] };
    expect(judge(qosst, { ...wrong, events: left() }).verdict).toBe('warn');
    const { verdict, violation } = judge(qosst, both);
    expect(verdict).toBe('fail');
    expect(violation).toMatchObject({ at: left().length + 2 });
  });

  it('lets an audit of what must be come before one of what should be', () => {
    const audit = (requirement: Audit['requirement'], detail: string): Audit => ({
      requirement,
      check: (frames) => ({ at: frames.at(-1)?.at ?? 0, detail }),
    });
    const should = audit(rows.shortly, 'long');
    const must = audit(requirements.challengeUnique, 'twice');
    const trace = alice().identified().trace();
    const under = (...audits: readonly Audit[]) => judge({ ...qosst, audits }, trace).violation;
    expect(under(should)?.requirement).toBe(rows.shortly);
    expect(under(should, must)?.requirement).toBe(requirements.challengeUnique);
  });
});
