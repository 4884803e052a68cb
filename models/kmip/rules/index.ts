import type { OperationKey } from '../operations.ts';
import { attributes } from './attributes.ts';
import { cryptography } from './cryptography.ts';
import { objects } from './objects.ts';
import type { Rule } from './rule.ts';
import { server } from './server.ts';

export type { Asked, Misfit, Outlook, Rule } from './rule.ts';

/** What each operation does, by our name. */
export const rules: Readonly<Record<OperationKey, Rule>> = {
  ...objects,
  ...attributes,
  ...cryptography,
  ...server,
};
