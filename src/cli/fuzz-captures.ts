import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Trace } from '#src/contract/trace.ts';
import { counted } from '#src/report/text.ts';
import { writeTrace } from '#src/report/trace-file.ts';
import { sessionName, sessionNumber, tracesFolder } from './fuzz-names.ts';

const mebibyte = 2 ** 20;

/**
 * The sessions of a campaign, each in a file of its own: the newest ones, as many as there is room
 * for. What came to nothing, not even a connection, is none.
 */
export class Captures {
  readonly #folder: string;
  readonly #limitBytes: number;
  /** Number and size of each that is kept, the oldest first. */
  readonly #kept: { readonly number: number; readonly bytes: number }[];
  #bytes: number;
  #last: number;

  /** Goes on where an earlier run has left sessions. */
  constructor(folder: string, { limitMebibytes }: { readonly limitMebibytes: number }) {
    this.#folder = folder;
    this.#limitBytes = limitMebibytes * mebibyte;
    this.#kept = keptIn(folder).map((number) => {
      const bytes = statSync(join(folder, sessionName(number))).size;
      return { number, bytes };
    });
    this.#bytes = this.#kept.reduce((sum, { bytes }) => sum + bytes, 0);
    this.#last = this.#kept.at(-1)?.number ?? 0;
  }

  /** Throws what the file system does. */
  keep(trace: Trace): void {
    const text = writeTrace(trace);
    const number = (this.#last += 1);
    writeFileSync(join(this.#folder, sessionName(number)), text);
    const bytes = Buffer.byteLength(text);
    this.#kept.push({ number, bytes });
    this.#bytes += bytes;
    while (this.#bytes > this.#limitBytes && this.#kept.length > 1) this.#drop();
  }

  /** How many there are and what became of the others, in a line. */
  get summary(): string {
    const kept = this.#kept.length;
    const size = (this.#bytes / mebibyte).toFixed(1);
    const where = join(this.#folder, tracesFolder);
    const told = `captured ${counted(kept, 'session')} in ${where} (${size} MiB), replays among them`;
    const dropped = this.#last - kept;
    if (dropped === 0) return told;
    const limit = `${this.#limitBytes / mebibyte} MiB (--capture-limit)`;
    return `${told}; ${counted(dropped, 'older one')} dropped at the limit of ${limit}`;
  }

  #drop(): void {
    const oldest = this.#kept.shift();
    if (oldest === undefined) return;
    this.#bytes -= oldest.bytes;
    rmSync(join(this.#folder, sessionName(oldest.number)), { force: true });
  }
}

/** The numbers of the captured sessions in a run's folder, the oldest first. */
export function keptIn(folder: string): readonly number[] {
  const traces = join(folder, tracesFolder);
  if (!existsSync(traces)) return [];
  const numbers = readdirSync(traces).flatMap((file) => sessionNumber(file) ?? []);
  return numbers.toSorted((left, right) => left - right);
}
