import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { qosst } from '#src/protocols/qosst/index.ts';
import { fuzzRealAlice, keep, profileOfRealAlice, shortened } from './campaign.ts';
import { installQosst } from './peers/install.ts';

const installed = await installQosst();
const seed = 42;
const requirements = Object.values(qosst.model.requirements).map(({ id }) => id);

describe.skipIf(installed.kind === 'missing')('a campaign against real Alice', () => {
  it('goes on behind her crashes, and leaves findings with their shortest frames', async () => {
    const profile = await profileOfRealAlice();
    const state = await fuzzRealAlice(profile, { seed, ms: 60_000 });
    const findings = await shortened(profile, state.findings);
    const { messages, sessions, restarts, elapsedMs } = state;
    console.log({ messages, sessions, restarts, elapsedMs, findings: findings.length });
    for (const { id, kind, requirement, minimalMessages, actual } of findings) {
      console.log(`finding ${id}: ${kind}, ${requirement}, ${minimalMessages} frames: ${actual}`);
    }
    const folder = keep(profile, { ...state, findings }, seed);
    const kept = readdirSync(path.join(folder, 'findings'));
    expect(kept.toSorted()).toEqual(findings.map(({ id }) => `${id}.jsonl`).toSorted());

    expect(messages).toBeGreaterThan(200);
    expect(state.health).toBe('well');
    const crashes = findings.filter(({ kind }) => kind === 'crash');
    /** Bytes that are not UTF-8, or JSON that is no object, end her: one frame in ten is such. */
    expect(crashes.map(({ actual }) => actual)).toContainEqual(
      expect.stringMatching(/^the target ended with exit code 1: \w+Error/),
    );
    expect(Math.min(...crashes.map(({ minimalMessages }) => minimalMessages))).toBeLessThan(4);
    expect(restarts).toBeGreaterThan(1);
    const first = Math.min(...crashes.map(({ messagesToDetection }) => messagesToDetection));
    expect(messages).toBeGreaterThan(first);
    for (const { requirement } of findings) expect(requirements).toContain(requirement);
  });
});
