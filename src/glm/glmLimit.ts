import type { Coordinates } from "../regression/coordinates.ts";
import { leastSquares } from "../regression/leastSquares.ts";
import { eachEntry, predictor } from "../regression/predictor.ts";
import { pick, placeOf, type RegressionData, rowsOf } from "../regression/regressionData.ts";
import type { GlmFindings } from "./glmFit.ts";
import type { GlmModel } from "./glmModel.ts";
import type { Separation } from "./glmSeparation.ts";

/** A coefficient's share of a direction, in what it moves a row by, above which it runs away. */
const SHARE = 1e-7;

/** Linear predictors beyond which a mean is its limit. */
const FAR = 800;

/** Aliased columns of the rows left over up to which their combinations are worked out. */
const FEW = 20;

/**
 * The limit along a separating direction: the rows it moves have their means at their responses; the others are fitted without it. Those
 * coefficients are infinite that the direction moves, the others are the limit's where the rows left over determine them.
 */
export async function atLimit(
  model: GlmModel,
  data: RegressionData,
  separation: Separation,
  without: readonly boolean[],
  last: GlmFindings,
  fit: (model: GlmModel) => Promise<GlmFindings>,
): Promise<GlmFindings> {
  const { coordinates } = last;
  const { names } = data.design;
  const rows = Int32Array.from(separation.strict.keys()).filter((row) => separation.strict[row] === 0);
  const rest = rows.length > 0 ? rowsOf(data, rows) : undefined;
  const trials = model.trials && pick(model.data.kept ? pick(model.trials, model.data.kept) : model.trials, rows);
  const places = rows.map((row) => model.places?.[row] ?? placeOf(model.data, model.data.kept?.[row] ?? row));
  const inner = rest && (await fit({ ...model, data: rest, trials, places }));
  const deeper = inner?.separation;
  const direction = deeper ? both(data, coordinates, separation, deeper.direction) : coordinates.direction(separation.direction);
  const shares = sharesOf(data, direction);
  const most = Math.max(...shares);
  const open = rest ? await undetermined(rest, inner!.aliased, without) : () => true;
  const runs = (j: number) => shares[j]! > SHARE * most;
  const beta = direction.map((d, j) => {
    if (runs(j)) return d > 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
    return without[j] || !inner || open(j) ? Number.NaN : inner.beta[j]!;
  });
  const finite = inner
    ? coordinates.moved(inner.beta.map((b, j) => (Number.isFinite(b) && !inner.aliased[j] ? b : 0)))
    : new Float64Array(names.length);
  const offsets = data.offset?.reduce((most, x) => Math.max(most, Math.abs(x)), 0) ?? 0;
  const scale = Math.max(...direction.map((d, j) => (shares[j]! === most ? Math.abs(d) : 0)));
  const named = Object.fromEntries(names.flatMap((name, j) => (runs(j) ? [[name, direction[j]! / scale]] : [])));
  const toward = coordinates.moved(direction);
  const along = predictor(data.design, toward, coordinates);
  const linear = along.map((move, row) => (separation.strict[row] === 1 ? farOf(model, move) : 0));
  const restLinear = inner && (inner.linear ?? predictor(rest.design, inner.gamma, inner.coordinates, rest.offset));
  rows.forEach((row, k) => {
    linear[row] = restLinear![k]!;
  });
  const least = along.reduce(
    (size, move, row) => (separation.strict[row] === 1 ? Math.min(size, Math.abs(move)) : size),
    Number.POSITIVE_INFINITY,
  );
  const left = separation.left - (deeper?.rows ?? 0);
  return {
    ...last,
    linear,
    beta,
    aliased: without,
    gamma: finite.map((g, j) => g + ((FAR + offsets) / least) * toward[j]!),
    ...(inner?.beside && { beside: { ...inner.beside, variance: Number.NaN } }),
    // Rows whose means are their responses have no deviance whatever theta is.
    theta: inner?.theta ?? (model.family.joint && Number.isNaN(last.theta) ? Number.POSITIVE_INFINITY : last.theta),
    logLik: model.quasi ? Number.NaN : (inner?.logLik ?? 0),
    status: "nonexistent",
    reason: reasonOf(model, left, named) + (inner && !deeper && inner.status !== "interior" ? ` The rows left: ${inner.reason}` : ""),
    passes: last.passes + (inner?.passes ?? 0),
    separation: {
      kind: left === 0 ? "complete" : "quasi-complete",
      direction: named,
      rows: data.design.rows - left,
    },
  };
}

/** A predictor on one side at which the mean is its limit, to a double's digits. */
function farOf({ link }: GlmModel, side: number): number {
  let eta = Math.sign(side) * FAR;
  const limit = Math.round(link.mu(eta));
  while (Math.abs(link.mu(eta) - limit) > 1e-16 && Number.isFinite(eta)) eta *= 10;
  return eta;
}

/** A direction that moves the rows of two: along the second as little as the rows of the first allow. */
function both(
  { design }: RegressionData,
  coordinates: Coordinates,
  { direction, strict }: Separation,
  deeper: Readonly<Record<string, number>>,
): Float64Array {
  const natural = Float64Array.from(design.names, (name) => deeper[name] ?? 0);
  const first = predictor(design, direction, coordinates);
  const second = predictor(design, coordinates.moved(natural), coordinates);
  let share = 1;
  for (let i = 0; i < strict.length; i++) {
    if (strict[i] === 1 && second[i] !== 0) share = Math.min(share, 0.5 * Math.abs(first[i]! / second[i]!));
  }
  return coordinates.direction(direction).map((d, j) => d + share * natural[j]!);
}

/** What each coefficient's part of a direction moves a row by, at most. */
function sharesOf({ design }: RegressionData, direction: Float64Array): Float64Array {
  const sizes = new Float64Array(direction.length);
  let column = 0;
  for (const block of design.blocks) {
    const values = block.kind === "column" ? block.values : block.kind === "levels" ? block.by : undefined;
    const size = values ? values.reduce((most, x) => Math.max(most, Math.abs(x)), 0) : 1;
    const count = block.kind === "levels" ? block.count : 1;
    sizes.fill(size, column, column + count);
    column += count;
  }
  return sizes.map((size, j) => size * Math.abs(direction[j]!));
}

/** Which coefficients the rows left over leave open: those in a combination of columns that is 0 on all of these. */
async function undetermined(
  rest: RegressionData,
  aliased: readonly boolean[],
  without: readonly boolean[],
): Promise<(column: number) => boolean> {
  const more = aliased.flatMap((is, j) => (is && !without[j] ? [j] : []));
  // One combination is the direction itself.
  if (more.length <= 1) return () => false;
  if (more.length > FEW) return () => true;
  const open = new Set<number>(more);
  const { rows } = rest.design;
  for (const column of more) {
    const y = new Float64Array(rows);
    for (let row = 0; row < rows; row++)
      eachEntry(rest.design, row, (own, value) => {
        if (own === column) y[row] = value;
      });
    const { beta, aliased: left } = await leastSquares({ design: rest.design, y, weights: undefined, offset: undefined, kept: undefined });
    const size = Math.max(1e-300, ...sharesOf(rest, beta));
    sharesOf(rest, beta).forEach((share, j) => {
      if (!left[j] && j !== column && share > SHARE * size) open.add(j);
    });
  }
  return (column) => open.has(column);
}

function reasonOf({ link }: GlmModel, left: number, direction: Readonly<Record<string, number>>): string {
  const ends = Object.entries(direction).map(([name, d]) => `${name} to ${d > 0 ? "+" : "-"}Infinity`);
  const along = Object.entries(direction).map(([name, d]) => `${Number(d.toPrecision(4))} ${name}`);
  const kind = left === 0 ? "Complete separation" : "Quasi-complete separation";
  const what = link.name === "log" ? "Rows with nothing but zeros" : kind;
  return `${what}: along ${along.join(" + ")} the likelihood increases for ever (${ends.join(", ")}); it has a supremum and no maximum.`;
}
