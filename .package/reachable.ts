import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const dist = join(import.meta.dirname, '../dist');
const specifiers = /(?:from |import\(|import )["']([.#][^"']+)["']/g;

/** The files of declarations in `dist` that some of them lead to, themselves included. */
export function reachable(doors: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = [...doors];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    for (const [, specifier = ''] of readFileSync(file, 'utf8').matchAll(specifiers)) {
      const named = specifier.startsWith('#')
        ? join(dist, specifier.slice(1))
        : join(file, '..', specifier);
      waiting.push(named.replace(/\.[jt]s$/, '.d.ts'));
    }
  }
  return found;
}
