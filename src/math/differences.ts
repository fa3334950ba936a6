// Derivatives of a function that only gives values, by central differences of order 8 (Fornberg 1988, Math. Comp. 51, 699) along each
// coordinate and each diagonal. The step is a tenth of a standard error: the log-likelihood is nearly quadratic over it, so truncation
// is some 1e-11 of the score in standard errors, and rounding (the value's, divided by the step) less than 1e-11 for |logLik| < 1e4.

/** A function's value at a point with its gradient and negative Hessian. */
export interface Differences {
  readonly value: number;
  readonly score: readonly number[];
  readonly information: readonly (readonly number[])[];
}

/** A function that has become twice differentiable. */
export type Differentiated = (point: readonly number[]) => Differences;

export const FIRST = [4 / 5, -1 / 5, 4 / 105, -1 / 280];
export const SECOND = [8 / 5, -1 / 5, 8 / 315, -1 / 560];
export const SECOND_AT_0 = -205 / 72;
const STEP = 0.1;

/** Values along a line through a point: first and second derivative with respect to the multiple of the direction. */
export function alongLine(f: (point: readonly number[]) => number, point: readonly number[], value: number, direction: readonly number[]) {
  let first = 0;
  let second = SECOND_AT_0 * value;
  for (let k = 1; k <= 4; k++) {
    const ahead = f(point.map((x, i) => x + k * direction[i]!));
    const behind = f(point.map((x, i) => x - k * direction[i]!));
    first += FIRST[k - 1]! * (ahead - behind);
    second += SECOND[k - 1]! * (ahead + behind);
  }
  return { first, second };
}

/**
 * A function of values only as a twice differentiable one. Steps follow the curvature found last, up to `longest` in each coordinate (a
 * logarithm is not quadratic over a wide step however flat the likelihood is; a function of the point where that depends on it); a step
 * that leaves the function's domain (a value that is not finite) is made smaller.
 */
export function fromValues(f: (point: readonly number[]) => number, longest: readonly number[]): Differentiated {
  const steps: number[] = [];
  return (point) => {
    const dimension = point.length;
    const value = f(point);
    const unit = (i: number, size: number) => point.map((_, j) => (j === i ? size : 0));
    const score: number[] = [];
    const information = point.map(() => point.map(() => 0));
    for (let i = 0; i < dimension; i++) {
      const usual = 1e-3 * Math.max(1, Math.abs(point[i]!));
      let size = Math.min(longest[i]!, steps[i] ?? usual);
      let line = alongLine(f, point, value, unit(i, size));
      // Until the step is as many standard errors as wanted, to a factor of 2: the curvature says how far that is.
      for (let round = 0; round < 12; round++) {
        const finite = Number.isFinite(line.first) && Number.isFinite(line.second);
        const curvature = -line.second;
        const wanted = Math.min(longest[i]!, finite && curvature > 0 ? (STEP * size) / Math.sqrt(curvature) : Math.max(size, usual));
        const change = Math.min(100, Math.max(0.01, wanted / size));
        if (finite && change > 0.5 && change < 2) break;
        size *= finite ? change : 0.25;
        line = alongLine(f, point, value, unit(i, size));
      }
      steps[i] = size;
      score.push(line.first / size);
      information[i]![i] = -line.second / (size * size);
    }
    for (let i = 0; i < dimension; i++) {
      for (let j = 0; j < i; j++) {
        const at = (a: number, b: number) =>
          alongLine(
            f,
            point,
            value,
            point.map((_, k) => (k === i ? a : k === j ? b : 0)),
          ).second;
        // A corner may lie outside of the domain although the steps along the axes do not.
        for (let a = steps[i]!, b = steps[j]!, round = 0; round < 12; a *= 0.5, b *= 0.5, round++) {
          information[i]![j] = information[j]![i] = -(at(a, b) - at(a, -b)) / (4 * a * b);
          if (Number.isFinite(information[i]![j])) break;
        }
      }
    }
    return { value, score, information };
  };
}

/** A function with its gradient as a twice differentiable one: the Hessian from differences of the gradient, symmetrised. */
export function fromScores(
  f: (point: readonly number[]) => number,
  gradient: (point: readonly number[]) => readonly number[],
  longest: readonly number[],
): Differentiated {
  const steps = new Array<number>(longest.length).fill(Number.NaN);
  return (point) => {
    const rows = point.map((x, i) => {
      let size = Number.isNaN(steps[i]) ? 1e-3 * Math.max(1, Math.abs(x)) : steps[i]!;
      let row = difference(gradient, point, i, size);
      for (let round = 0; round < 12; round++) {
        const finite = row.every(Number.isFinite);
        const wanted = Math.min(longest[i]!, finite && row[i]! < 0 ? STEP / Math.sqrt(-row[i]!) : size);
        const change = Math.min(100, Math.max(0.01, wanted / size));
        if (finite && change > 0.5 && change < 2) break;
        size *= finite ? change : 0.25;
        row = difference(gradient, point, i, size);
      }
      steps[i] = size;
      return row;
    });
    return {
      value: f(point),
      score: [...gradient(point)],
      information: rows.map((row, i) => row.map((_, j) => -0.5 * (rows[i]![j]! + rows[j]![i]!))),
    };
  };
}

function difference(
  gradient: (point: readonly number[]) => readonly number[],
  point: readonly number[],
  i: number,
  size: number,
): number[] {
  const row = point.map(() => 0);
  for (let k = 1; k <= 4; k++) {
    const ahead = gradient(point.map((x, j) => (j === i ? x + k * size : x)));
    const behind = gradient(point.map((x, j) => (j === i ? x - k * size : x)));
    row.forEach((_, j) => {
      row[j]! += (FIRST[k - 1]! * (ahead[j]! - behind[j]!)) / size;
    });
  }
  return row;
}

/** The gradient of a function of values only, with these steps. */
export function gradient(f: (point: readonly number[]) => number, point: readonly number[], steps: readonly number[]): number[] {
  return point.map((_, i) => {
    const unit = point.map((_, j) => (i === j ? steps[i]! : 0));
    return alongLine(f, point, 0, unit).first / steps[i]!;
  });
}

/** First and second derivative of a function of one number, with this step. */
export function derivatives(f: (x: number) => number, x: number, step: number): { readonly first: number; readonly second: number } {
  const { first, second } = alongLine(([at]) => f(at!), [x], f(x), [step]);
  return { first: first / step, second: second / step / step };
}
