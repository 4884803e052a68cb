import type { Showing } from '#src/contract/picture.ts';
import type { AliceDistiller } from '../distillation/alice.ts';
import { convergence } from './convergence.ts';

/** What Alice has to show of her last frame: how its blocks were decoded. */
export function aliceShows(distiller: AliceDistiller | null): Showing {
  const { courses = [], innerChecks = 0 } = distiller ?? {};
  const pictures = courses.length === 0 ? [] : [convergence(courses, innerChecks)];
  const found = distiller === null ? {} : { 'blocks decoded': courses.length };
  return { setting: {}, found, pictures };
}
