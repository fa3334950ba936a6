import { DIGIT_BITS } from "../../assembly/layout.ts";
import type { Sample } from "./sample.ts";

const BINS = 2 ** DIGIT_BITS;
const LEVELS = Math.ceil(64 / DIGIT_BITS);

/**
 * Lower and upper median: the smallest values below which, itself included, lies at least, and more than, half of the weight. By radix
 * histograms of the doubles' bits, so that nothing is copied or sorted.
 */
export function medianOf(sample: Sample): readonly [number, number] {
  const { arena, kernels } = sample.engine;
  let prefix = 0n;
  let below = 0;
  const half = sample.weight / 2;
  const value = arena.scope(() => {
    const bins = arena.reserve(BINS);
    for (let level = 0; level < LEVELS; level++) {
      sample.passes++;
      const width = Math.min(DIGIT_BITS, 64 - DIGIT_BITS * level);
      const view = arena.view(bins, BINS).fill(0);
      // All but the last level's bits fit a double exactly.
      kernels.digits!(sample.x, sample.w ?? 0, sample.rows, level, Number(prefix), bins);
      const last = 2 ** width - 1;
      let digit = 0;
      while (digit < last && below + view[digit]! < half) below += view[digit++]!;
      prefix = (prefix << BigInt(width)) | BigInt(digit);
      if (level === LEVELS - 1) below += view[digit]!;
    }
    return fromOrdered(prefix);
  });
  if (below > half) return [value, value];
  sample.passes++;
  const upper = kernels.next!(sample.x, sample.rows, value);
  return [value, Number.isFinite(upper) ? upper : value];
}

/** The double of these order-preserving bits. */
function fromOrdered(bits: bigint): number {
  const plain = bits >> 63n ? bits ^ (1n << 63n) : ~bits & 0xffffffffffffffffn;
  return new Float64Array(BigUint64Array.of(plain).buffer)[0]!;
}
