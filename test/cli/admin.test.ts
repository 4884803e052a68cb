import { describe, expect, it } from 'vitest';
import { seededRandom } from '#src/base/random.ts';
import { administer } from '#src/cli/admin.ts';
import { settingsFor } from '#src/contract/choose.ts';
import { cast, host } from '#src/play/host.ts';
import { perform, standing } from '#src/play/perform.ts';
import { Roll } from '#src/play/roll.ts';
import { centralKms } from '#src/protocols/central-kms/index.ts';
import { connectTcp } from '#src/transport/tcp.ts';

const loopback = { host: '127.0.0.1', port: 0 };

function casting(side: string, options: Readonly<Record<string, unknown>>) {
  const record = centralKms.sides[side];
  if (record === undefined) throw new TypeError(`no ${side}`);
  const settings = settingsFor(centralKms, { options });
  const random = seededRandom(3);
  return { protocol: centralKms, record, side, settings, random, idleMs: 5000 };
}

/** A KMS that asks nothing by itself, its admin interface, and a sidecar that stays for a while. */
async function served(use: (url: string) => Promise<void>): Promise<void> {
  const roll = new Roll();
  const kms = casting('central-kms', { healthchecks: 0, inquiries: 0 });
  const faults: unknown[] = [];
  await using listener = await host({ ...kms, roll }, loopback, (fault) => faults.push(fault));
  const deeds = kms.record.admin ?? [];
  await using admin = await administer({ deeds, roll, random: seededRandom(4) }, loopback);
  await using link = await connectTcp(listener, 2000);
  const sidecar = cast(casting('sidecar', { batches: 2, lingerMs: 10_000 }));
  const performed = perform(sidecar, link, standing(sidecar));
  await expect.poll(() => asked(`${admin.url}/sidecars`)).toMatchObject({ content: [{}] });
  await use(admin.url);
  link.end();
  await link[Symbol.asyncDispose]();
  await performed;
  expect(faults).toEqual([]);
}

async function asked(url: string, body?: string, method = body === undefined ? 'GET' : 'POST') {
  const answer = await fetch(url, { method, ...(body === undefined ? {} : { body }) });
  const content: { readonly [name: string]: unknown } = JSON.parse(await answer.text());
  return { code: answer.status, content };
}

const times = { startTime: '2018-01-01T00:00:00Z', endTime: '2018-01-02T00:00:00Z' };

describe('what whoever runs a KMS may ask of it', () => {
  it('is a healthcheck of a sidecar, and what came of it', () =>
    served(async (url) => {
      const sidecars: readonly unknown[] = Object.values((await asked(`${url}/sidecars`)).content);
      const id = String(Reflect.get(Object(sidecars[0]), 'id'));
      const { code, content } = await asked(`${url}/sidecars/${id}/healthchecks`, '{}');
      expect([code, content['status']]).toEqual([202, 'pending']);
      const at = `${url}/sidecars/${id}/healthchecks/${String(content['id'])}`;
      const response = { uptime: 60 };
      await expect
        .poll(() => asked(at))
        .toMatchObject({ content: { status: 'complete', level: 'ping', response } });
    }));

  it('is an inquiry of a service, whose batches verify', () =>
    served(async (url) => {
      const wanted = JSON.stringify({ service: 'payments', ...times });
      const { content } = await asked(`${url}/inquiry`, wanted);
      await expect
        .poll(() => asked(`${url}/inquiry/${String(content['id'])}`))
        .toMatchObject({
          code: 200,
          content: { status: 'complete', batches: [{ isVerified: true }, { isVerified: true }] },
        });
    }));

  it.each<readonly [string, string | undefined, number, RegExp]>([
    ['/sidecars/none/healthchecks', '{}', 404, /no sidecar 'none' is registered/],
    [
      '/inquiry',
      JSON.stringify({ service: 'other', ...times }),
      404,
      /no sidecar of service 'other'/,
    ],
    ['/inquiry', '{"startTime":"today"}', 400, /like 2018-01-01T00:00:00Z/],
    ['/inquiry', '{', 400, /expected a JSON object/],
    ['/inquiry', `"${'x'.repeat(70_000)}"`, 413, /at most 65536 bytes/],
    ['/inquiry', undefined, 405, /expected POST/],
    ['/inquiry/none', undefined, 404, /no inquiry 'none'/],
    ['/nothing', undefined, 404, /expected one of: GET \/sidecars/],
  ])('is nothing else: %s %s', (path, body, code, line) =>
    served(async (url) => {
      const answer = await asked(url + path, body?.slice(0, 70_002));
      expect(answer.code).toBe(code);
      expect(answer.content['message']).toMatch(line);
    }),
  );
});
