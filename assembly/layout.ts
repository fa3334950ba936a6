// Integers that both languages read. The only file of assembly/ that src/ imports; it imports nothing.

/** Checked when the module is loaded: a wasm file built from another layout is refused. */
export const LAYOUT_VERSION = 3;

/** Rows per tile. Every total is a sum of tile totals in tile order, whatever the chunking, the build or the engine. */
export const TILE_ROWS = 65536;

/** Rows of a matrix in one block: with five columns its columns fit L1, and 32 additions in each of four chains lose 5 bits at most. */
export const BLOCK_ROWS = 256;

/** Totals in one tile's row: the sum of log-factors, then the kernel's own sums. Each is a pair of doubles (high, low). */
export const TOTALS = 12;

/** Doubles a kernel reads its constants from: four for where the data lie, the rest its own. */
export const CONSTANTS = 8;

/** Bits of a double that one pass of the selection counts: 8,192 bins are 64 KiB, and five passes name all 64 bits. */
export const DIGIT_BITS = 13;

/** Rows of which a replicate's weights are drawn at once: with three columns their block fits L1. */
export const RESAMPLED_ROWS = 512;
