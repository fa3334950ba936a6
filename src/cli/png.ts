// SVG to PNG by resvg: 4 MB and no browser. sharp and canvas bring 20 MB and more of image codecs, and take their fonts from the system.

import { fileURLToPath } from "node:url";
import { Refusal } from "./refusal.ts";

/** Pixels of the file for one of the picture, so that it is sharp on current screens. */
const ZOOM = 2;
/** What the font in the package has letters for; others are looked for among the system's fonts. */
const OWN_LETTERS = /^[\s -\u058f\u10a0-\u10ff\u1d00-\u2bff\ufb00-\ufb06]*$/;

/** @throws Refusal where what draws PNG is not installed. */
export async function checkPng(): Promise<void> {
  await import("@resvg/resvg-js").catch(() => {
    throw new Refusal("--plot: a .png needs the package @resvg/resvg-js (npm install @resvg/resvg-js); a .svg needs none");
  });
}

/** A drawing of fixed colours as the bytes of a .png file. */
export async function png(svg: string): Promise<Uint8Array> {
  const { Resvg } = await import("@resvg/resvg-js");
  const fontFiles = ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"].map((file) => fileURLToPath(new URL(file, import.meta.url)));
  const font = { fontFiles, loadSystemFonts: !OWN_LETTERS.test(svg), defaultFontFamily: "DejaVu Sans", sansSerifFamily: "DejaVu Sans" };
  return new Resvg(svg, { font, fitTo: { mode: "zoom", value: ZOOM } }).render().asPng();
}
