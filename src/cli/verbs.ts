import type { Verb } from './verb.ts';

/** A verb as the overview shows it; its file is loaded when it is called. */
export interface VerbEntry {
  readonly summary: string;
  readonly load: () => Promise<Verb>;
}

/** The verbs, in the order of the overview. */
export const verbs: Readonly<Record<string, VerbEntry>> = {
  start: {
    summary: 'every suite against the embedded reference sides, and one whole session',
    load: async () => (await import('./verbs/start.ts')).start,
  },
  test: {
    summary: 'check a target for conformance',
    load: async () => (await import('./verbs/test.ts')).test,
  },
  fuzz: {
    summary: 'a budgeted campaign that finds crashes and wrong answers',
    load: async () => (await import('./verbs/fuzz.ts')).fuzz,
  },
  replay: {
    summary: 'play a stored finding or a trace again: REPRODUCED, FIXED or FLAKY',
    load: async () => (await import('./verbs/replay.ts')).replay,
  },
  merge: {
    summary: 'join the parts of a divided run, or several campaigns',
    load: async () => (await import('./verbs/merge.ts')).merge,
  },
  report: {
    summary: 'a stored run in any form; what changed between two',
    load: async () => (await import('./verbs/report.ts')).report,
  },
  matrix: {
    summary: 'several targets side by side, and who will understand whom',
    load: async () => (await import('./verbs/matrix.ts')).matrix,
  },
  bench: {
    summary: 'how good the harness is: the kill matrix over the mutants, its speed',
    load: async () => (await import('./verbs/bench.ts')).bench,
  },
  baseline: {
    summary: 'the list of known failures for CI: check, update, prune',
    load: async () => (await import('./verbs/baseline.ts')).baseline,
  },
  list: {
    summary: 'cases, requirements, ambiguities, mutants, messages or profiles',
    load: async () => (await import('./verbs/list.ts')).list,
  },
  explain: {
    summary: 'one case, requirement, ambiguity, mutant or message',
    load: async () => (await import('./verbs/explain.ts')).explain,
  },
  model: {
    summary: "draw a protocol's machine, with the requirements on it",
    load: async () => (await import('./verbs/model.ts')).model,
  },
  serve: {
    summary: 'a reference side, or a mutant of one, on a socket',
    load: async () => (await import('./verbs/serve.ts')).serve,
  },
  session: {
    summary: 'one whole session between both reference sides',
    load: async () => (await import('./verbs/session.ts')).session,
  },
  proxy: {
    summary: 'stand between two real peers: judge both, inject faults',
    load: async () => (await import('./verbs/proxy.ts')).proxy,
  },
  export: {
    summary: 'a finding for Wireshark, as a script, as a scenario or as test vectors',
    load: async () => (await import('./verbs/export.ts')).exportVerb,
  },
  judge: {
    summary: 'judge a stored trace again, offline',
    load: async () => (await import('./verbs/judge.ts')).judge,
  },
  doctor: {
    summary: 'can a target be tested? consumes no key, sends nothing malformed',
    load: async () => (await import('./verbs/doctor.ts')).doctor,
  },
};
