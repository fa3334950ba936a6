// Integration by double-exponential substitution, Takahasi & Mori (1974), Publ. RIMS 9, 721: the trapezoidal rule after it converges
// exponentially, singular ends and algebraic tails included.

const STEP = 1 / 64;
const REACH = 6.2;

/** Integral of f between a and b, either of which may be infinite if the other is not; `unit` is the length over which f changes there. */
export function integrate(f: (x: number) => number, a: number, b: number, unit = 1): number {
  if (a === b) return 0;
  if (a === Number.NEGATIVE_INFINITY) return integrate((x) => f(-x), -b, Number.POSITIVE_INFINITY, unit);
  return trapezoid(b === Number.POSITIVE_INFINITY ? (t) => outward(f, a, unit, t) : (t) => between(f, a, b, t));
}

function trapezoid(term: (t: number) => number): number {
  let sum = 0;
  for (let i = Math.round(REACH / STEP); i >= 1; i--) sum += term(i * STEP) + term(-i * STEP);
  return STEP * (sum + term(0));
}

/** x = (a + b)/2 + (b - a)/2 tanh(pi/2 sinh t), taken as a distance from the nearer end, so that a singular end at 0 keeps its digits. */
function between(f: (x: number) => number, a: number, b: number, t: number): number {
  const u = (Math.PI / 2) * Math.sinh(Math.abs(t));
  const distance = (b - a) / (1 + Math.exp(2 * u));
  const slope = ((b - a) * (Math.PI / 4) * Math.cosh(t)) / Math.cosh(u) / Math.cosh(u);
  return times(f(t < 0 ? a + distance : b - distance), slope);
}

/** x = a + unit e^(pi/2 sinh t). */
function outward(f: (x: number) => number, a: number, unit: number, t: number): number {
  const distance = unit * Math.exp((Math.PI / 2) * Math.sinh(t));
  return Number.isFinite(distance) ? times(f(a + distance), distance * (Math.PI / 2) * Math.cosh(t)) : 0;
}

/** 0 where either is: a density has underflowed where the slope overflows. */
function times(value: number, slope: number): number {
  return value === 0 || slope === 0 ? 0 : value * slope;
}
