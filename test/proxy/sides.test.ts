import { describe, expect, it } from 'vitest';
import type { Protocol } from '#src/contract/protocol.ts';
import type { SideRecord } from '#src/contract/side.ts';
import { judge } from '#src/judge/judge.ts';
import { centralKms } from '#src/protocols/central-kms/index.ts';
import { etsi004 } from '#src/protocols/etsi-004/index.ts';
import { kmip } from '#src/protocols/kmip/index.ts';
import { qosst } from '#src/protocols/qosst/index.ts';
import { throughProxy, verdicts, type Staged } from './stage.ts';

const mutant = (protocol: Protocol, id: string): Readonly<Record<string, SideRecord>> => {
  const found = protocol.mutants.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no mutant ${id}`);
  return { [found.side]: found.record };
};

const rooms: readonly (readonly [string, Pick<Staged, 'protocol' | 'dialect'>])[] = [
  ['QOSST', { protocol: qosst }],
  ['ETSI GS QKD 004 over many connections', { protocol: etsi004 }],
  ['KMIP in TTLV', { protocol: kmip }],
  ['KMIP in JSON over HTTP', { protocol: kmip, dialect: 'kmip/json' }],
  ['the central KMS over WebSocket', { protocol: centralKms }],
];

describe('a session between our own sides through the proxy', () => {
  it.each(rooms)('passes on both sides in %s, and so do its traces', async (_, staged) => {
    const seen = await throughProxy(staged);
    const { protocol } = staged;
    expect(Object.values(verdicts(seen))).toEqual(['pass', 'pass']);
    expect(Object.values(seen.results).map(({ messages }) => messages > 5)).toEqual([true, true]);
    for (const side of protocol.model.sides) {
      const trace = seen.traces[side];
      expect(trace && judge(protocol, trace).verdict).toBe('pass');
      expect(seen.results[side]?.trace).toBe(`traces/proxy/${protocol.name}/1/${side}`);
    }
  });
});

const wrong: readonly (readonly [string, Protocol, string, string, string])[] = [
  ['alice-omits-next-challenge', qosst, 'alice', 'qosst/headerMembers', 'bob'],
  ['alice-sends-content-with-ready', qosst, 'alice', 'qosst/contentlessHasNone', 'bob'],
  ['bob-skips-initialization', qosst, 'bob', 'qosst/frameBeginsWithInitialization', 'alice'],
  ['device-pushes-without-host', etsi004, 'qkd-device', 'etsi-004/hostNamed', 'kms'],
  ['kms-get-key-by-post', etsi004, 'kms', 'etsi-004/methodsOfCalls', 'qkd-device'],
  ['server-version-other', kmip, 'server', 'kmip/versionEchoed', 'client'],
  ['client-counts-one-more', kmip, 'client', 'kmip/batchCountRight', 'server'],
  ['kms-masks', centralKms, 'central-kms', 'central-kms/serverUnmasked', 'sidecar'],
  ['sidecar-binary', centralKms, 'sidecar', 'central-kms/messagesAreText', 'central-kms'],
];

describe('a side that is wrong in one place', () => {
  it.each(wrong)(
    'is blamed, and the other one is not: %s',
    async (id, protocol, ...[side, requirement, other]) => {
      const records = mutant(protocol, id);
      const seen = await throughProxy({ protocol, records, idleMs: 700, replyMs: 400 });
      expect(verdicts(seen)).toEqual({ [side]: `fail ${requirement}`, [other]: 'pass' });
      const blamed = seen.told.filter(({ kind }) => kind === 'blamed');
      expect(blamed).toHaveLength(1);
      expect(seen.told.findIndex(({ kind }) => kind === 'judged')).toBeGreaterThan(
        seen.told.findIndex(({ kind }) => kind === 'blamed'),
      );
      const result = seen.results[side];
      expect(result?.citations[0]).toMatch(/, /);
      expect(result?.actual).toEqual(expect.any(String));
      expect(result?.replay).toBe(`qkdspec judge run/traces/proxy/${protocol.name}/1/${side}`);
    },
  );
});
