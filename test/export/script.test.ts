import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { writePlace } from '#src/base/place.ts';
import type { Play } from '#src/index.ts';
import { script, scriptModules } from '#src/export/script.ts';
import { cast } from '#src/play/host.ts';
import { perform, standing } from '#src/play/perform.ts';
import { connectTcp } from '#src/transport/tcp.ts';
import { castingOf, played, playedCase, served, shown, type Shown } from '../exhibit/played.ts';
import { Script } from '../judge/script.ts';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'qkdspec-script-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A script that listens: where, and what it comes to. */
function outcomeOf(file: string, ...words: readonly string[]) {
  const child = spawn(process.execPath, [file, ...words, '--wait', '4000']);
  const port = new Promise<number>((resolve) => {
    child.stdout.on('data', (text: Buffer) => {
      const [, found] = /listening on \S+:(\d+)/.exec(text.toString()) ?? [];
      if (found !== undefined) resolve(Number(found));
    });
  });
  const outcome = new Promise<{ exitCode: number | null }>((resolve) => {
    child.once('exit', (exitCode) => resolve({ exitCode }));
  });
  return { port, outcome };
}

/** The script of a trace, as a file. */
function written(about: Shown): string {
  const { name, scripting } = about.protocol;
  const text = script(about, {
    machinery: scriptModules.map((url) => readFileSync(url, 'utf8')),
    wire: scripting === undefined ? '' : readFileSync(scripting.module, 'utf8'),
  });
  const file = join(folder, `${name}-${about.trace.peer}.mjs`);
  writeFileSync(file, text);
  return file;
}

/** What a script comes to at a place. */
async function outcome(file: string, ...words: readonly string[]) {
  const done = await run(process.execPath, [file, ...words, '--wait', '4000']).catch(
    (fault: { code: number; stdout: string }) => fault,
  );
  return { exitCode: 'code' in done ? done.code : 0, stdout: done.stdout };
}

const sayAll =
  (...messages: readonly string[]) =>
  async (player: Play['player']) => {
    for (const message of messages) await player.say(message);
  };

const device = 'etsi-004/qkd-device';
/** Binary frames over TCP: many requests a connection, and one. */
const [many, single] = ['etsi-004/framing-1.0.1', 'etsi-004/framing-2.1.1'] as const;

/** What a finding is made by. */
interface Finding {
  readonly place: string;
  readonly mutant: string;
  readonly id: string;
  readonly dialect?: string;
}

/** Each room: a mutant, and a case that shows it. */
// prettier-ignore
const findings: readonly Finding[] = [
  { place: 'qosst/alice', mutant: 'alice-accepts-any-version', id: 'qosst/identification/version/nine-nine' },
  { place: 'qosst/alice', mutant: 'alice-keeps-the-frame-over-abort', id: 'qosst/abort/drops-the-frame' },
  { place: 'kmip/server', mutant: 'server-get-destroyed', id: 'kmip/lifecycle/destroyed-get' },
  { place: 'central-kms/central-kms', mutant: 'kms-row-key-cut', id: 'central-kms/web-socket/ping-once' },
  { place: device, mutant: 'device-index-repeats', id: 'etsi-004/order/get-key-twice' },
  { place: device, mutant: 'device-serves-closed-stream', id: 'etsi-004/order/get-key-after-close', dialect: many },
  { place: device, mutant: 'device-serves-closed-stream', id: 'etsi-004/order/get-key-after-close', dialect: single },
  { place: device, mutant: 'device-ids-repeat', id: 'etsi-004/opening/two-streams', dialect: many },
  { place: device, mutant: 'device-opens-twice', id: 'etsi-004/opening/id-in-use', dialect: single },
];

describe('a script of a finding', () => {
  it.each(findings)(
    'of $place sees $mutant again, and nothing of it at a right side: $dialect',
    async ({ place, mutant, id, dialect }) => {
      const about = await playedCase(`reference:${place}?mutant=${mutant}`, id, dialect);
      const { protocol, exhibit, trace } = about;
      expect(exhibit.verdict.verdict).toBe('fail');
      const file = written(about);
      for (const [record, exitCode, told] of [
        [mutant, 0, 'the same was seen again'],
        [null, 1, 'not the same as then'],
      ] as const) {
        await using listener = await served(protocol, trace.peer, record, dialect);
        const seen = await outcome(file, ...[listener, ...listener.further].map(writePlace));
        expect(seen.stdout).toContain(told);
        expect(seen.exitCode).toBe(exitCode);
      }
    },
  );

  it('listens, where the side under test is a client', async () => {
    const mutant = 'bob-skips-identification';
    const about = await played(`reference:qosst/bob?mutant=${mutant}`, (alice) =>
      alice.improvise(),
    );
    const file = written(about);
    for (const [record, exitCode] of [
      [mutant, 0],
      [null, 1],
    ] as const) {
      const done = outcomeOf(file, '127.0.0.1:0');
      const port = await done.port;
      await using link = await connectTcp({ host: '127.0.0.1', port }, 5000);
      const role = cast(castingOf(about.protocol, 'bob', record));
      const over = perform(role, link, standing(role)).catch(() => {});
      expect((await done.outcome).exitCode).toBe(exitCode);
      link.reset();
      await over;
    }
  });

  it('says in one line that it cannot be played', async () => {
    const simulated = shown({
      ...new Script().identified().trace(),
      options: { optics: 'simulated' },
    });
    const { exitCode, stdout } = await outcome(written(simulated), '127.0.0.1:9');
    expect(exitCode).toBe(2);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(
      'this cannot be said again: what is said comes of simulated samples',
    );
  });

  it('fails in one line where nobody is', async () => {
    const { exitCode, stdout } = await outcome(
      written(shown(new Script().identified().trace())),
      '127.0.0.1:9',
    );
    expect(exitCode).toBe(2);
    expect(stdout).toMatch(/it cannot be played: .*ECONNREFUSED/);
  });

  it('says that it holds key material, and shows none of it', async () => {
    const about = await played('reference:kmip/server', sayAll('create', 'get'));
    const file = written(about);
    expect(readFileSync(file, 'utf8')).toMatch(/^\/\/ holds key material in clear, in 1 frame/m);
    await using listener = await served(about.protocol, 'server', null);
    const { stdout } = await outcome(file, writePlace(listener));
    expect(stdout).toContain('(key material)');
  });
});
