import { extent, smooth } from "../empirical/smooth.ts";
import type { PlotDataOptions, ResidualCell, ResidualData } from "./plotShapes.ts";
import { censoredNotes, countingResiduals, type DrawableRegression, described, lostNotes } from "./regressionPlotData.ts";

/** Rows up to which each is a point. */
const POINTS = 5000;
/** Cells of the grid that more rows are counted in. */
const ACROSS = 48;
const UP = 32;

/** Residuals against the linear predictor, with a smooth that is flat at 0 if the model is right. */
export function residualData(fit: DrawableRegression, { residuals }: PlotDataOptions): ResidualData {
  const { response, distribution, predictor, censored } = fit.pictured();
  const type = residuals ?? (distribution ? "quantile" : "deviance");
  const { rows, values, lost } = countingResiduals(fit, type);
  const eta = predictor.values();
  // Of deviance nothing is drawn at random.
  const drawn = type === "quantile" ? censored : undefined;
  const x = Float64Array.from(rows, (row) => eta[row]!);
  const few = rows.length <= POINTS;
  return {
    kind: "residuals",
    residuals: type,
    of: described(fit),
    ...(predictor.of !== undefined && { predictor: predictor.of }),
    link: predictor.link,
    response,
    rows: rows.length,
    points: few ? Array.from(x, (at, i) => ({ x: at, y: values[i]!, ...(drawn?.(rows[i]!) && { censored: true as const }) })) : [],
    cells: few ? [] : cellsOf(x, values),
    smooth: smooth(x, values),
    notes: [...(drawn ? censoredNotes(fit, rows) : []), ...lostNotes(lost)],
  };
}

function cellsOf(x: Float64Array, y: Float64Array): ResidualCell[] {
  const [[left, right], [low, high]] = [extent(x), extent(y)];
  const [width, height] = [(right - left) / ACROSS || 1, (high - low) / UP || 1];
  const counts = new Int32Array(ACROSS * UP);
  for (let i = 0; i < x.length; i++) {
    const column = Math.min(ACROSS - 1, Math.floor((x[i]! - left) / width));
    const row = Math.min(UP - 1, Math.floor((y[i]! - low) / height));
    counts[row * ACROSS + column]!++;
  }
  return Array.from(counts).flatMap((count, at) => {
    if (count === 0) return [];
    const [column, row] = [at % ACROSS, Math.floor(at / ACROSS)];
    const [x1, y1] = [left + column * width, low + row * height];
    return [{ x1, x2: x1 + width, y1, y2: y1 + height, count }];
  });
}
