/** What runs us: the version of Node, `v24.0.0`. */
export const nodeVersion: string = process.version;
