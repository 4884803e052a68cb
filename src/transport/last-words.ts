import type { ChildProcess } from 'node:child_process';

/** Characters of a stream that are kept, the last ones. */
const kept = 4096;

/** Keeps the end of what comes out of a stream, as text. */
export class LastWords {
  #text = '';

  constructor(stream: ChildProcess['stderr']) {
    stream?.setEncoding('utf8').on('data', (more: string) => {
      this.#text = (this.#text + more).slice(-kept);
    });
    /** A pipe that breaks says no more; that is all. */
    stream?.on('error', () => {});
  }

  get text(): string {
    return this.#text;
  }
}
