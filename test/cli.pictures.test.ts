// What the command draws and writes: pictures, a page, and ten lines of letters.

import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAll, loglik, type Row } from "./command.ts";

const rows = Array.from({ length: 60 }, (_, i) => (1 + ((i * 37) % 60) / 7).toFixed(3));
const file = { "a.csv": `id,loss\n${rows.map((value, i) => `${i},${value}`).join("\n")}\n` };
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "loglik-pictures-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const written = (name: string) => readFile(join(folder, name));

describe("--plot", () => {
  test("an .svg that follows the page, and the answer as ever", async () => {
    const { code, out, err } = await loglik(
      ["fit", "a.csv", "-c", "loss", "-d", "gamma", "--plot", join(folder, "a.svg"), "--unit", "EUR", "--json"],
      file,
    );
    expect([code, err]).toEqual([0, ""]);
    expect(JSON.parse(out).distribution).toBe("gamma");
    expectAll((await written("a.svg")).toString(), [/^<svg [^>]*xmlns=/, "prefers-color-scheme", "loss (EUR)", "gamma"]);
  });

  test("a .png of twice the pixels", async () => {
    const args = ["fit", "a.csv", "-c", "loss", "-d", "gamma", "--plot", join(folder, "a.png"), "--plot-kind", "qq", "--theme", "dark"];
    expect((await loglik(args, file)).code).toBe(0);
    const png = await written("a.png");
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    expect(png.readUInt32BE(16)).toBe(1200);
  });

  test("no picture where there is no fit, and the answer all the same", async () => {
    const { code, out, err } = await loglik(["fit", "b.csv", "-d", "gamma", "--plot", join(folder, "b.svg")], { "b.csv": "x\n2\n2\n2\n" });
    expect(code).toBe(1);
    expect(out).toContain("status: nonexistent");
    expect(err).toContain("b.svg is not written: there is no fit to draw.");
  });
});

describe("--report", () => {
  test("one page that needs nothing and runs nothing, whatever a column is called", async () => {
    const name = `<script>alert("x")</script> & it's`;
    const hostile = { "a.csv": `"${name.replaceAll('"', '""')}"\n${rows.join("\n")}\n` };
    const { code, err } = await loglik(["fit", "a.csv", "--unit", "<b>'$(x)'</b>", "--report", join(folder, "a.html")], hostile);
    expect([code, err]).toEqual([0, ""]);
    const page = (await written("a.html")).toString();
    expect(page).not.toMatch(/<script|<b>|\b(?:src|href)=|@import|url\(http/);
    expectAll(page, [
      "default-src &#39;none&#39;",
      "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; it&#39;s",
      /<dt>SHA-256<\/dt><dd>[0-9a-f]{64}<\/dd>/,
      "<h2>All families</h2>",
      "certificate",
      "loglik fit a.csv --unit &#39;&lt;b&gt;&#39;\\&#39;&#39;$(x)&#39;\\&#39;&#39;&lt;/b&gt;&#39; --report",
    ]);
    expect(page.match(/<svg /g)!.length).toBeGreaterThanOrEqual(4);
  });

  test("leaves nothing half-written behind", async () => {
    expect((await readdir(folder)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });
});

describe("--histogram", () => {
  test("in blocks or in ASCII, as the locale says, and never where JSON is asked for", async () => {
    const { out } = await loglik("fit a.csv -c loss -d gamma --histogram", file);
    expect(out).toMatch(/[█*#]/);
    expect(out).toMatch(/^1 +loss, [•*] gamma +10$/m);
    JSON.parse((await loglik("fit a.csv -c loss -d gamma --histogram --json", file)).out);
  });
});

const refusals: readonly Row[] = [
  ["an unknown extension", "fit a.csv -c loss --plot a.gif", file, "--plot: found a.gif; needs a file name that ends in .svg or .png"],
  ["a folder that is not there", "fit a.csv -c loss --plot b/a.svg", file, "--plot: found b/a.svg; its folder b does not exist"],
  ["a folder instead of a file", "fit a.csv -c loss --plot b.svg", { ...file, "b.svg/c": "" }, "--plot: b.svg is a folder; needs a file"],
  ["a report of another kind", "fit a.csv -c loss --report a.pdf", file, "--report: found a.pdf; needs a file name that ends in .html"],
  ["an unknown kind", "fit a.csv -c loss --plot a.svg --plot-kind pie", file, "--plot-kind: found pie; needs one of density, cdf"],
  ["a kind without a picture", "fit a.csv -c loss --plot-kind qq", file, "--plot-kind needs --plot"],
  [
    "two parameters of one",
    "fit a.csv -c loss -d exponential --plot a.svg --plot-kind contour",
    file,
    '"contour" needs two different free parameters',
  ],
];

describe.concurrent("refusals", () => {
  for (const [name, args, input, ...says] of refusals) {
    test(name, async () => {
      const { code, out, err } = await loglik(args, input);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err).toMatch(/^loglik: .+[.!?]\n$/);
      expectAll(err, says);
    });
  }
});
