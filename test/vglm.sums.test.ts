import { expect, test } from "vitest";
import type { Block, Design } from "../src/formula/design.ts";
import { Random } from "../src/math/random.ts";
import { Accumulator } from "../src/math/sum.ts";
import { entry } from "../src/math/triangle.ts";
import type { Products } from "../src/optimize/normalEquations.ts";
import { PartCoordinates } from "../src/regression/partCoordinates.ts";
import { type Part, unionOf } from "../src/regression/parts.ts";
import { eachEntry } from "../src/regression/predictor.ts";
import type { PartTerms } from "../src/wasm/partMatrix.ts";
import { withParts } from "../src/wasm/partPlacement.ts";

// Value, gradient and information of several linear predictors against plain loops over the rows: predictors that share columns and
// coefficients, factors of few and of many levels, offsets and weights.

const ROWS = 65_536 + 77;
const random = new Random(11);
const draw = (center = 0) => Float64Array.from({ length: ROWS }, () => center + random.normal());
const codes = (count: number) => Int32Array.from({ length: ROWS }, () => Math.floor(random.uniform() * (count + 1)) - 1);

function designOf(blocks: readonly Block[]): Design {
  const width = blocks.reduce((sum, block) => sum + (block.kind === "levels" ? block.count : 1), 0);
  const names = Array.from({ length: width }, (_, j) => `x${j}`);
  return { rows: ROWS, names, blocks, assign: names.map(() => 0), terms: [] };
}

const intercept: Block = { kind: "intercept" };
const column = (values: Float64Array): Block => ({ kind: "column", values });
const levels = (of: Int32Array, count: number): Block => ({ kind: "levels", codes: of, count });

const [x, z, moved] = [draw(), draw(), draw(100)];
const [few, many] = [codes(3), codes(80)];
const y = draw();
const weights = Float64Array.from({ length: ROWS }, () => 1 + Math.floor(3 * random.uniform()));

/** l = y Σ eta - ½ η'Aη with a fixed matrix A: the information does not depend on the predictors. */
const bend = (a: number, b: number) => (a === b ? 2 + a : 0.3 / (1 + a + b));
const terms: PartTerms = ({ y: tile }, eta, l, u, w) => {
  for (let i = 0; i < l.length; i++) {
    l[i] = 0;
    for (let a = 0; a < eta.length; a++) {
      let through = 0;
      for (let b = 0; b < eta.length; b++) {
        through += bend(Math.max(a, b), Math.min(a, b)) * eta[b]![i]!;
        w[entry(a, b)]![i] = bend(Math.max(a, b), Math.min(a, b));
      }
      l[i] = l[i]! + tile![i]! * eta[a]![i]! - 0.5 * eta[a]![i]! * through;
      u[a]![i] = tile![i]! - through;
    }
  }
};

const cases: readonly [string, number, readonly Part[]][] = [
  [
    "two of shared columns, and a constant",
    6,
    [
      { design: designOf([intercept, column(x), column(moved)]), places: Int32Array.of(0, 1, 2), offset: z },
      { design: designOf([intercept, column(moved)]), places: Int32Array.of(3, 4) },
      { design: designOf([intercept]), places: Int32Array.of(5) },
    ],
  ],
  [
    "shared coefficients",
    8,
    [
      { design: designOf([levels(few, 3), column(x), column(z)]), places: Int32Array.of(0, 1, 2, 6, 7) },
      { design: designOf([levels(codes(3), 3), column(x), column(z)]), places: Int32Array.of(3, 4, 5, 6, 7) },
    ],
  ],
  [
    "a factor of many levels in one of two",
    85,
    [
      { design: designOf([intercept, levels(many, 80), column(x)]), places: Int32Array.from({ length: 82 }, (_, j) => j) },
      {
        design: designOf([intercept, column(x), column(z)]),
        places: Int32Array.of(82, 83, 84),
      },
    ],
  ],
  [
    "a factor of many levels in both",
    164,
    [
      { design: designOf([intercept, levels(many, 80), column(x)]), places: Int32Array.from({ length: 82 }, (_, j) => j) },
      { design: designOf([intercept, levels(many, 80), column(z)]), places: Int32Array.from({ length: 82 }, (_, j) => 82 + j) },
    ],
  ],
];

function at({ dense, gram, large }: Products, i: number, j: number): number {
  const [p, q] = [dense.indexOf(i), dense.indexOf(j)];
  if (p >= 0 && q >= 0) return gram[p * dense.length + q]!;
  if (p < 0 && q < 0) return i === j ? large!.own[i - large!.first]! : 0;
  return large!.cross[((p < 0 ? i : j) - large!.first) * dense.length + Math.max(p, q)]!;
}

test.each(cases)("%s", async (_, width, parts) => {
  const beta = Float64Array.from({ length: width }, (__, k) => Math.sin(1 + k));
  const columns = { y, weights };
  const { found, coordinates } = await withParts({ parts, union: unionOf(parts), width, columns, thinned: false }, (matrix) => {
    const moves = new PartCoordinates(width, parts, matrix.moves());
    return { found: matrix.evaluate(moves.moved(beta), terms, false), coordinates: moves };
  });
  const value = new Accumulator();
  const score = Array.from({ length: width }, () => new Accumulator());
  const information = Array.from({ length: width * width }, () => new Accumulator());
  const count = parts.length;
  const [l, u, w] = [
    new Float64Array(1),
    parts.map(() => new Float64Array(1)),
    Array.from({ length: (count * (count + 1)) / 2 }, () => new Float64Array(1)),
  ];
  const eta = parts.map(() => new Float64Array(1));
  for (let row = 0; row < ROWS; row++) {
    const entries = parts.map(({ design, places }, a) => {
      const own: [number, number][] = [];
      const { moves } = coordinates;
      eachEntry(design, row, (j, v) => {
        const move = moves[a]![j];
        own.push([places[j]!, move ? (v - move.center) * move.scale : v]);
      });
      return own;
    });
    const gamma = coordinates.moved(beta);
    parts.forEach(({ offset }, a) => {
      eta[a]![0] = entries[a]!.reduce((sum, [k, v]) => sum + gamma[k]! * v, offset ? offset[row]! : 0);
    });
    terms({ y: y.subarray(row, row + 1) }, eta, l, u, w);
    value.add(weights[row]! * l[0]!);
    entries.forEach((own, a) => {
      for (const [k, v] of own) score[k]!.add(weights[row]! * u[a]![0]! * v);
      entries.forEach((other, b) => {
        const times = weights[row]! * w[entry(a, b)]![0]!;
        for (const [k, v] of own) for (const [m, o] of other) information[k * width + m]!.add(times * v * o);
      });
    });
  }
  expect(Math.abs(found.value / value.sum - 1)).toBeLessThan(1e-12);
  const largest = Math.max(...score.map(({ sum }) => Math.abs(sum)));
  score.forEach(({ sum }, k) => {
    expect(Math.abs(found.score[k]! - sum)).toBeLessThan(1e-10 * largest);
  });
  for (let i = 0; i < width; i++) {
    for (let j = 0; j < width; j++) {
      const wanted = information[i * width + j]!.sum;
      const size = Math.sqrt(information[i * width + i]!.sum * information[j * width + j]!.sum);
      expect(Math.abs(at(found.products, i, j) - wanted)).toBeLessThan(1e-11 * size);
    }
  }
});
