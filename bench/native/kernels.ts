/** A kernel that exists in C and in wasm, and computes the same sums in both. */
export interface KernelCase {
  /** As in kernels.c. */
  readonly name: string;
  /** Export of the package's module, or of the lanes' (`lane`). */
  readonly wasm: string;
  readonly lane?: boolean;
  /** The parameters as kernels.c takes them. */
  readonly theta: readonly number[];
  /** The same as the module takes them: unit, center, location, 1/scale, shape, 1/shape. */
  readonly constants?: readonly number[];
  /** First of the wasm kernel's totals that the C kernel's first sum is. */
  readonly first: number;
  /** How many sums. */
  readonly sums: number;
  /** Floating-point operations a row in wasm, counted in the source: additions, multiplications, divisions; comparisons are none. */
  readonly flops: number;
  /** Most times the C kernel's time. */
  readonly goal: number;
}

const EXP = 19;
const LOG = 17;

export const kernelCases: readonly KernelCase[] = [
  { name: "sum", wasm: "plainSum", theta: [], first: 0, sums: 1, flops: 1, goal: 1.1 },
  { name: "sum log", wasm: "logs", theta: [], constants: [1, 0, 0, 1, 1, 1], first: 0, sums: 1, flops: 2, goal: 0.4 },
  { name: "moments", wasm: "squares", theta: [3], constants: [1, 3, 0, 1, 1, 1], first: 1, sums: 2, flops: 4, goal: 1.2 },
  { name: "sum exp", wasm: "expSum", lane: true, theta: [], first: 0, sums: 1, flops: EXP + 1, goal: 2 },
  {
    name: "logistic",
    wasm: "logistic",
    theta: [3, 1.2],
    constants: [1, 3, 0, 1 / 1.2, 1, 1],
    first: 0,
    sums: 7,
    flops: EXP + 21,
    goal: 2,
  },
  {
    name: "studentT",
    wasm: "studentT",
    theta: [3, 1.2, 5],
    constants: [1, 3, 0, 1 / 1.2, 5, 0.2],
    first: 0,
    sums: 5,
    flops: 17,
    goal: 1.3,
  },
  {
    name: "weibull",
    wasm: "gumbelOfLog",
    theta: [1.2, 0.6],
    constants: [1, 1.2, 0, 1 / 0.6, 1, 1],
    first: 1,
    sums: 4,
    flops: LOG + EXP + 11,
    goal: 2.5,
  },
];
