/** Where the column, the constants and the tiles' rows lie in the module's memory. */
export interface Places {
  readonly x: number;
  readonly n: number;
  readonly theta: number;
  readonly out: number;
}

type Exports = Readonly<Record<string, (...numbers: number[]) => number>>;

/** A kernel that exists in C and in wasm, and computes the same sums in both. */
export interface KernelCase {
  /** As in kernels.c. */
  readonly name: string;
  /** The parameters as kernels.c takes them. */
  readonly theta: readonly number[];
  /** What the module's kernel reads at `theta`: unit, center, location, 1/scale, shape, 1/shape. */
  readonly constants: readonly number[];
  run(exports: Exports, at: Places): number;
  /** First of the wasm kernel's totals that the C kernel's first sum is. */
  readonly first: number;
  /** How many sums. */
  readonly sums: number;
  /** Floating-point operations a row in wasm, counted in the source: additions, multiplications, divisions; comparisons are none. */
  readonly flops: number;
  /** Most times the C kernel's time. */
  readonly goal: number;
}

const EXP = 17;
const LOG = 18;

const standard =
  (name: string) =>
  (exports: Exports, { theta, x, n, out }: Places) =>
    exports[name]!(theta, x, n, out);

export const kernelCases: readonly KernelCase[] = [
  {
    name: "sum",
    theta: [],
    constants: [],
    run: ({ plainSum }, { x, n, out }) => plainSum!(x, n, out),
    first: 0,
    sums: 1,
    flops: 1,
    goal: 1.1,
  },
  { name: "sum log", theta: [], constants: [1, 0, 0, 1, 1, 1], run: standard("logs"), first: 0, sums: 1, flops: 2, goal: 0.4 },
  { name: "moments", theta: [3], constants: [1, 3, 0, 1, 1, 1], run: standard("squares"), first: 1, sums: 2, flops: 4, goal: 1.2 },
  {
    name: "sum exp",
    theta: [],
    constants: [],
    run: ({ expSum }, { x, n, out }) => expSum!(x, n, 0, out),
    first: 0,
    sums: 1,
    flops: EXP + 2,
    goal: 2,
  },
  {
    name: "logistic",
    theta: [3, 1.2],
    constants: [1, 3, 0, 1 / 1.2, 1, 1],
    run: standard("logistic"),
    first: 0,
    sums: 7,
    flops: EXP + 20,
    goal: 2,
  },
  {
    name: "studentT",
    theta: [3, 1.2, 5],
    constants: [1, 3, 0, 1 / 1.2, 5, 0.2],
    run: standard("studentT"),
    first: 0,
    sums: 5,
    flops: 16,
    goal: 1.3,
  },
  {
    name: "weibull",
    theta: [1.2, 0.6],
    constants: [1, 1.2, 0, 1 / 0.6, 1, 1],
    run: standard("gumbelOfLog"),
    first: 1,
    sums: 4,
    flops: LOG + EXP + 10,
    goal: 2.5,
  },
];
