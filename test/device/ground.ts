import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { guarded } from '#src/cli/guarded.ts';
import { listenTcp } from '#src/transport/tcp.ts';
import { rememberedScreen } from '../cli/screen.ts';
import type { Received } from './device.ts';

const device = fileURLToPath(new URL('./device.ts', import.meta.url));

/** A device that nobody has started yet: the profile's own command does. */
export interface Site extends Disposable {
  readonly folder: string;
  /** The command that starts it. */
  readonly start: string;
  readonly url: string;
  /** Everything that the device was told, over all its lives. */
  received(): readonly Received[];
  /** How often something happened that a command noted in a file of this name. */
  notes(name: string): number;
}

/** A free port, a folder and a device for one test. */
export async function site({ diesOf = '' } = {}): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), 'qkdspec-device-'));
  const listener = await listenTcp({ host: '127.0.0.1', port: 0 }, () => {});
  const { port } = listener;
  await listener[Symbol.asyncDispose]();
  const log = join(folder, 'received.jsonl');
  const lines = (file: string) =>
    existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
  const words = [process.execPath, device, String(port), log, diesOf, join(folder, 'grave')];
  return {
    folder,
    start: `exec ${words.map((word) => `'${word}'`).join(' ')}`,
    url: `qosst://127.0.0.1:${port}`,
    received: () => lines(log).map((line): Received => JSON.parse(line)),
    notes: (name) => lines(join(folder, name)).length,
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}

/** What a command line of ours came to. */
export async function qkdspec(...argv: readonly string[]) {
  const screen = rememberedScreen();
  const exitCode = await guarded(argv, screen);
  return { exitCode, stdout: screen.stdout, stderr: screen.stderr };
}
