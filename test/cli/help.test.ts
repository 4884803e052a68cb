import { describe, expect, it } from 'vitest';
import { run } from '#src/cli/program.ts';
import { verbs } from '#src/cli/verbs.ts';
import { rememberedScreen } from './screen.ts';

describe('--help', () => {
  it('names every verb', async () => {
    const screen = rememberedScreen();
    expect(await run(['--help'], screen)).toBe(0);
    for (const name of Object.keys(verbs))
      expect(screen.stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
  });

  it.each(Object.keys(verbs))('of %s has examples that begin with it', async (name) => {
    const screen = rememberedScreen();
    expect(await run([name, '--help'], screen)).toBe(0);
    const [, examples = ''] = screen.stdout.split('\nExamples:\n');
    const lines = examples.trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line).toMatch(new RegExp(`^  qkdspec ${name}\\b`));
    expect(screen.stdout).not.toContain('undefined');
  });

  it('answers to `help <verb>` as well', async () => {
    const [one, other] = [rememberedScreen(), rememberedScreen()];
    await run(['help', 'serve'], one);
    await run(['serve', '--help'], other);
    expect(one.stdout).toBe(other.stdout);
  });

  it('is what no verb at all shows, on stderr, as a wrong use', async () => {
    const screen = rememberedScreen();
    expect(await run([], screen)).toBe(2);
    expect(screen.stderr).toContain('Verbs:');
  });
});
