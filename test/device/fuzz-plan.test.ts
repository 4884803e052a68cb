import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { guarded } from '#src/cli/guarded.ts';
import { listenTcp } from '#src/transport/tcp.ts';
import { interruptedScreen } from '../cli/screen.ts';
import { qkdspec, site } from './ground.ts';

interface Plan {
  readonly messages: readonly { message: string; said: string; passes: string; why: string }[];
  readonly deviations: readonly { isDrawn: boolean; why: string | null }[];
  readonly first: readonly { sent: readonly { message: string }[] }[];
  readonly sessions: readonly {
    readonly sent: readonly {
      readonly message: string | null;
      readonly isMalformed: boolean;
      readonly withheld: string | null;
    }[];
    readonly keys: number;
    readonly ends: string | null;
  }[];
}

async function planned(...flags: readonly string[]): Promise<Plan> {
  const { exitCode, stdout, stderr } = await qkdspec('fuzz', '--plan', '--json', ...flags);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return JSON.parse(stdout);
}

const passage = ({ messages }: Plan, name: string) =>
  messages.find(({ message }) => message === name)?.passes;
const sent = ({ sessions }: Plan) => sessions.flatMap((session) => session.sent);

describe('the plan of a campaign', () => {
  it('sends nothing: nobody is connected to, and nothing is written', async () => {
    using here = await site();
    let connections = 0;
    const count = () => void (connections += 1);
    await using listener = await listenTcp({ host: '127.0.0.1', port: 0 }, count);
    const out = join(here.folder, 'run');
    const target = ['--target', `qosst://127.0.0.1:${listener.port}`, '--out', out];
    const start = ['--start', `touch '${join(here.folder, 'started')}'`];
    const { exitCode, stdout } = await qkdspec('fuzz', '--plan', ...target, ...start);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^session 2, against our own side in memory: [1-9]/m);
    expect(stdout).toContain('Nothing was sent.');
    expect(connections).toBe(0);
    expect([out, join(here.folder, 'started')].filter(existsSync)).toEqual([]);
  });

  it('is what a device is told by the campaign, message by message', async () => {
    using here = await site();
    const budget = ['--budget', '200msg,60s'];
    const flags = ['--target', here.url, '--safe', '--no-seeds', '--seed', '7', ...budget];
    const plan = await planned(...flags, '--plan-sessions', '4');
    const aim = ['--start', here.start, '--out', join(here.folder, 'run'), '--timeout', '20000'];
    await qkdspec('fuzz', ...flags, ...aim);
    const said = [...(plan.first[0]?.sent ?? []), ...sent(plan)].map(({ message }) => message);
    const received = here.received().map(({ message }) => message);
    expect(said.length).toBeGreaterThan(30);
    expect(received.slice(0, said.length)).toEqual(said);
  });

  it('tells for each message what lets it pass: consent, or that its session made the thing', async () => {
    const alone = await planned('qosst', '--safe', '--plan-sessions', '0');
    const agreed = ['--safe', '--consent', 'changeParameterRequest', '--plan-sessions', '0'];
    expect(passage(alone, 'changeParameterRequest')).toBe('never');
    expect(passage(await planned('qosst', ...agreed), 'changeParameterRequest')).toBe('always');
    const server = await planned('kmip', '--safe', '--plan-sessions', '0');
    expect(passage(server, 'destroy')).toBe('sometimes');
    expect(passage(server, 'query')).toBe('always');
    expect(passage(await planned('kmip', '--plan-sessions', '0'), 'destroy')).toBe('always');
  });

  it('leaves out in safe mode all that departs from the model, and draws it without', async () => {
    const safe = await planned('qosst', '--safe', '--plan-sessions', '8');
    expect(safe.deviations.map(({ isDrawn }) => isDrawn)).not.toContain(true);
    expect(safe.messages.map(({ said }) => said)).not.toContain('anywhere');
    expect(sent(safe).filter(({ isMalformed }) => isMalformed)).toEqual([]);
    const free = await planned('qosst', '--plan-sessions', '8');
    expect(free.deviations.map(({ isDrawn }) => isDrawn)).not.toContain(false);
    expect(sent(free).filter(({ isMalformed }) => isMalformed).length).toBeGreaterThan(5);
  });

  it('shows what the warden keeps back, and why', async () => {
    const plan = await planned('central-kms', '--safe');
    const kept = sent(plan).filter(({ withheld }) => withheld !== null);
    expect(kept.length).toBeGreaterThan(1);
    expect(kept).toEqual(sent(plan).filter(({ isMalformed }) => isMalformed));
    for (const { withheld } of kept) expect(withheld).toContain('nothing malformed is sent');
    const free = await planned('central-kms');
    expect(sent(free).filter(({ withheld }) => withheld !== null)).toEqual([]);
  });

  it('ends where a budget would be exceeded', async () => {
    const flags = ['qosst', '--max-messages', '30', '--plan-sessions', '9'];
    const plan = await planned(...flags);
    expect(plan.sessions.at(-1)?.ends).toMatch(/the budget of 30 messages would be exceeded/);
    expect(plan.sessions.length).toBeLessThan(9);
    /** The sanity exchange has taken four. */
    expect(sent(plan).length).toBe(13);
  });

  it('ends with 130 on Ctrl-C', async () => {
    expect(await guarded(['fuzz', '--plan'], interruptedScreen())).toBe(130);
  });

  it('goes on where a part of the campaign begins', async () => {
    const [whole, part] = await Promise.all([
      planned('qosst', '--plan-sessions', '2'),
      planned('qosst', '--plan-sessions', '2', '--shard', '2/3'),
    ]);
    expect(whole.sessions).toMatchObject([{ number: 0 }, { number: 1 }]);
    expect(part.sessions).toMatchObject([{ number: 1 }, { number: 4 }]);
  });
});
