import * as Plot from "@observablehq/plot";
import type { ResidualData } from "loglik";
import type { Drawing, Entry } from "./frame.ts";
import { type Labels, measured, seriesOf } from "./legend.ts";
import { padded } from "./quantiles.ts";
import { light } from "./theme.ts";

/** Rows of which only a part is known. */
const CENSORED = seriesOf(2).color;

/** The faintest and the strongest of the cells that rows are counted in. */
const FAINT = 0.1;
const STRONG = 0.95;

/** Residuals against the linear predictor: flat about 0 where the model is right. */
export function residualDrawing(data: ResidualData, labels: Labels): Drawing {
  const { residuals, of, predictor, link, response, rows, points, cells, smooth, notes } = data;
  const { color } = seriesOf(0);
  const second = seriesOf(1);
  const censored = points.filter((point) => point.censored);
  const known = points.filter((point) => !point.censored);
  const most = Math.max(1, ...cells.map(({ count }) => count));
  const places = [
    ...points,
    ...cells.flatMap(({ x1, x2, y1, y2 }) => [
      { x: x1, y: y1 },
      { x: x2, y: y2 },
    ]),
  ];
  const [x, y] = [places.map((place) => place.x), places.map((place) => place.y)];
  const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const largest = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  // A count's shade by its root: a cell of one row can be seen beside one of thousands.
  const shade = (count: number) => FAINT + (STRONG - FAINT) * Math.sqrt(count / most);
  const counted: Entry = {
    symbol: "box",
    color,
    opacity: 0.6,
    name: `${residuals} residuals`,
    detail: `of ${rows.toLocaleString("en-US")} rows, up to ${most.toLocaleString("en-US")} in a cell`,
  };
  return {
    title: labels.title ?? `Residuals of ${response} (${of})`,
    legend: [
      points.length > 0 ? { symbol: "dot", color, name: `${residuals} residuals` } : counted,
      ...(censored.length > 0 ? [{ symbol: "dot" as const, color: CENSORED, name: "of censored rows", detail: "drawn at random" }] : []),
      ...(smooth.length > 0 ? [{ symbol: "line" as const, ...second, name: "local mean", detail: "flat at 0 if the model is right" }] : []),
    ],
    panels: [
      {
        x: {
          label:
            link === "identity" && predictor === undefined
              ? `fitted ${measured({ ...labels, label: response })}`
              : `linear predictor${predictor === undefined ? "" : ` of ${predictor}`} (${link} link)`,
          domain: padded(least(x), largest(x), false),
        },
        y: { label: `${residuals} residual`, domain: padded(Math.min(0, least(y)), Math.max(0, largest(y)), false) },
        marks: [
          ...(cells.length > 0
            ? [Plot.rect(cells, { x1: "x1", x2: "x2", y1: "y1", y2: "y2", fill: color, fillOpacity: ({ count }) => shade(count) })]
            : []),
          Plot.ruleY([0], { stroke: light.ink, strokeWidth: 1.2 }),
          ...[known, censored].map((some) =>
            Plot.dot(some, {
              x: "x",
              y: "y",
              r: points.length > 200 ? 1.8 : 2.6,
              ...(some === censored ? { stroke: CENSORED, strokeWidth: 1.4 } : { fill: color }),
              opacity: points.length > 1000 ? 0.5 : 0.9,
            }),
          ),
          Plot.line(smooth, { x: "x", y: "y", stroke: second.color, strokeWidth: 2.2, strokeDasharray: second.dash, clip: true }),
        ],
      },
    ],
    notes,
  };
}
