import * as Plot from "@observablehq/plot";
import { printable, shortened, wrapped } from "./letters.ts";
import { logTicks, readable } from "./number.ts";
import { CLASS, darken, light, styleSheet, type Theme } from "./theme.ts";

// Observable Plot draws axes and marks; what stands around them is the same for all pictures and put in place here. Compared in use:
// vega-lite writes the theme's colours into every element, so that a page's dark mode needs a second picture, and its 25 MB cannot be
// bundled small; bare d3 means writing the axes, bands, and scales that Plot has. Plot on linkedom is what the benchmarks' charts use too.

/** What all pictures have in common. */
export interface Look {
  readonly document: Document;
  readonly width: number;
  readonly height: number;
  readonly theme: Theme;
}

/** One line of a legend. */
export interface Entry {
  readonly symbol: "line" | "box" | "dot" | "ring";
  readonly color: string;
  readonly dash?: string;
  readonly opacity?: number;
  readonly name: string;
  readonly detail?: string;
}

/** One pair of axes with what is drawn on them. */
export interface Panel {
  readonly x: Axis;
  readonly y: Axis;
  readonly marks: readonly Plot.Markish[];
  /** Stands above the panel, where there are several. */
  readonly heading?: string;
}

export interface Axis {
  readonly label: string;
  readonly domain: readonly [number, number];
  readonly log?: boolean;
  /** Ticks at whole numbers only. */
  readonly whole?: boolean;
  /** What stands at 0, 1, … instead of numbers. */
  readonly names?: readonly string[];
}

export interface Drawing {
  readonly title: string;
  readonly legend: readonly Entry[];
  readonly panels: readonly Panel[];
  readonly notes: readonly string[];
}

const SVG = "http://www.w3.org/2000/svg";
const EDGE = 12;
const ROW = 18;
/** Pixels of a letter of 12 pixels' size, in the wide fonts among those of the style sheet. */
const LETTER = 6.7;
const SAMPLE = 28;
const BELOW_AXIS = 46;
/** Room for half of the last number. */
const RIGHT = 26;

/** A picture as an SVG element. */
export function framed({ title, legend, panels, notes }: Drawing, { document, width, height, theme }: Look): SVGSVGElement {
  const columns = panels.length > 1 ? Math.max(1, Math.min(2, Math.floor(width / 260))) : 1;
  const rows = Math.ceil(panels.length / columns);
  const head = 30 + ROW * legend.length + (legend.length > 0 ? 8 : 0);
  const lines = notes.flatMap((note) => wrapped(note, (width - 2 * EDGE) / (LETTER - 0.7)));
  const foot = lines.length > 0 ? 15 * lines.length + 6 : 0;
  const each = { width: width / columns, height: rows === 1 ? Math.max(140, height - head - foot) : Math.max(190, 0.58 * height) };
  const total = head + rows * each.height + foot;
  const svg = element(document, "svg", {
    xmlns: SVG,
    class: CLASS,
    width,
    height: total,
    viewBox: `0 0 ${width} ${total}`,
  }) as SVGSVGElement;
  set(svg, { role: "img", "aria-label": printable(title), color: light.ink, "font-size": 12, fill: "currentColor" });
  const style = element(document, "style", {});
  style.textContent = styleSheet(theme);
  svg.append(style, element(document, "rect", { width, height: total, fill: light.paper }));
  svg.append(text(document, shortened(title, (width - 2 * EDGE) / 8), { x: EDGE, y: 21, "font-size": 14, "font-weight": 600 }));
  for (const [i, entry] of legend.entries()) svg.append(...row(document, entry, 30 + ROW * (i + 0.5), width));
  for (const [i, panel] of panels.entries()) {
    const drawn = panelOf(panel, document, each.width, each.height);
    set(drawn, { transform: `translate(${rounded((i % columns) * each.width)} ${rounded(head + Math.floor(i / columns) * each.height)})` });
    svg.append(drawn);
  }
  for (const [i, line] of lines.entries()) {
    svg.append(text(document, line, { x: EDGE, y: total - foot + 15 * i + 8, "font-size": 11, fill: light.muted }));
  }
  if (theme === "dark") darken(svg);
  return svg;
}

/** A pair of axes as a group: nested svg elements are beyond some programs. */
function panelOf({ x, y, marks, heading }: Panel, document: Document, width: number, height: number): Element {
  const draw = (marginLeft: number) =>
    Plot.plot({
      document,
      width,
      height,
      marginLeft,
      marginRight: RIGHT,
      marginTop: heading === undefined ? 10 : 28,
      marginBottom: BELOW_AXIS,
      x: scaleOf(x),
      y: scaleOf(y),
      marks: [
        Plot.gridX({ ...ticksOf(x, width), stroke: light.grid, strokeOpacity: 1 }),
        Plot.gridY({ ...ticksOf(y, height), stroke: light.grid, strokeOpacity: 1 }),
        ...marks,
        Plot.axisX({ ...ticksOf(x, width), ...numbersOf(x, width - marginLeft - RIGHT), ...AXIS, label: null }),
        Plot.axisY({ ...ticksOf(y, height), ...numbersOf(y, height), ...AXIS, label: null }),
        Plot.ruleY([y.domain[0]], { stroke: light.muted }),
      ],
    }) as SVGSVGElement;
  // Room for the longest number of the axis: drawn once to know it.
  const trial = draw(60);
  const numbers = [...trial.querySelectorAll('[aria-label="y-axis tick label"] text')].map((tick) => tick.textContent?.length ?? 0);
  const marginLeft = Math.min(width / 3, 40 + LETTER * Math.max(1, ...numbers));
  const drawn = draw(marginLeft);
  for (const style of drawn.querySelectorAll("style")) style.remove();
  tidy(drawn);
  const group = element(document, "g", { "text-anchor": "middle" });
  group.append(...drawn.childNodes);
  const [middleX, middleY] = [(marginLeft + width - RIGHT) / 2, (height - BELOW_AXIS + 10) / 2];
  group.append(
    text(document, shortened(x.label, (width - marginLeft) / LETTER), { x: middleX, y: height - 10, "text-anchor": "middle" }),
    text(document, shortened(y.label, (height - 30) / LETTER), {
      transform: `translate(16 ${middleY}) rotate(-90)`,
      "text-anchor": "middle",
    }),
  );
  if (heading !== undefined) {
    group.append(
      text(document, shortened(heading, (width - marginLeft) / LETTER), {
        x: marginLeft,
        y: 18,
        "font-weight": 600,
        "text-anchor": "start",
      }),
    );
  }
  return group;
}

const PLACES = "d,x,y,x1,x2,y1,y2,cx,cy,r,width,height,transform".split(",");
/** Pixels beyond which a coordinate is as good as infinite; drawing programs give up on larger ones. */
const FAR = 1e5;

/**
 * Coordinates to a hundredth of a pixel, and clip paths named by their rectangle: Plot counts them through, so that the same picture would
 * have another name each time, and two on a page the same name for different rectangles.
 */
function tidy(svg: Element): void {
  for (const node of svg.querySelectorAll("*")) {
    for (const name of PLACES) {
      const value = node.getAttribute(name);
      if (value !== null)
        node.setAttribute(
          name,
          value.replace(/-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/g, (text) => String(rounded(Number(text)))),
        );
    }
  }
  for (const clip of svg.querySelectorAll("clipPath")) {
    const rectangle = ["x", "y", "width", "height"].map((name) => clip.querySelector("rect")?.getAttribute(name));
    const id = `${CLASS}-${rectangle.join("-")}`;
    for (const user of svg.querySelectorAll(`[clip-path="url(#${clip.id})"]`)) user.setAttribute("clip-path", `url(#${id})`);
    clip.id = id;
  }
}

function rounded(value: number): number {
  return Number(Math.max(-FAR, Math.min(FAR, value)).toFixed(2));
}

const AXIS = { tickSize: 4, tickPadding: 3, color: light.muted, fontSize: 12 } as const;

function scaleOf({ domain, log }: Axis): Plot.ScaleOptions {
  return { type: log ? "log" : "linear", domain: [...domain], label: null, axis: null };
}

function ticksOf({ domain, log, whole, names }: Axis, pixels: number): { ticks: number[] | number } {
  if (names) return { ticks: names.map((_, i) => i) };
  const [from, to] = domain;
  const most = Math.max(2, Math.round(pixels / 90));
  const chosen = log ? logTicks(from, to) : [];
  const ticks = chosen.length > 0 ? chosen : whole ? Math.min(most, Math.max(1, Math.floor(to - from))) : most;
  return { ticks };
}

/** As `text`: a tick format leaves out numbers of a logarithmic axis as it sees fit. */
function numbersOf({ whole, names }: Axis, pixels: number): { text: (value: number) => string } {
  if (names) return { text: (value) => shortened(names[value]!, pixels / names.length / LETTER) };
  return { text: (value) => (whole && !Number.isInteger(value) ? "" : readable(value, 6)) };
}

/** A line of the legend: its symbol, the name, and what fits of the detail. */
function row(document: Document, { symbol, color, dash, opacity = 1, name, detail }: Entry, y: number, width: number): Element[] {
  const own = { "stroke-opacity": opacity, "fill-opacity": opacity };
  const face = symbol === "ring" ? { fill: "none", stroke: color, "stroke-width": 1.4 } : { fill: color };
  const drawn =
    symbol === "line"
      ? element(document, "line", {
          x1: EDGE,
          x2: EDGE + SAMPLE,
          y1: y,
          y2: y,
          stroke: color,
          "stroke-width": 2.2,
          ...(dash && { "stroke-dasharray": dash }),
          ...own,
        })
      : symbol === "box"
        ? element(document, "rect", { x: EDGE + 6, y: y - 6, width: 16, height: 12, fill: color, ...own })
        : element(document, "circle", { cx: EDGE + SAMPLE / 2, cy: y, r: 3, ...face, ...own });
  const room = (width - EDGE - SAMPLE - 8 - EDGE) / LETTER;
  const label = text(document, "", { x: EDGE + SAMPLE + 8, y: y + 4 });
  const strong = element(document, "tspan", { "font-weight": 600 });
  strong.textContent = shortened(name, room);
  label.append(strong);
  const left = room - 1.15 * strong.textContent.length - 2;
  if (detail && left > 8) {
    const weak = element(document, "tspan", {});
    weak.textContent = `  ${shortened(detail, left)}`;
    label.append(weak);
  }
  return [drawn, label];
}

function text(document: Document, content: string, attributes: Readonly<Record<string, string | number>>): Element {
  const made = element(document, "text", attributes);
  made.textContent = printable(content);
  return made;
}

function element(document: Document, name: string, attributes: Readonly<Record<string, string | number>>): Element {
  return set(document.createElementNS(SVG, name), attributes);
}

function set(target: Element, attributes: Readonly<Record<string, string | number>>): Element {
  for (const [name, value] of Object.entries(attributes))
    target.setAttribute(name, String(typeof value === "number" ? rounded(value) : value));
  return target;
}
