import { describe, expect, it } from 'vitest';
import { formatTargetUrl, parseTargetUrl } from '#src/cli/target-url.ts';
import { protocols } from '#src/protocols/index.ts';

const parse = (url: string) => parseTargetUrl(url, protocols);
const [qosst] = protocols;

describe("a target's URL", () => {
  it.each([
    ['qosst://192.0.2.7:8181', { kind: 'address', host: '192.0.2.7', port: 8181 }],
    ['qosst://alice.lab', { kind: 'address', host: 'alice.lab', port: qosst?.defaultPort }],
    ['qosst://[2001:db8::1]:9', { kind: 'address', host: '2001:db8::1', port: 9 }],
    ['qosst://[::1]', { kind: 'address', host: '::1', port: qosst?.defaultPort }],
    ['reference:qosst', { kind: 'reference', mutant: null }],
    ['reference:qosst/bob', { kind: 'reference', mutant: null }],
    ['cmd:bob.py --port {port}', { kind: 'command', command: 'bob.py --port {port}' }],
    ['listen:0.0.0.0:8181', { kind: 'listen', host: '0.0.0.0', port: 8181 }],
    ['listen:[::]:8181', { kind: 'listen', host: '::', port: 8181 }],
  ])('%s is read', (url, target) => expect(parse(url).target).toEqual(target));

  it('names the side, where it is a reference', () => {
    expect(parse('reference:qosst/bob').side).toBe('bob');
    expect(parse('reference:qosst').side).toBe(null);
  });

  it("takes a mutant's side from the mutant", () => {
    const mutant = qosst?.mutants[0];
    if (mutant === undefined) return;
    expect(parse(`reference:qosst?mutant=${mutant.id}`)).toMatchObject({
      side: mutant.side,
      target: { mutant: mutant.id },
    });
  });

  it.each([
    ['qosst://host:99999', /above 65535/],
    ['qosst://host:port', /no host:port/],
    ['qosst://::1:8181', /IPv6 in brackets/],
    ['qosst:host', /has no host; expected qosst:\/\/host:port/],
    ['localhost', /has no scheme/],
    ['localhost:8181', /has no scheme/],
    ['http://host', /unknown URL scheme 'http'/],
    ['listen:host', /has no port/],
    ['cmd:', /names no command/],
    ['cmd:bob.py', /neither {port} nor {url}/],
    ['cmd:bob.py {prt} {port}', /unknown placeholder 'prt'; did you mean 'port'/],
    ['reference:qosst/carol', /unknown side of qosst 'carol'/],
    ['reference:qosst?mutant=no-such', /unknown mutant 'no-such'/],
  ])('%s is refused', (url, message) => expect(() => parse(url)).toThrow(message));

  it.each(['qosst://h:1', 'qosst://[::1]:1', 'cmd:x {url}', 'listen:h:1', 'reference:qosst/alice'])(
    '%s is written as it was read',
    (url) => {
      if (qosst === undefined) return;
      const { target } = parse(url);
      const written = formatTargetUrl(qosst, { side: 'alice', dialect: '', target });
      expect(written).toBe(url);
    },
  );

  it('is over TLS where its scheme has an s, and its protocol may be', () => {
    const { protocol, target } = parseTargetUrl('etsi-004s://[::1]:8443', protocols);
    expect(target).toEqual({ kind: 'address', host: '::1', port: 8443, secure: true });
    if (protocol === null) throw new Error('no protocol');
    const written = formatTargetUrl(protocol, { side: 'qkd-device', dialect: '', target });
    expect(written).toBe('etsi-004s://[::1]:8443');
    expect(() => parseTargetUrl('qossts://127.0.0.1', protocols)).toThrow('unknown URL scheme');
  });

  it.each([
    ['kmip://[::1]', 'kmip/ttlv', { port: 5696, secure: true }, 'kmip://[::1]:5696'],
    ['kmip+tcp://h:1', 'kmip/ttlv', { port: 1 }, 'kmip+tcp://h:1'],
    ['kmip+http://h:9998/kmip', 'kmip/json', { port: 9998 }, 'kmip+http://h:9998/kmip'],
    ['kmip+http://h:9998', 'kmip/json', { port: 9998 }, 'kmip+http://h:9998/kmip'],
    ['kmip+https://h/kmip/', 'kmip/json', { port: 5696, secure: true }, 'kmip+https://h:5696/kmip'],
  ])('%s tells the dialect and TLS by its scheme', (url, dialect, target, written) => {
    const read = parse(url);
    expect(read.dialects?.[0]).toBe(dialect);
    expect(read.target).toEqual({ kind: 'address', host: expect.any(String), ...target });
    if (read.protocol === null) throw new Error('no protocol');
    const profile = { side: 'server', dialect, target: read.target };
    expect(formatTargetUrl(read.protocol, profile)).toBe(written);
  });

  it.each([
    ['kmip+http://h:9998/other', 'another path than /kmip'],
    ['kmips://h', "unknown URL scheme 'kmips'"],
  ])('%s is refused', (url, message) => expect(() => parse(url)).toThrow(message));
});
