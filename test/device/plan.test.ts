import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listenTcp } from '#src/transport/tcp.ts';
import { qkdspec, site } from './ground.ts';

interface Plan {
  readonly target: string;
  readonly totals: Readonly<Record<string, number>>;
  readonly cases: readonly {
    readonly id: string;
    readonly leftOut: string | null;
    readonly sent: readonly {
      readonly message: string | null;
      readonly isMalformed: boolean;
      readonly destroys: readonly string[];
      readonly bytes: number;
    }[];
    readonly keys: number;
  }[];
}

const some = ['parameter/unknown/*', 'digest/*', 'estimation/symbols/first'];
/** How sessions begin and end: cases that leave one as they found it share it. */
const frames = ['identificationRequest', 'disconnection'];

async function planned(...flags: readonly string[]): Promise<Plan> {
  const { exitCode, stdout, stderr } = await qkdspec('test', ...flags, '--plan', '--json');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return JSON.parse(stdout);
}

const sent = ({ cases }: Plan) => cases.flatMap((one) => one.sent);

describe('the plan of a suite', () => {
  it('sends nothing: nobody is connected to, nothing is started and nothing is written', async () => {
    using here = await site();
    let connections = 0;
    const count = () => void (connections += 1);
    await using listener = await listenTcp({ host: '127.0.0.1', port: 0 }, count);
    const [out, started] = [join(here.folder, 'run'), join(here.folder, 'started')];
    const target = ['--target', `qosst://127.0.0.1:${listener.port}`, '--out', out];
    const flags = [...target, '--start', `touch '${started}'`, '--plan'];
    const { exitCode, stdout } = await qkdspec('test', ...some, ...flags);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^ {4}1\. identificationRequest {2}IDENTIFICATION_REQUEST \(100\)/m);
    expect(stdout).toMatch(/\d+ messages would be sent to qosst:.*\nNothing was sent\./);
    expect(connections).toBe(0);
    expect([out, started].filter(existsSync)).toEqual([]);
  });

  it.each([
    ['without care', []],
    ['in safe mode', ['--safe']],
    ['with consent', ['--safe', '--consent', 'changeParameterRequest']],
  ])('%s is what a device is told by the run, message by message', async (_, care) => {
    using here = await site();
    const plan = await planned(...some, '--target', here.url, ...care);
    const aim = ['--start', here.start, '--out', join(here.folder, 'run'), '--timeout', '20000'];
    await qkdspec('test', ...some, '--target', here.url, ...care, ...aim);
    const names = here.received().map((one) => (one.malformed ? 'malformed' : (one.message ?? '')));
    const meant = sent(plan).map((one) => (one.isMalformed ? 'malformed' : (one.message ?? '')));
    const within = (all: readonly string[]) => all.filter((name) => !frames.includes(name));
    expect(within(meant).length).toBeGreaterThan(3);
    expect(within(names)).toEqual(within(meant));
    /** The sanity exchange comes first in a plan; in a run, last as well. */
    const sanity = plan.cases[0]?.sent.length ?? 0;
    expect(plan.totals['sent']).toBe(meant.length);
    expect(names.length).toBeLessThanOrEqual(meant.length + sanity);
  });

  it('marks what is malformed and what destroys, and leaves it out where it may not be said', async () => {
    const free = await planned('qosst/parameter/unknown/*', 'qosst/digest/*');
    expect(sent(free).filter(({ isMalformed }) => isMalformed).length).toBeGreaterThan(2);
    const changes = sent(free).filter(({ destroys }) => destroys.length > 0);
    expect(changes[0]).toMatchObject({ destroys: ['changeParameterRequest'] });
    expect(free.cases.map(({ leftOut }) => leftOut)).not.toContainEqual(expect.any(String));
    const safe = await planned('qosst/parameter/unknown/*', 'qosst/digest/*', '--safe');
    expect(sent(safe).filter((one) => one.isMalformed || one.destroys.length > 0)).toEqual([]);
    const reasons = new Set(safe.cases.map(({ leftOut }) => leftOut));
    expect([...reasons].join('\n')).toContain('--consent changeParameterRequest');
    expect([...reasons].join('\n')).toContain('nothing malformed is sent');
  });

  it('counts keys, and tells each size', async () => {
    const plan = await planned('qosst/estimation/symbols/first');
    expect(plan.totals['keys']).toBe(1);
    expect(sent(plan).every(({ bytes }) => bytes > 8)).toBe(true);
  });

  it('keeps to a profile, and shows no case that it does not apply to', async () => {
    using here = await site();
    const profile = join(here.folder, 'lab.yaml');
    writeFileSync(profile, 'target: qosst://192.0.2.7\nnever: [peFinished]\n');
    const plan = await planned('estimation/no-key/*', '--profile', profile);
    expect(plan.target).toBe('qosst://192.0.2.7:8181');
    expect(sent(plan).map(({ message }) => message)).not.toContain('peFinished');
    expect(plan.cases.at(-1)?.leftOut).toContain('the profile says never to send peFinished');
  });
});
