// Columns of which a row has one: a factor is a code per row, its sums are scattered. A table holds for each factor 24 bytes: address of
// the codes, address of the values or 0 for ones, number of levels, index of its first coefficient, address of its sums, a spare word.
// Its sums are rows of d + 2 doubles, one for each level: of u, of w v, and of w x_j for the d columns (v the value, u and w times it).

export const FACTOR: usize = 24;

// @ts-ignore: decorator
@inline export function codesOf(factor: usize): usize { return <usize>load<u32>(factor); }
// @ts-ignore: decorator
@inline export function valuesOf(factor: usize): usize { return <usize>load<u32>(factor, 4); }
// @ts-ignore: decorator
@inline export function levelsOf(factor: usize): i32 { return load<i32>(factor, 8); }
// @ts-ignore: decorator
@inline export function sumsOf(factor: usize): usize { return <usize>load<u32>(factor, 16); }

/** Adds the coefficient of each row's level to eta. */
export function predictLevels(factors: usize, k: i32, beta: usize, row: i32, rows: i32, eta: usize): void {
  for (let f = 0; f < k; f++) {
    const factor = factors + <usize>f * FACTOR;
    const codes = codesOf(factor) + (<usize>row << 2), values = valuesOf(factor);
    const by = values + (<usize>row << 3), b = beta + (<usize>load<i32>(factor, 12) << 3);
    for (let i = 0; i < rows; i++) {
      const code = load<i32>(codes + (<usize>i << 2));
      if (code < 0) continue;
      const e = eta + (<usize>i << 3), coefficient = load<f64>(b + (<usize>code << 3));
      store<f64>(e, load<f64>(e) + (values ? coefficient * load<f64>(by + (<usize>i << 3)) : coefficient));
    }
  }
}

/** Adds the rows of a block to the factors' sums, and to the tables of factors by factors, which follow one another from `crossed` on. */
export function addLevels(table: usize, d: i32, factors: usize, k: i32, u: usize, w: usize, row: i32, rows: i32, crossed: usize): void {
  const stride = <usize>(d + 2) << 3;
  for (let f = 0; f < k; f++) {
    const factor = factors + <usize>f * FACTOR;
    const codes = codesOf(factor) + (<usize>row << 2), values = valuesOf(factor), sums = sumsOf(factor);
    for (let i = 0; i < rows; i++) {
      const code = load<i32>(codes + (<usize>i << 2));
      if (code < 0) continue;
      const lane = <usize>i << 3;
      const v = values ? load<f64>(values + (<usize>(row + i) << 3)) : 1;
      const weight = load<f64>(w + lane) * v;
      let sum = sums + <usize>code * stride;
      store<f64>(sum, load<f64>(sum) + load<f64>(u + lane) * v);
      store<f64>(sum, load<f64>(sum, 8) + weight * v, 8);
      sum += 16;
      for (let j = 0; j < d; j++, sum += 8) {
        const entry = table + (<usize>j << 3);
        const x = load<f64>(<usize>load<u32>(entry) + <usize>load<u32>(entry, 4) * <usize>row + lane);
        store<f64>(sum, load<f64>(sum) + weight * x);
      }
    }
    for (let g = 0; g < f; g++) {
      const other = factors + <usize>g * FACTOR;
      const others = codesOf(other) + (<usize>row << 2), otherValues = valuesOf(other), count = levelsOf(other);
      for (let i = 0; i < rows; i++) {
        const code = load<i32>(codes + (<usize>i << 2)), second = load<i32>(others + (<usize>i << 2));
        if (code < 0 || second < 0) continue;
        const lane = <usize>(row + i) << 3;
        const v = (values ? load<f64>(values + lane) : 1) * (otherValues ? load<f64>(otherValues + lane) : 1);
        const cell = crossed + (<usize>(code * count + second) << 3);
        store<f64>(cell, load<f64>(cell) + load<f64>(w + (<usize>i << 3)) * v);
      }
      crossed += <usize>(levelsOf(factor) * count) << 3;
    }
  }
}
