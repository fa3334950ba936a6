// Colours of pictures. Elements carry the light ones as plain attributes, which every program that reads SVG understands; a style sheet
// inside maps them to variables that follow the reader's light or dark page. The series are Okabe and Ito's (2008, Color Universal Design)
// darkened or lightened until they stand out from the paper by 4.5 : 1, and curves differ by their dashes too.

export type Theme = "auto" | "light" | "dark";

interface Palette {
  readonly paper: string;
  readonly ink: string;
  readonly muted: string;
  readonly grid: string;
  readonly bar: string;
  readonly series: readonly string[];
}

export const light: Palette = {
  paper: "#ffffff",
  ink: "#1f2328",
  muted: "#59636e",
  grid: "#d8dee4",
  bar: "#c8d1da",
  series: ["#0072b2", "#c24e00", "#00805c", "#a8478a", "#806600", "#2f7fb8", "#6f4bb0", "#4a525c"],
};

const dark: Palette = {
  paper: "#0d1117",
  ink: "#e6edf3",
  muted: "#9da7b3",
  grid: "#2b323b",
  bar: "#3b4450",
  series: ["#56b4e9", "#ff9a4d", "#2cc79f", "#ea94c8", "#f0e442", "#9ecbff", "#b79cf2", "#c2cad3"],
};

/** Dashes of the series, in their order. */
export const DASHES = ["none", "7 3", "2 3", "9 3 2 3", "12 4", "4 2", "2 5", "9 3 2 3 2 3"];

/** The class of every picture; pages may set its variables: `svg.loglik-plot { --loglik-paper: transparent }`. */
export const CLASS = "loglik-plot";

const names = (palette: Palette): [name: string, color: string][] => [
  ...(["paper", "ink", "muted", "grid", "bar"] as const).map((name): [string, string] => [name, palette[name]]),
  ...palette.series.map((color, i): [string, string] => [`series-${i + 1}`, color]),
];

const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif";

/** The style sheet of a picture. */
export function styleSheet(theme: Theme): string {
  const font = `.${CLASS} text { font-family: ${FONT}; white-space: pre; }`;
  if (theme !== "auto") return font;
  const variables = (palette: Palette) =>
    names(palette)
      .map(([name, color]) => `--loglik-${name}: ${color};`)
      .join(" ");
  const mapped = names(light).flatMap(([name, color]) =>
    ["fill", "stroke"].map((property) => `.${CLASS} [${property}="${color}"] { ${property}: var(--loglik-${name}); }`),
  );
  return [
    font,
    `:where(.${CLASS}) { ${variables(light)} }`,
    `@media (prefers-color-scheme: dark) { :where(.${CLASS}) { ${variables(dark)} } }`,
    // A program that reads style sheets but no variables would draw all in black.
    "@supports (color: var(--loglik-ink)) {",
    `.${CLASS} { color: var(--loglik-ink); }`,
    ...mapped,
    "}",
  ].join("\n");
}

/** Gives a drawing the colours of a dark page for good. */
export function darken(svg: Element): void {
  const map = new Map(names(light).map(([, color], i) => [color, names(dark)[i]![1]]));
  for (const element of [svg, ...svg.querySelectorAll("*")]) {
    for (const attribute of ["fill", "stroke", "color"]) {
      const found = map.get(element.getAttribute(attribute) ?? "");
      if (found !== undefined) element.setAttribute(attribute, found);
    }
  }
}
