import { describe, expect, it } from 'vitest';
import { exitText } from '#src/transport/exit-text.ts';
import { exitWithin, fillIn, startCommand } from '#src/transport/command.ts';

const node = process.execPath;

describe('a command line', () => {
  it('is filled in by name, and keeps what it does not know', () => {
    expect(fillIn('run {host}:{port} {other}', { host: 'h', port: '1' })).toBe('run h:1 {other}');
  });
});

describe('how a command ended, in words', () => {
  const exit = { code: 1, signal: null, lastWords: '' };
  it.each([
    ['its code', exit, 'exit code 1'],
    ['a signal', { ...exit, code: null, signal: 'SIGSEGV' }, 'signal SIGSEGV'],
    [
      'its last line',
      { ...exit, lastWords: 'one\ntwo: \u001b[1mthree\n\n' },
      'exit code 1: two: [1mthree',
    ],
    [
      'no stack',
      { ...exit, lastWords: 'KeyError: 1\n    at x\n\nNode.js v24.1.0\n' },
      'exit code 1: KeyError: 1',
    ],
  ])('is %s', (_, how, text) => expect(exitText(how).replaceAll('  ', ' ')).toBe(text));

  it('is short', () => expect(exitText({ ...exit, lastWords: 'x'.repeat(999) })).toHaveLength(213));
});

describe('a command', () => {
  it('tells its exit code', async () => {
    const command = startCommand('exit 7');
    expect(await command.exited).toEqual({ code: 7, signal: null, lastWords: '' });
    expect(command.ended).toBe(true);
    await command.stop();
    expect(command.stopped).toBe(false);
  });

  it('tells 127 where there is no such program', async () => {
    expect(await startCommand('no-such-program-at-all').exited).toMatchObject({ code: 127 });
  });

  it('tells the signal that ended it, or what its shell ran', async () => {
    const ended = { code: null, signal: 'SIGABRT' };
    expect(await startCommand('kill -ABRT $$').exited).toMatchObject(ended);
    expect(await startCommand("sh -c 'kill -ABRT $$'; exit $?").exited).toMatchObject(ended);
  });

  it('tells what it said last on standard error, and not more than that', async () => {
    const { lastWords } = await startCommand('echo one >&2; echo two; echo three >&2').exited;
    expect(lastWords).toBe('one\nthree\n');
    const long = await startCommand(`${node} -e "console.error('x'.repeat(100000))"`).exited;
    expect(long.lastWords).toBe(`${'x'.repeat(4095)}\n`);
  });

  it('is awaited for so long, and tells nothing once it was stopped', async () => {
    const command = startCommand('sleep 60');
    expect(await exitWithin(command, 50)).toBeNull();
    await command.stop();
    expect(command.stopped).toBe(true);
    expect(await exitWithin(command, 50)).toBeNull();
    expect(await exitWithin(startCommand('exit 2'), 5000)).toMatchObject({ code: 2 });
  });

  it('is stopped with everything that it started', async () => {
    const command = startCommand(`${node} -e 'setInterval(() => {}, 1000)' & sleep 60`);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(groupLives(command.pid)).toBe(true);
    await command.stop();
    await expect.poll(() => groupLives(command.pid), { timeout: 3000 }).toBe(false);
    expect(command.ended).toBe(true);
  });

  it('is not waited for once all of it is dead, whoever should have asked about it', async () => {
    const command = startCommand(`${node} -e 'setInterval(() => {}, 1000)'; true`);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const beganMs = performance.now();
    await command.stop();
    expect(performance.now() - beganMs).toBeLessThan(900);
    expect(command.lives).toBe(false);
  });

  it('is stopped hard where it does not go by itself', async () => {
    const stubborn = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);`;
    const command = startCommand(`exec ${node} -e "${stubborn}"`);
    await new Promise((resolve) => setTimeout(resolve, 400));
    const beganMs = performance.now();
    await command.stop();
    expect(performance.now() - beganMs).toBeGreaterThan(800);
    expect(performance.now() - beganMs).toBeLessThan(3000);
    expect(await command.exited).toMatchObject({ code: null, signal: 'SIGKILL' });
  });

  it('is stopped with a child that stays when its shell goes', async () => {
    const stubborn = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);`;
    const command = startCommand(`${node} -e "${stubborn}" & exit 0`);
    await command.exited;
    await new Promise((resolve) => setTimeout(resolve, 300));
    await command.stop();
    await expect.poll(() => groupLives(command.pid), { timeout: 3000 }).toBe(false);
  });
});

/** Whether a process of the group that a command leads is still there. */
function groupLives(pid: number | undefined): boolean {
  if (pid === undefined) return false;
  try {
    return process.kill(-pid, 0);
  } catch {
    return false;
  }
}
