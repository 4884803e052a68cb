import type { Dialect } from '../dialect.ts';
import { cosmian4 } from './cosmian-4.ts';
import { cosmian5 } from './cosmian-5.ts';
import { cosmianPage } from './cosmian-page.ts';
import { oasis } from './oasis.ts';

/** The dialects of KMIP's JSON, the standard's own first. */
export const jsonDialects: readonly Dialect[] = [oasis, cosmian5, cosmian4, cosmianPage];
