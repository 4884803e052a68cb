import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { host, protocolOf, protocols, recordOf, seededRandom, settingsFor } from '#src/index.ts';

const run = promisify(execFile);
const repository = fileURLToPath(new URL('../..', import.meta.url));
const cucumber = join(repository, 'node_modules/@cucumber/cucumber/bin/cucumber.js');

/** A lab's folder, with a feature and a step of its own, beside a clone of qkdspec. */
const files = {
  'package.json': '{ "type": "module" }',
  'cucumber.js': `export default {
    paths: ['*.feature'], import: ['steps.ts'], forceExit: true };`,
  'steps.ts': `
    import { Broken, Then, type QkdWorld } from 'qkdspec/cucumber';
    Then('Alice is called {word}', function (this: QkdWorld, name: string) {
      const content = JSON.stringify(this.answer?.perceived.payload['content']);
      if (content !== JSON.stringify({ serial_number: name })) throw new Broken(content);
    });`,
  'lab.feature': `
    @qosst
    Feature: Our own Alice
      @alice
      Scenario: She is ours
        When Bob sends IDENTIFICATION_REQUEST
        Then Alice answers IDENTIFICATION_RESPONSE
        And Alice is called LAB/0007
      @alice
      Scenario: She knows Bob by his seal
        Given a frame is open
        When Bob sends QIE_REQUEST in a frame that has a digest that does not fit
        Then Alice answers AUTHENTICATION_INVALID
      @bob
      Scenario: Our Bob
        When Bob connects
        Then Bob sends IDENTIFICATION_REQUEST`,
  'lab.yaml': 'target: reference:qosst/alice\noptions: { serialNumber: LAB/0007 }\nsafe: true\n',
  'misspelt.yaml': 'target: reference:qosst/alice\nreading: {}\n',
} as const;

/** A mutant, a shipped story, a word of its scenarios, and those of them that the mutant fails. */
const stories = [
  [
    'qosst/alice?mutant=alice-accepts-any-version',
    'qosst/identification',
    'version',
    [
      'Alice refuses a version that she does not speak',
      'A Bob who was refused may come back with the right version',
    ],
  ],
  [
    'kmip/server?mutant=server-undo-relabels',
    'kmip/batches',
    'Undo',
    [
      'An error in the middle of a batch with Undo',
      'What Undo takes back is the state of each object, not that of the last one',
    ],
  ],
  [
    'kmip/client?mutant=client-takes-failure-for-success',
    'kmip/objects',
    'not made',
    ['A client makes nothing of what was not made'],
  ],
] as const;

let lab = '';

beforeAll(async () => {
  lab = await mkdtemp(join(tmpdir(), 'qkdspec-lab-'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(lab, name), text);
  await mkdir(join(lab, 'node_modules'));
  await symlink(repository, join(lab, 'node_modules/qkdspec'), 'dir');
});

afterAll(() => rm(lab, { recursive: true }));

describe('the door qkdspec/cucumber', () => {
  it("plays a lab's own feature against an Alice on a port", async () => {
    await using alice = await serveAlice('LAB/0007');
    const { exitCode, output } = await features({ target: `qosst://127.0.0.1:${alice.port}` });
    expect(output).toContain(`played against qosst://127.0.0.1:${alice.port}: 2`);
    expect(output).toContain('skipped: 1, because it puts bob to the test');
    expect(output).toContain('3 scenarios (2 passed, 1 skipped)');
    expect(exitCode).toBe(0);
  });

  it('tells which sentence the target breaks', async () => {
    await using alice = await serveAlice('LAB/0008');
    const { exitCode, output } = await features({ target: `qosst://127.0.0.1:${alice.port}` });
    expect(failed(output)).toEqual(['She is ours']);
    expect(output).toContain('And Alice is called LAB/0007');
    expect(exitCode).toBe(1);
  });

  it('fails a mutant in the scenario that tells of what it does wrong, and in no other', async () => {
    const target = 'reference:qosst/alice?mutant=alice-ignores-digest';
    const { output } = await features({ target, option: ['serialNumber=LAB/0007'] });
    expect(failed(output)).toEqual(['She knows Bob by his seal']);
    expect(output).toContain('the model allows {AUTHENTICATION_INVALID (17)}');
  });

  it('takes a profile: its options, and that nothing malformed may be sent', async () => {
    const { exitCode, output } = await features({ profile: 'lab.yaml' });
    expect(output).toContain('3 scenarios (1 passed, 2 skipped)');
    expect(exitCode).toBe(0);
  });

  it('plays nothing where the target is not there, or the profile is wrong', async () => {
    const gone = await features({ target: 'qosst://127.0.0.1:9' });
    expect(gone.output).toContain('cannot connect to 127.0.0.1:9');
    const misspelt = await features({ profile: 'misspelt.yaml' });
    expect(misspelt.output).toContain("did you mean 'readings'?");
    expect(gone.output + misspelt.output).not.toMatch(/^ +at /m);
    expect([gone.exitCode, misspelt.exitCode]).toEqual([1, 1]);
  });

  it.each(stories)('fails %s in the scenarios of what it does wrong: %s', async (...row) => {
    const [mutant, story, word, names] = row;
    const shipped = join(repository, `features/${story}.feature`);
    const { output } = await features({ target: `reference:${mutant}` }, shipped, '--name', word);
    expect(failed(output)).toEqual(names);
  });
});

async function serveAlice(serialNumber: string) {
  const protocol = protocolOf('qosst', protocols);
  const casting = {
    protocol,
    side: 'alice',
    record: recordOf(protocol, 'alice', null),
    settings: settingsFor(protocol, { options: { serialNumber } }),
    random: seededRandom(7),
    idleMs: 10_000,
  };
  return host(casting, { host: '127.0.0.1', port: 0 }, () => {});
}

/** Runs the lab's Cucumber with world parameters. */
async function features(parameters: object, ...more: readonly string[]) {
  const words = [cucumber, '--world-parameters', JSON.stringify(parameters), ...more];
  const limits = { cwd: lab, timeout: 80_000 };
  return run(process.execPath, words, limits).then(
    ({ stdout }) => ({ exitCode: 0, output: stdout }),
    (fault: { code: number; stdout: string }) => ({ exitCode: fault.code, output: fault.stdout }),
  );
}

/** The names of the scenarios that failed. */
function failed(output: string): readonly string[] {
  return [...output.matchAll(/^ +\d+\) (.+) # /gm)].flatMap(([, name]) => name ?? []);
}
