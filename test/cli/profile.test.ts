import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { guarded } from '#src/cli/guarded.ts';
import { flagLayer } from '#src/cli/layer.ts';
import { profileLayer } from '#src/cli/profile-file.ts';
import { profileMembers } from '#src/cli/profile-members.ts';
import { subject, subjectOf } from '#src/cli/profile.ts';
import type { TargetFlags } from '#src/cli/flags.ts';
import { protocols } from '#src/protocols/index.ts';
import { rememberedScreen } from './screen.ts';

const profiles = fileURLToPath(new URL('../../fixtures/profiles/', import.meta.url));
const profile = (text: string, flags: TargetFlags = {}) =>
  subject([profileLayer(text, 'lab.yaml'), flagLayer(flags)], protocols).profile;

describe('a profile', () => {
  it('is our own serving side where nothing is said', () => {
    expect(profile('')).toMatchObject({
      protocol: 'qosst',
      target: { kind: 'reference', mutant: null },
      side: 'alice',
      replyMs: null,
      safe: false,
    });
  });

  it('is the side that comes to us for a command', () => {
    expect(profile('target: "cmd:bob {port}"').side).toBe('bob');
    expect(profile('', { listen: '127.0.0.1:0' }).side).toBe('bob');
  });

  it.each([
    [{ target: 'cmd:kms {port}', side: 'kms' }, [], 'etsi-004/kms'],
    [{ listen: '127.0.0.1:0', side: 'bob' }, [], 'qosst/bob'],
    [{ listen: '127.0.0.1:0', dialect: 'etsi-004/push-1.0.1' }, [], 'etsi-004/kms'],
    [{ target: 'cmd:kms {port}' }, ['etsi-004/kms-conduct/*', '!@slow'], 'etsi-004/kms'],
    [{}, ['etsi-004'], 'etsi-004/qkd-device'],
    [{ target: 'qosst://h' }, ['etsi-004'], 'qosst/alice'],
    [{}, ['etsi-004/*', 'qosst/*'], 'qosst/alice'],
  ])('of %j with the cases %j is one of %s', (flags, selectors, side) => {
    const { profile: meant } = subject([flagLayer(flags)], protocols, selectors);
    expect(`${meant.protocol}/${meant.side}`).toBe(side);
  });

  it('is named after its file', () => expect(profile('safe: true').name).toBe('lab'));

  it('gives way to flags, member by member', () => {
    const text = 'target: reference:qosst/bob\nreadings: { malformedAnswer: closed }\nsafe: true';
    const flags = { target: 'qosst://h:1', reading: ['qosst/overLimit=closed'], timeout: 50 };
    expect(profile(text, flags)).toMatchObject({
      target: { kind: 'address', host: 'h', port: 1 },
      side: 'alice',
      readings: { malformedAnswer: 'closed', overLimit: 'closed' },
      replyMs: 50,
      safe: true,
    });
  });

  it('reads JSON in options and text in everything else', () => {
    const flags = { option: ['frameSymbols=5', 'serialNumber=LAB'] };
    expect(profile('', flags).options).toEqual({ frameSymbols: 5, serialNumber: 'LAB' });
  });

  it.each([
    ['targt: x', /^lab.yaml:1: 'targt' is no known member; did you mean 'target'\?/],
    ['\ntimeouts:\n  replyM: 5', /^lab.yaml:3: 'timeouts.replyM' .* did you mean 'replyMs'\?/],
    ['timeouts:\n  replyMs: fast', /^lab.yaml:2: 'timeouts.replyMs' must be number$/],
    ['safe: yes please', /^lab.yaml:1: 'safe' must be boolean$/],
    ['absent:\n- identification\n- identifikation', /^lab.yaml:3: unknown phase 'identifikation'/],
    ['never: [qieTriger]', /^lab.yaml:1: unknown message 'qieTriger'; did you mean 'qieTrigger'/],
    ['readings:\n  malformedAnser: x', /^lab.yaml:2: unknown ambiguity .* 'malformedAnswer'/],
    ['readings:\n  malformedAnswer: x', /^lab.yaml:2: unknown reading of malformedAnswer 'x'/],
    ['options:\n  frameSymbols: 1.5', /^lab.yaml:2: 'frameSymbols' must be integer$/],
    [
      'consent: [changeParameter]',
      /^lab.yaml:1: unknown destructive message .*'changeParameterRequest'/,
    ],
    ['consent: [qieTrigger]', /^lab.yaml:1: unknown destructive message of qosst 'qieTrigger'/],
    ['budget:\n  key: 5', /^lab.yaml:2: 'budget.key' .* did you mean 'keys'\?/],
    ['budget: { keys: -1 }', /^lab.yaml:1: 'budget.keys' must be >= 0$/],
    ['captures: some', /^lab.yaml:1: 'captures' must be one of failures, all, not "some"$/],
    ['timeouts: { stopMs: 0 }', /^lab.yaml:1: 'timeouts.stopMs' must be > 0$/],
    ['powercycle: x', /^lab.yaml:1: 'powercycle' is no known member; did you mean 'powerCycle'\?/],
    ['options: { version: a }\nside: carol', /^lab.yaml:2: unknown side of qosst 'carol'/],
    ['side: bob\ntarget: reference:qosst/alice', /^lab.yaml:1: .* is alice, not bob$/],
    ['target: qosst//h', /^lab.yaml:1: target 'qosst\/\/h' has no scheme/],
    ['dialect: qosst/0.9', /^lab.yaml:1: unknown dialect 'qosst\/0.9'/],
    ['protocol: qost', /^lab.yaml:1: unknown protocol 'qost'; did you mean 'qosst'\?/],
    ['safe: true\nsafe: true', /^lab.yaml:2: Map keys must be unique$/],
    ['a: [', /^lab.yaml:1: /],
    ['- 1', /^lab.yaml:1: the profile must be object$/],
  ])('%j is refused at its line', (text, message) => {
    expect(() => profile(text)).toThrow(message);
  });

  it("takes the dialect from the scheme of the target's address, unless another is said", () => {
    expect(profile('target: kmip+tcp://h').dialect).toBe('kmip/ttlv');
    expect(profile('target: kmip+http://h:9998/kmip').dialect).toBe('kmip/json');
    const said = profile('target: kmip+https://h\ndialect: kmip/xml');
    expect(said).toMatchObject({ dialect: 'kmip/xml', tls: {} });
    expect(() => profile('target: kmip://h\ndialect: kmip/json')).toThrow(
      'that target speaks kmip/ttlv, not kmip/json',
    );
    expect(() => profile('target: kmip+http://h\ntls:\n  insecure: true')).toThrow(
      'over TLS the target is kmip+https://…, not kmip+http://…',
    );
  });

  it('refuses two ways to say where the target is', () => {
    expect(() => flagLayer({ target: 'qosst://h', listen: 'h:1' })).toThrow(/exclude each other/);
  });

  it.each(readdirSync(profiles).filter((file) => file.endsWith('.yaml')))(
    'that comes with qkdspec is read: %s',
    async (file) => {
      const { profile: shipped } = await subjectOf({ profile: join(profiles, file) }, protocols);
      expect(shipped.name).toBe(file.replace('.yaml', ''));
    },
  );

  it('adds consent, budgets and commands of flags to those of the file', () => {
    const text = 'consent: [changeParameterRequest]\nbudget: { keys: 5, messages: 9 }\nstop: a';
    const said = profile(text, { maxKeys: 2, restart: 'b', capture: true, safe: true });
    expect(said).toMatchObject({
      safe: true,
      consent: ['changeParameterRequest'],
      budget: { keys: 2, messages: 9 },
      upkeep: { stop: 'a', restart: 'b' },
      captures: 'all',
    });
  });

  it('names files of TLS relative to itself', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'qkdspec-profile-'));
    const file = join(folder, 'lab.yaml');
    writeFileSync(file, 'target: kmip://h\ntls: { ca: ca.pem, cert: /c.pem, key: k/k.pem }');
    const { profile: lab } = await subjectOf({ profile: file }, protocols);
    const tls = { ca: join(folder, 'ca.pem'), cert: '/c.pem', key: join(folder, 'k/k.pem') };
    expect(lab.tls).toEqual(tls);
    rmSync(folder, { recursive: true });
  });

  it('of a target is written by the doctor, with what it found, and is read again', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'qkdspec-profile-'));
    const file = join(folder, 'lab.yaml');
    const screen = rememberedScreen();
    const argv = ['doctor', 'reference:qosst', '--write-profile', file];
    expect(await guarded(argv, screen)).toBe(0);
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('#   the target declares its serial number: QOSST/0001');
    expect(text).toContain('# - changeParameterRequest  # it changes the configuration');
    const { profile: lab } = await subjectOf({ profile: file }, protocols);
    expect(lab).toMatchObject({ name: 'lab', side: 'alice', safe: true, protocol: 'qosst' });
    expect(await guarded(argv, screen)).toBe(2);
    expect(screen.stderr).toContain('is there already; name another file');
    rmSync(folder, { recursive: true });
  });

  it('that comes with qkdspec is explained by the list', async () => {
    const screen = rememberedScreen();
    await guarded(['list', '--kind', 'profiles', '--json'], screen);
    const listed: { path: string; about: string }[] = JSON.parse(screen.stdout);
    expect(listed.length).toBeGreaterThan(10);
    for (const { about } of listed) expect(about).toMatch(/^[A-Z].{20,}[.:]$/);
  });

  it('has a JSON Schema for editors', async () => {
    const schema = { $schema: 'https://json-schema.org/draft/2020-12/schema', ...profileMembers };
    const file = '../../fixtures/schemas/profile.schema.json';
    await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(file);
  });
});
