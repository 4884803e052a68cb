/** How much memory a target held after so many messages. */
export interface MemorySample {
  readonly messages: number;
  readonly residentBytes: number;
}

/** Growth below this is a cache that fills or a collector that waits. */
const leastGrowthBytes = 64 * 1024 * 1024;
const fewestSamples = 12;
/** Samples that are kept; beyond it every other one goes. */
const maxSamples = 600;

/**
 * True where memory rises with the number of messages: the medians of the three thirds rise by
 * more than 64 MiB in all, and the last rise is no less than half of the first (what warms up
 * flattens).
 */
export function leaks(samples: readonly MemorySample[]): boolean {
  if (samples.length < fewestSamples) return false;
  const [first, second, third] = thirds(samples).map(median);
  if (first === undefined || second === undefined || third === undefined) return false;
  const early = second - first;
  const late = third - second;
  return early > 0 && late > 0 && late >= early / 2 && third - first > leastGrowthBytes;
}

/** Adds a sample to a bounded list. */
export function sampled(
  samples: readonly MemorySample[],
  sample: MemorySample,
): readonly MemorySample[] {
  const kept = samples.length < maxSamples ? samples : samples.filter((_, at) => at % 2 === 0);
  return [...kept, sample];
}

/** By the number of messages, not by time: an idle target does not leak. */
function thirds(samples: readonly MemorySample[]): readonly (readonly MemorySample[])[] {
  const first = samples[0]?.messages ?? 0;
  const span = (samples.at(-1)?.messages ?? 0) - first;
  return [0, 1, 2].map((part) =>
    samples.filter(({ messages }) => {
      const at = ((messages - first) / Math.max(1, span)) * 3;
      return at >= part && (at < part + 1 || part === 2);
    }),
  );
}

function median(samples: readonly MemorySample[]): number | undefined {
  const sizes = samples.map(({ residentBytes }) => residentBytes).sort((a, b) => a - b);
  return sizes[Math.floor(sizes.length / 2)];
}
