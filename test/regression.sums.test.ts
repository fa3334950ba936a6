import { expect, test } from "vitest";
import type { Block, Design } from "../src/formula/design.ts";
import { families } from "../src/laws/families.ts";
import { unitLinks } from "../src/laws/links.ts";
import { rowTerms } from "../src/laws/rowTerms.ts";
import { log1pexp } from "../src/math/logarithms.ts";
import { expit } from "../src/math/logit.ts";
import { Random } from "../src/math/random.ts";
import { Accumulator } from "../src/math/sum.ts";
import { factor } from "../src/optimize/normalEquations.ts";
import type { DesignMatrix } from "../src/wasm/designMatrix.ts";
import { withDesign } from "../src/wasm/designPlacement.ts";
import { exactProducts } from "../src/wasm/designSquares.ts";
import type { DesignSums } from "../src/wasm/tileSums.ts";

// Sums over the rows of a design against plain loops over its columns written out.

const ROWS = 65_536 + 301;
const random = new Random(7);
const draws = (n: number, draw: () => number) => Float64Array.from({ length: n }, draw);

function designOf(rows: number, plain: number, counts: readonly number[]): Design {
  const blocks: Block[] = [{ kind: "intercept" }];
  for (let j = 0; j < plain; j++) blocks.push({ kind: "column", values: draws(rows, () => random.normal()) });
  counts.forEach((count, f) => {
    const codes = Int32Array.from({ length: rows }, () => Math.floor(random.uniform() * (count + 1)) - 1);
    // Between the columns, so that the design's order is not the kernels'.
    blocks.splice(1 + f, 0, { kind: "levels", codes, count, ...(f === 1 && { by: draws(rows, () => random.normal()) }) });
  });
  const names = blocks.flatMap((block, b) =>
    block.kind === "levels" ? Array.from({ length: block.count }, (_, l) => `f${b}:${l}`) : [`x${b}`],
  );
  return { rows, names, blocks, assign: names.map((_, j) => j), terms: names.slice(1) };
}

/** Every column, as it lies in the engine's memory. */
function written(design: Design, matrix: DesignMatrix): Float64Array[] {
  return design.blocks.flatMap((block, b) => {
    if (block.kind === "intercept") return [new Float64Array(design.rows).fill(1)];
    if (block.kind === "column") {
      const before = design.blocks.slice(0, b).reduce((sum, own) => sum + (own.kind === "levels" ? own.count : 1), 0);
      const { center, scale } = matrix.columns.find(({ index }) => index === before)!;
      return [block.values.map((value) => (value - center) * scale)];
    }
    return Array.from({ length: block.count }, (_, l) =>
      Float64Array.from(block.codes, (code, i) => (code === l ? (block.by?.[i] ?? 1) : 0)),
    );
  });
}

function expectSums(found: DesignSums, columns: readonly Float64Array[], u: Float64Array, w: Float64Array): void {
  const sum = (term: (i: number) => number) => {
    const total = new Accumulator();
    for (let i = 0; i < u.length; i++) total.add(term(i));
    return total.sum;
  };
  const { dense, gram, large } = found.products;
  const place = (j: number) => dense.indexOf(j);
  const at = (i: number, j: number) => {
    const [a, b] = [place(i), place(j)];
    if (a >= 0 && b >= 0) return gram[a * dense.length + b]!;
    if (a >= 0) return large!.cross[(j - large!.first) * dense.length + a]!;
    if (b >= 0) return large!.cross[(i - large!.first) * dense.length + b]!;
    return i === j ? large!.own[i - large!.first]! : 0;
  };
  // Of many columns, every fifth.
  const some = columns.map((_, j) => j).filter((j) => columns.length < 12 || j % 5 === 0);
  for (const i of some) {
    expect(Math.abs(found.score[i]! - sum((row) => columns[i]![row]! * u[row]!))).toBeLessThan(1e-9);
    for (const j of some.filter((k) => k <= i)) {
      const exact = sum((row) => columns[i]![row]! * w[row]! * columns[j]![row]!);
      expect(Math.abs(at(i, j) - exact), `${i}, ${j}`).toBeLessThan(1e-9);
    }
  }
}

for (const [plain, counts] of [
  [1, []],
  [2, []],
  [6, []],
  [9, [3, 5]],
  [3, [90, 4]],
  [0, [70]],
] as const) {
  test(`${plain} columns, factors of ${counts.join(" and ") || "none"}: eta, X'u and X'WX are the plain loops'`, async () => {
    const design = designOf(ROWS, plain, counts);
    const y = draws(ROWS, () => Math.floor(3 * random.uniform()) / 2);
    const offset = draws(ROWS, () => random.normal());
    const weights = draws(ROWS, () => random.uniform() + 0.5);
    const beta = draws(design.names.length, () => 0.2 * random.normal());
    await withDesign({ design, vectors: { y, offset, weights }, thinned: false }, (matrix) => {
      const columns = written(design, matrix);
      const eta = draws(ROWS, () => 0);
      matrix.predict(beta, (first, part) => eta.set(part, first));
      for (let i = 0; i < ROWS; i += 97) {
        const exact = columns.reduce((sum, column, j) => sum + column[i]! * beta[j]!, offset[i]!);
        expect(Math.abs(eta[i]! - exact)).toBeLessThan(1e-12);
      }
      const p = eta.map(expit);
      const u = y.map((value, i) => weights[i]! * (value - p[i]!));
      const w = p.map((value, i) => weights[i]! * value * (1 - value));
      const kernel = matrix.known("logistic", beta, false);
      expectSums(kernel, columns, u, w);
      const logLik = new Accumulator();
      for (let i = 0; i < ROWS; i++) logLik.add(weights[i]! * (y[i]! * eta[i]! - log1pexp(eta[i]!)));
      expect(Math.abs(kernel.value / logLik.sum - 1)).toBeLessThan(1e-13);
      const own = matrix.pointwise(beta, (first, part, us, ws) => {
        for (let i = 0; i < part.length; i++) [us[i], ws[i]] = [u[first + i]!, w[first + i]!];
        return 1;
      });
      expect(own.value).toBe(2);
      expectSums(own, columns, u, w);
    });
  });
}

test("of a probit, from both responses and proportions, far out, observed and expected", async () => {
  const eta = Float64Array.from([-400, -250, -199, -38, -9, -1, -1e-9, 0, 0.5, 3, 8, 12, 37, 40].flatMap((x) => [x, x, x, x]));
  const y = eta.map((_, i) => [0, 1, 0.25, 0.75][i % 4]!);
  const weights = eta.map((_, i) => 1 + (i % 3));
  const terms = rowTerms(families.binomial, unitLinks.probit);
  for (const given of [undefined, weights]) {
    for (const expected of [false, true]) {
      for (const [row, own] of eta.entries()) {
        const rows = { y: y.subarray(row, row + 1), weights: given?.subarray(row, row + 1) };
        const [u, w] = [new Float64Array(1), new Float64Array(1)];
        const value = terms(rows, eta.subarray(row, row + 1), u, w, expected);
        const block = { kind: "column" as const, values: Float64Array.of(1) };
        const design = { rows: 1, names: ["x"], blocks: [block], assign: [1], terms: ["x"] };
        const vectors = { y: rows.y, offset: Float64Array.of(own), ...(rows.weights && { weights: rows.weights }) };
        await withDesign({ design, vectors, thinned: false }, (matrix) => {
          const sums = matrix.known("probit", [0], expected);
          const near = (found: number, exact: number, digits: number) =>
            expect(Math.abs(found - exact)).toBeLessThanOrEqual(digits * Math.abs(exact) + 1e-300);
          // 1 - q is rounded where q is not small.
          near(sums.value, value, 1e-8);
          expect(Math.abs(sums.value - value)).toBeLessThanOrEqual(1e-13 * Math.abs(value) + 1e-15);
          near(sums.score[0]!, u[0]!, 1e-13);
          // h' from h loses x² ulps.
          near(sums.products.gram[0]!, w[0]!, 1e-15 * (100 + Math.min(own * own, 4e4)));
        });
      }
    }
  }
});

test("of the normal equations with a large factor, solution and inverse are those of the whole matrix", async () => {
  const design = designOf(5000, 3, [80, 4]);
  const y = draws(5000, () => Math.floor(4 * random.uniform()));
  await withDesign({ design, vectors: { y }, thinned: false }, (matrix) => {
    const beta = new Float64Array(design.names.length);
    const { score, products } = matrix.known("logPoisson", beta, false);
    expect(products.large?.own.length).toBe(80);
    const factored = factor(products)!;
    const step = factored.solve(score);
    const columns = written(design, matrix);
    const xStep = columns[0]!.map((_, i) => columns.reduce((sum, column, j) => sum + column[i]! * step[j]!, 0));
    const back = columns.map((column) => column.reduce((sum, x, i) => sum + x * xStep[i]!, 0));
    back.forEach((value, j) => {
      expect(Math.abs(value - score[j]!)).toBeLessThan(1e-9);
    });
    const unit = new Float64Array(score.length);
    for (const j of [0, 1, 40, 83, 86]) {
      unit.fill(0)[j] = 1;
      const column = factored.solve(unit);
      for (const i of [0, 1, 2, 40, 84, 87]) expect(Math.abs(factored.inverse(i, j) - column[i]!)).toBeLessThan(1e-12);
    }
  });
});

test("exact products keep 30 digits", async () => {
  const design = designOf(66_001, 1, []);
  const response = draws(66_001, () => random.normal());
  await withDesign({ design, vectors: {}, response, thinned: false }, (matrix) => {
    const { high, low } = exactProducts(matrix);
    const columns = [...written(design, matrix), response.map((y) => (y - matrix.response!.center) * matrix.response!.scale)];
    let at = 0;
    for (let i = 0; i < columns.length; i++) {
      for (let j = 0; j <= i; j++, at++) {
        const exact = columns[i]!.reduce((sum, x, row) => sum + integer(x) * integer(columns[j]![row]!), 0n);
        const found = integer(high[at]!) * ONE + integer(low[at]!) * ONE;
        expect(Number(found - exact) / Number(exact)).toBeLessThan(1e-28);
      }
    }
  });
});

const SHIFT = 200n;
const ONE = 1n << SHIFT;

/** x 2^200, cut. */
function integer(x: number): bigint {
  const bits = new BigInt64Array(new Float64Array([x]).buffer)[0]!;
  const exponent = Number((bits >> 52n) & 0x7ffn);
  if (exponent === 0) return 0n;
  const fraction = (bits & 0xfffffffffffffn) | 0x10000000000000n;
  const shift = BigInt(exponent - 1075) + SHIFT;
  const size = shift >= 0n ? fraction << shift : fraction >> -shift;
  return bits < 0n ? -size : size;
}
