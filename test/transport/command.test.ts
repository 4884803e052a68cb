import { describe, expect, it } from 'vitest';
import { fillIn, startCommand } from '#src/transport/command.ts';

const node = process.execPath;

describe('a command line', () => {
  it('is filled in by name, and keeps what it does not know', () => {
    expect(fillIn('run {host}:{port} {other}', { host: 'h', port: '1' })).toBe('run h:1 {other}');
  });
});

describe('a command', () => {
  it('tells its exit code', async () => {
    const command = startCommand('exit 7');
    expect(await command.exited).toBe(7);
    expect(command.ended).toBe(true);
    await command.stop();
  });

  it('tells 127 where there is no such program', async () => {
    expect(await startCommand('no-such-program-at-all').exited).toBe(127);
  });

  it('is stopped with everything that it started', async () => {
    const command = startCommand(`${node} -e 'setInterval(() => {}, 1000)' & sleep 60`);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(groupLives(command.pid)).toBe(true);
    await command.stop();
    await expect.poll(() => groupLives(command.pid), { timeout: 3000 }).toBe(false);
    expect(command.ended).toBe(true);
  });

  it('is stopped hard where it does not go by itself', async () => {
    const stubborn = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);`;
    const command = startCommand(`exec ${node} -e "${stubborn}"`);
    await new Promise((resolve) => setTimeout(resolve, 400));
    const beganMs = performance.now();
    await command.stop();
    expect(performance.now() - beganMs).toBeGreaterThan(800);
    expect(performance.now() - beganMs).toBeLessThan(3000);
    expect(await command.exited).toBeNull();
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
