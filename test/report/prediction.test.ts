import { describe, expect, it } from 'vitest';
import { planSuite } from '#src/cli/plan-suite.ts';
import { subjectOf } from '#src/cli/profile.ts';
import { settingsFor } from '#src/contract/choose.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Report } from '#src/contract/report.ts';
import { host } from '#src/play/host.ts';
import { centralKms } from '#src/protocols/central-kms/index.ts';
import { etsi004 } from '#src/protocols/etsi-004/index.ts';
import { protocols } from '#src/protocols/index.ts';
import { qosst } from '#src/protocols/qosst/index.ts';
import { matrixOf } from '#src/report/matrix/matrix.ts';
import type { Meeting } from '#src/report/matrix/meetings.ts';
import { duet } from '#src/suite/duet.ts';
import { runSuite } from '#src/suite/run-suite.ts';
import { castingOf, recordOf } from '#src/suite/target-parts.ts';

const signal = new AbortController().signal;
const model = (name: string) => protocols.find((one) => one.name === name)?.model ?? null;

/** How one side reads the protocol. */
interface Sides {
  readonly server: Readonly<Record<string, string>>;
  readonly client: Readonly<Record<string, string>>;
}

/** What is predicted of both, from a short run against each. */
async function predicted(protocol: Protocol, { server, client }: Sides): Promise<Meeting> {
  const [serving, calling] = sidesOf(protocol);
  const reports = [
    await tested(protocol, serving, server),
    await tested(protocol, calling, client),
  ];
  const [meeting] = matrixOf(reports, { by: 'topic', model }).meetings;
  if (meeting === undefined) throw new Error('nobody meets');
  return meeting;
}

async function tested(
  protocol: Protocol,
  side: string,
  readings: Readonly<Record<string, string>>,
): Promise<Report> {
  const reading = Object.entries(readings).map((pin) => pin.join('='));
  const target = `reference:${protocol.name}/${side}`;
  const subject = await subjectOf({ target, reading }, protocols);
  const one = protocol.cases.find(({ against }) => against === side);
  const plan = planSuite(subject, { selectors: [one?.id ?? ''], retries: 0 });
  return runSuite({ ...plan, inMemory: true }, () => {});
}

/** Whether a real session of both comes, in the eyes of each, as far as one of two that agree. */
async function works(protocol: Protocol, { server, client }: Sides): Promise<boolean> {
  const [serving, calling] = sidesOf(protocol);
  const settings = settingsFor(protocol);
  const play = async (readings: Readonly<Record<string, Sides['server']>>) => {
    const told = { protocol, settings, seed: 1, signal, watch: () => {}, readings };
    const { verdicts } = await duet(told);
    return [serving, calling].map((side) => verdicts[side]?.coverage.states ?? new Set<string>());
  };
  const reached = await play({ [serving]: server, [calling]: client });
  const whole = await play({});
  return whole.every((states, at) => states.isSubsetOf(reached[at] ?? new Set()));
}

/** Whether keys come to both ends and are accepted, and nobody breaks what he reads. */
async function delivers({ server, client }: Sides): Promise<boolean> {
  const [serving, calling] = sidesOf(etsi004);
  const readings = { [serving]: server, [calling]: client };
  const settings = settingsFor(etsi004);
  const told = { protocol: etsi004, settings, seed: 1, signal, watch: () => {}, readings };
  const { ledger, verdicts } = await duet(told);
  expect(Object.values(verdicts).map(({ violation }) => violation)).toEqual([null, null]);
  const came = ['streams', 'keys at end a', 'keys at end b', 'ends closed'];
  return came.every((name) => Number(ledger[name]) > 0) && ledger['refusals'] === 0;
}

function sidesOf({ model: { server, sides } }: Protocol): readonly [string, string] {
  return [server, sides.find((side) => side !== server) ?? ''];
}

describe('what is predicted of two targets', () => {
  it.each<{ protocol: Protocol; key: string; odd: string; usual: string }>([
    { protocol: centralKms, key: 'signedText', odd: 'concatenation', usual: 'challenge' },
    { protocol: centralKms, key: 'serviceNameInChallenge', odd: 'both', usual: 'rowSignature' },
    { protocol: qosst, key: 'protocolVersion', odd: 'v01', usual: 'v02' },
  ])('comes true: $key as $odd does not go with $usual', async (row) => {
    const { protocol, key, odd, usual } = row;
    const ambiguity = protocol.model.ambiguities[key];
    expect(Object.keys(ambiguity?.readings ?? {})).toEqual(expect.arrayContaining([odd, usual]));
    const apart = { server: { [key]: odd }, client: { [key]: usual } };
    const meeting = await predicted(protocol, apart);
    expect(meeting).toMatchObject({ prediction: 'fails', questions: [{ standing: 'differ' }] });
    expect(meeting.questions[0]).toMatchObject({
      ambiguity: ambiguity?.id,
      question: ambiguity?.question,
      server: { readings: [odd], text: ambiguity?.readings[odd]?.text },
      client: { readings: [usual], text: ambiguity?.readings[usual]?.text },
    });
    expect(await works(protocol, apart)).toBe(false);

    const alike = { server: { [key]: odd }, client: { [key]: odd } };
    expect(await predicted(protocol, alike)).toMatchObject({ prediction: 'agrees' });
    expect(await works(protocol, alike)).toBe(true);
  });

  it.each(
    ['one', 'zero', 'blocks'].flatMap((server) =>
      ['one', 'zero', 'blocks']
        .filter((other) => other !== server)
        .map((client) => [server, client]),
    ),
  )('comes true: openWhilePeerAbsent as %s, answered to who awaits %s', async (server, client) => {
    const key = 'openWhilePeerAbsent';
    const apart = { server: { [key]: server ?? '' }, client: { [key]: client ?? '' } };
    const isDelivered = await delivers(apart);
    const meeting = await predicted(etsi004, apart);
    expect(meeting.questions).toMatchObject([{ standing: isDelivered ? 'goTogether' : 'differ' }]);
    expect(meeting.prediction).toBe(isDelivered ? 'agrees' : 'fails');
    expect(isDelivered).toBe(server !== 'blocks');
  });

  it('is unknown where neither has shown how it reads anything', async () => {
    const nothing = { server: {}, client: {} };
    const meeting = await predicted(centralKms, nothing);
    expect(meeting).toMatchObject({ prediction: 'unknown', questions: [] });
    expect(meeting.unknown).toBe(Object.keys(centralKms.model.ambiguities).length);
  });
});

describe('a reading that no profile names', () => {
  it('is seen in what a server does, and predicts the same', async () => {
    const odd = { target: 'reference:qosst', reading: ['protocolVersion=v01'] };
    const { profile } = await subjectOf(odd, protocols);
    const record = recordOf(qosst, 'alice', null);
    const casting = castingOf(qosst, profile, { record, seed: 1 });
    await using at = await host(casting, { host: '127.0.0.1', port: 0 }, () => {});
    const subject = await subjectOf({ target: `qosst://127.0.0.1:${at.port}` }, protocols);
    const plan = planSuite(subject, { selectors: ['qosst/identification/*'], retries: 0 });
    const server = await runSuite(plan, () => {});
    const client = await tested(qosst, 'bob', { protocolVersion: 'v02' });
    const [meeting] = matrixOf([server, client], { by: 'topic', model }).meetings;
    expect(meeting?.prediction).toBe('fails');
    expect(meeting?.questions).toContainEqual(
      expect.objectContaining({
        ambiguity: 'qosst/protocolVersion',
        standing: 'differ',
        server: expect.objectContaining({ readings: ['v01'], by: 'observed' }),
      }),
    );
  });
});
