// dist/licenses.txt: the licences of the packages whose code is inside dist/*.js and of the font beside it, as these licences ask.

import { readdir, readFile, writeFile } from "node:fs/promises";
import type { Metafile } from "esbuild";

/** Whose files are copied whole. */
export const FONT = "node_modules/dejavu-fonts-ttf";

export async function writeLicenses(...bundles: Metafile[]): Promise<void> {
  const files = bundles.flatMap(({ inputs }) => Object.keys(inputs));
  const folders = files.map((file) => file.match(/^node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0]).filter((folder) => folder !== undefined);
  const texts = [...new Set([...folders, FONT])].sort().map(async (folder) => {
    const { name, version, license } = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    return `${name} ${version} (${license})\n\n${file ? await readFile(`${folder}/${file}`, "utf8") : `https://spdx.org/licenses/${license}.html\n`}`;
  });
  await writeFile("dist/licenses.txt", (await Promise.all(texts)).join(`\n${"-".repeat(80)}\n\n`));
}
