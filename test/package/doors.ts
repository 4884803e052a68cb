import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { install, program, type Package } from './packed.ts';
import { run } from './run.ts';

const story = `
  @qosst
  Feature: Our own Alice
    @alice
    Scenario: She is ours
      When Bob sends IDENTIFICATION_REQUEST
      Then Alice answers IDENTIFICATION_RESPONSE
      And Alice is called LAB/0007
    `;

/** What users import from a package: values, types, steps. */
export function testDoors(made: () => Package): void {
  describe('the doors of the package', () => {
    beforeAll(() => install(made().project, ['@cucumber/cucumber', 'mock-socket', 'msw']));

    it.each([
      ['library.ts', 'pass pass\n'],
      ['key-client.ts', '404 fail etsi-004/pathsOfCalls\n'],
      ['sidecar.ts', 'pass\n'],
    ])('serve a program of a user: %s', async (file, told) => {
      const { exitCode, output } = await run(process.execPath, [file], made().project);
      expect(output).toBe(told);
      expect(exitCode).toBe(0);
    });

    it.each([
      ['nodenext', 'nodenext'],
      ['esnext', 'bundler'],
    ])('have types: module %s, moduleResolution %s', async (module, moduleResolution) => {
      const compilerOptions = { module, moduleResolution, target: 'esnext', types: ['node'] };
      const rules = { strict: true, skipLibCheck: true, noEmit: true };
      const project = { compilerOptions: { ...compilerOptions, ...rules } };
      writeFileSync(
        join(made().project, 'tsconfig.json'),
        JSON.stringify({ ...project, include: ['*.ts'] }),
      );
      const words = [program('typescript/bin/tsc'), '--project', '.'];
      expect(await run(process.execPath, words, made().project)).toEqual({
        exitCode: 0,
        output: '',
      });
    });

    it('play the shipped features, and steps of a lab', async () => {
      writeFileSync(join(made().project, 'lab.feature'), story);
      const identification = 'node_modules/qkdspec/features/qosst/identification.feature';
      const config = {
        paths: [identification, 'lab.feature'],
        import: ['steps.ts'],
        forceExit: true,
      };
      const text = `export default ${JSON.stringify(config)};`;
      writeFileSync(join(made().project, 'cucumber.js'), text);
      const target = 'reference:qosst/alice?mutant=alice-accepts-any-version';
      const { exitCode, output } = await features(made().project, target);
      expect([...output.matchAll(/^ +\d+\) (.+) # /gm)].map(([, name]) => name)).toEqual([
        'Alice refuses a version that she does not speak',
        'A Bob who was refused may come back with the right version',
      ]);
      expect(output).toMatch(/1\d scenarios \(1\d passed, 1 skipped, 2 failed\)/);
      expect(exitCode).toBe(1);
    });
  });
}

function features(project: string, target: string) {
  const parameters = JSON.stringify({ target, option: ['serialNumber=LAB/0007'] });
  const cucumber = program('@cucumber/cucumber/bin/cucumber.js');
  return run(process.execPath, [cucumber, '--world-parameters', parameters], project);
}
