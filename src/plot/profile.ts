import * as Plot from "@observablehq/plot";
import type { ProfileCurve, ProfileData } from "loglik";
import type { Drawing, Panel } from "./frame.ts";
import { type Labels, percent, seriesOf, valuesOf } from "./legend.ts";
import { readable } from "./number.ts";
import { light } from "./theme.ts";

/** How far above the interval's deviance the picture goes. */
const ABOVE = 1.75;

/** Profile deviances, one panel for each parameter, with the interval marked. */
export function profileDrawing({ level, threshold, fit, profiles }: ProfileData, labels: Labels): Drawing {
  const { color } = seriesOf(0);
  const open = profiles.filter(({ interval }) => !interval.every(Number.isFinite)).map(({ of }) => of);
  return {
    title: labels.title ?? `Profile likelihood of ${fit.distribution} fitted to ${labels.label}`,
    legend: [
      { symbol: "line", color, name: "profile deviance", detail: valuesOf(fit) },
      { symbol: "line", color: light.series[1]!, dash: "5 3", name: "parabola of the standard error", detail: "(Wald)" },
      { symbol: "box", color, opacity: 0.2, name: `${percent(level)} interval`, detail: `deviance up to ${readable(threshold)}` },
    ],
    panels: profiles.map((profile) => panelOf(profile, threshold)),
    notes: open.length > 0 ? [`open at an end, where the likelihood does not fall so far: ${open.join(", ")}`] : [],
  };
}

function panelOf({ of, estimate, interval, curve, standardError }: ProfileCurve, threshold: number): Panel {
  const { color } = seriesOf(0);
  const top = ABOVE * threshold;
  const shown = curve.filter(({ value, deviance }) => Number.isFinite(value) && deviance <= 3 * top);
  const values = shown.map(({ value }) => value);
  const [from, to] = [Math.min(...values, estimate), Math.max(...values, estimate)];
  const [low, high] = interval;
  const inside = shown.filter(({ value, deviance }) => deviance <= threshold && value >= low && value <= high);
  const shaded = [
    ...(Number.isFinite(low) ? [{ value: low, deviance: threshold }] : []),
    ...inside,
    ...(Number.isFinite(high) ? [{ value: high, deviance: threshold }] : []),
  ];
  const parabola = Array.from({ length: 81 }, (_, i) => from + (i / 80) * (to - from)).map((value) => ({
    value,
    deviance: ((value - estimate) / standardError) ** 2,
  }));
  const ends = [low, high].filter(Number.isFinite);
  const mark = { fill: "currentColor", stroke: light.paper, strokeWidth: 3, fontSize: 11 } as const;
  return {
    heading: `${of} ${readable(estimate)} [${readable(low)}, ${readable(high)}]`,
    x: { label: of, domain: [from, to] },
    y: { label: "deviance", domain: [0, top] },
    marks: [
      Plot.areaY(shaded, { x: "value", y1: "deviance", y2: () => threshold, fill: color, fillOpacity: 0.2, clip: true }),
      Plot.ruleY([threshold], { stroke: light.muted, strokeDasharray: "2 3" }),
      ...(standardError > 0
        ? [
            Plot.line(parabola, {
              x: "value",
              y: "deviance",
              stroke: light.series[1]!,
              strokeWidth: 1.4,
              strokeDasharray: "5 3",
              clip: true,
            }),
          ]
        : []),
      Plot.line(shown, { x: "value", y: "deviance", stroke: color, strokeWidth: 2.2, clip: true }),
      Plot.ruleX(ends, { y1: 0, y2: threshold, stroke: color, strokeWidth: 1.4 }),
      Plot.dot([estimate], { x: (at: number) => at, y: 0, r: 3, fill: color }),
      ...(low === Number.NEGATIVE_INFINITY || !Number.isFinite(low)
        ? [Plot.text(["← open"], { x: from, y: 0.5 * threshold, textAnchor: "start", dx: 4, ...mark })]
        : []),
      ...(Number.isFinite(high) ? [] : [Plot.text(["open →"], { x: to, y: 0.5 * threshold, textAnchor: "end", dx: -4, ...mark })]),
    ],
  };
}
