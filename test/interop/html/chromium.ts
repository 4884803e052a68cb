import { spawn, type ChildProcess } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { WebSocket } from 'ws';

/** Where Chromium is, or `null`. */
export function findChromium(): string | null {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const files = folders.flatMap((folder) => names.map((name) => path.join(folder, name)));
  return files.find(isExecutable) ?? null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** What the browser tells by itself: an event of the DevTools protocol. */
export interface Told {
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** A browser of its own with one page, driven through the DevTools protocol. */
export class Chromium implements AsyncDisposable {
  /** Everything that the page told since it was opened. */
  readonly told: Told[] = [];
  readonly #process: ChildProcess;
  readonly #folder: string;
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #session: string | undefined;
  #last = 0;

  /** Starts it without a window. */
  static async start(file: string): Promise<Chromium> {
    const folder = mkdtempSync(path.join(tmpdir(), 'qkdspec-chromium-'));
    const arguments_ = [
      ...['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run'],
      ...['--disable-dev-shm-usage', '--remote-debugging-port=0', `--user-data-dir=${folder}`],
    ];
    const child = spawn(file, [...arguments_, 'about:blank'], {
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
    });
    const socket = new WebSocket(await addressOf(child));
    await new Promise((done, failed) => socket.once('open', done).once('error', failed));
    const browser = new Chromium(child, folder, socket);
    const { targetId } = await browser.ask('Target.createTarget', { url: 'about:blank' });
    const attached = await browser.ask('Target.attachToTarget', { targetId, flatten: true });
    browser.#session = String(attached['sessionId']);
    for (const domain of ['Page', 'Runtime', 'Network', 'Log'])
      await browser.ask(`${domain}.enable`);
    return browser;
  }

  private constructor(child: ChildProcess, folder: string, socket: WebSocket) {
    this.#process = child;
    this.#folder = folder;
    this.#socket = socket;
    socket.on('message', (text) => this.#heard(JSON.parse(String(text))));
  }

  /** One call of the DevTools protocol. */
  ask(method: string, params: object = {}): Promise<Readonly<Record<string, unknown>>> {
    const id = (this.#last += 1);
    const session = this.#session === undefined ? {} : { sessionId: this.#session };
    this.#socket.send(JSON.stringify({ id, method, params, ...session }));
    return new Promise((done, failed) => {
      this.#waiting.set(id, ({ result, error }) => {
        if (error === undefined) done(result ?? {});
        else failed(new Error(`${method}: ${error.message}`));
      });
    });
  }

  /** Opens a page and waits until it is loaded. */
  async open(url: string): Promise<void> {
    this.told.length = 0;
    await this.ask('Page.navigate', { url });
    while (!this.told.some(({ method }) => method === 'Page.loadEventFired')) {
      await new Promise((done) => this.#socket.once('message', done));
    }
  }

  /** What an expression is worth in the page, as JSON. */
  async value(expression: string): Promise<unknown> {
    const given = { expression, returnByValue: true, awaitPromise: true };
    const { result, exceptionDetails } = await this.ask('Runtime.evaluate', given);
    if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
    return Reflect.get(Object(result), 'value');
  }

  /** Presses a key, as a keyboard does; `text` is what it types. */
  async press(key: string, text?: string): Promise<void> {
    const codes: Readonly<Record<string, number>> = { Tab: 9, Enter: 13, ' ': 32 };
    const code = { key, windowsVirtualKeyCode: codes[key] ?? 0 };
    const typed = text === undefined ? {} : { text };
    await this.ask('Input.dispatchKeyEvent', { type: 'keyDown', ...code, ...typed });
    await this.ask('Input.dispatchKeyEvent', { type: 'keyUp', ...code });
  }

  async type(text: string): Promise<void> {
    for (const character of text) await this.press(character, character);
  }

  #heard(message: Answer & Partial<Told>): void {
    const { id, method, params } = message;
    if (id !== undefined) this.#waiting.get(id)?.(message);
    else if (method !== undefined) this.told.push({ method, params: params ?? {} });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.terminate();
    const ended = new Promise((done) => this.#process.once('exit', done));
    if (this.#process.pid !== undefined) process.kill(-this.#process.pid, 'SIGKILL');
    await ended;
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

interface Answer {
  readonly id?: number;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
}

/** Chromium says on stderr where it listens. */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((done, failed) => {
    let said = '';
    child.stderr?.on('data', (piece: Buffer) => {
      said += String(piece);
      const [, address] = /DevTools listening on (ws:\S+)/.exec(said) ?? [];
      if (address !== undefined) done(address);
    });
    child.once('exit', () => failed(new Error(`Chromium ended: ${said.slice(-500)}`)));
  });
}
