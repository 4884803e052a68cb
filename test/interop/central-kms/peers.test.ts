import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { planSuite, protocols, runSuite, subjectOf, type TargetFlags } from '#src/index.ts';

const peer = (name: string) => fileURLToPath(new URL(`peers/${name}.ts`, import.meta.url));
const deployed = fileURLToPath(
  new URL('../../../fixtures/profiles/central-kms-mojaloop-deployed.yaml', import.meta.url),
);
/** How a peer behaves, and what is played: the deployed ones differ in these topics alone. */
const flavours = [
  ['document', {}, []],
  ['deployed', { profile: deployed }, ['registration', 'json-rpc', 'calls-of-kms']],
] as const;

/** Cases that a MUST is broken in; there must be others that were played. */
async function failed(flags: TargetFlags, topics: readonly string[]): Promise<readonly string[]> {
  const subject = await subjectOf(flags, protocols);
  const selectors = topics.map((topic) => `central-kms/${topic}/*`);
  const { results } = await runSuite(planSuite(subject, { retries: 0, selectors }), () => {});
  const good = results.filter(({ verdict }) => ['pass', 'reading'].includes(verdict));
  expect(good.length).toBeGreaterThan(topics.length > 0 ? 8 : 50);
  return results.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id);
}

describe('peers on the package ws, written from the document', () => {
  it.each(flavours)('KMS, %s', async (flavour, flags, topics) => {
    const child = spawn(process.execPath, [peer('kms'), '0', flavour], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(createInterface(child.stdout), 'line');
    const { port }: { port: number } = JSON.parse(String(line));
    const target = `kms+ws://127.0.0.1:${port}`;
    expect(await failed({ ...flags, target }, topics)).toEqual([]);
    child.kill();
  });

  it.each(flavours)('sidecar, %s', async (flavour, flags, topics) => {
    const target = `cmd:node ${peer('sidecar')} {url} ${flavour}`;
    const side = { protocol: 'central-kms', side: 'sidecar' };
    const played = topics.length > 0 ? ['sidecar-conduct'] : topics;
    expect(await failed({ ...flags, ...side, target }, played)).toEqual([]);
  });
});
