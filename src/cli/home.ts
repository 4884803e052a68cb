import { fileURLToPath } from 'node:url';

/** Compiled, this module lies one folder deeper: in `dist` of the package. */
const up = import.meta.url.endsWith('.ts') ? '../../' : '../../../';

/** The folder of this program that people look into, with `fixtures`: a checkout, or a package. */
export const home = fileURLToPath(new URL(up, import.meta.url));
