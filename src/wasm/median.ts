import type { Sample } from "./sample.ts";

/**
 * Lower and upper median: the smallest values below which, itself included, lies at least, and more than, half of the weight. By radix
 * histograms of the doubles' bits, so that nothing is copied or sorted.
 */
export function medianOf(sample: Sample): readonly [number, number] {
  const { arena, kernels } = sample.engine;
  let prefix = 0;
  let below = 0;
  const half = sample.weight / 2;
  const value = arena.scope(() => {
    const bins = arena.reserve(65536);
    for (let level = 0; level < 4; level++) {
      sample.passes++;
      const view = arena.view(bins, 65536).fill(0);
      kernels.digits!(sample.x, sample.w ?? 0, sample.rows, level, prefix, bins);
      let digit = 0;
      while (digit < 65535 && below + view[digit]! < half) below += view[digit++]!;
      if (level === 3) {
        below += view[digit]!;
        return fromDigits(prefix, digit);
      }
      // Three levels of 16 bits fit a double exactly.
      prefix = prefix * 65536 + digit;
    }
    return Number.NaN;
  });
  if (below > half) return [value, value];
  sample.passes++;
  const upper = kernels.next!(sample.x, sample.rows, value);
  return [value, Number.isFinite(upper) ? upper : value];
}

/** The double whose order-preserving bits are `prefix` (48 bits) and `digit` (16 bits). */
function fromDigits(prefix: number, digit: number): number {
  const bits = (BigInt(prefix) << 16n) | BigInt(digit);
  const plain = bits >> 63n ? bits ^ (1n << 63n) : ~bits & 0xffffffffffffffffn;
  return new Float64Array(BigUint64Array.of(plain).buffer)[0]!;
}
