import { fit } from "loglik";
import { describe, expect, test } from "vitest";
import { near } from "./closeness.ts";
import { D, expectSame, free, N, sample } from "./rowTrials.ts";

// Fits of rows that are turned, moved and scaled, of any family whose rows may be; and rows in a plane.

describe.each(free)("%s", (name) => {
  const x = sample(name);
  const moved = (map: (row: number[]) => number[]) =>
    Float64Array.from(Array.from({ length: N }, (_, i) => map([...x.subarray(i * D, i * D + D)])).flat());
  const [first, second] = name === "multivariateNormal" ? (["mean", "covariance"] as const) : (["location", "scale"] as const);

  test("rows that are turned and moved have a turned and moved maximum", async () => {
    const a = [
      [2, 0.5, -1],
      [0, -3, 0.25],
      [1, 1, 1],
    ];
    const b = [5, -7, 100];
    const times = (row: readonly number[]) => a.map((own) => own.reduce((sum, value, k) => sum + value * row[k]!, 0));
    const [plain, turned] = [
      await fit(name, x, { columns: D }),
      await fit(
        name,
        moved((row) => times(row).map((y, i) => y + b[i]!)),
        { columns: D },
      ),
    ];
    const determinant = 2 * (-3 * 1 - 0.25) - 0.5 * (0 - 0.25) - 1 * (0 + 3);
    near(turned.logLik, plain.logLik - N * Math.log(Math.abs(determinant)), 1e-10 * N, "logLik");
    const mean = times(plain.estimates[first]);
    const half = plain.estimates[second].map((row) => times(row));
    const scale = a.map((own) => a.map((_, j) => own.reduce((sum, value, k) => sum + value * half[k]![j]!, 0)));
    for (let i = 0; i < D; i++) {
      near(turned.estimates[first][i]!, mean[i]! + b[i]!, 1e-9 * Math.abs(b[i]!), `${first} ${i}`);
      for (let j = 0; j < D; j++) near(turned.estimates[second][i]![j]!, scale[i]![j]!, 1e-8 * scale[i]![i]!, `${second} ${i} ${j}`);
    }
  });

  test.each([1e100, 1e-100])("rows times %d", async (unit) => {
    const [a, b] = [
      await fit(name, x, { columns: D }),
      await fit(
        name,
        moved((row) => row.map((value) => value * unit)),
        { columns: D },
      ),
    ];
    expectSame(b, a, 1e-7, (flat) => [flat, flat.startsWith(first) ? unit : flat.startsWith(second) ? unit * unit : 1]);
    near(b.logLik, a.logLik - N * D * Math.log(unit), 1e-9 * N, "logLik");
  });

  test("columns of very different scales", async () => {
    const units = [1e120, 1e-90, 1];
    const [a, b] = [
      await fit(name, x, { columns: D }),
      await fit(
        name,
        moved((row) => row.map((value, j) => value * units[j]!)),
        { columns: D },
      ),
    ];
    const unitOf = (flat: string) => [...flat.matchAll(/\d/g)].reduce((unit, [j]) => unit * units[Number(j) - 1]!, 1);
    expectSame(b, a, 1e-7, (flat) => [flat, unitOf(flat)]);
  });

  test("rows at 1e9", async () => {
    // Rounded to what doubles at 1e9 hold, so that the offset loses nothing.
    const round = (value: number) => Math.round(value * 2 ** 20) / 2 ** 20;
    const [a, b] = [
      await fit(
        name,
        moved((row) => row.map(round)),
        { columns: D },
      ),
      await fit(
        name,
        moved((row) => row.map((value) => round(value) + 1e9)),
        { columns: D },
      ),
    ];
    for (let i = 0; i < D; i++) {
      near(b.estimates[first][i]!, a.estimates[first][i]! + 1e9, 1.2e-7, first);
      for (let j = 0; j < D; j++) near(b.estimates[second][i]![j]!, a.estimates[second][i]![j]!, 1e-10, second);
    }
    near(b.logLik, a.logLik, 1e-10 * N, "logLik");
  });

  test.each([1e-3, 1e-6, 1e-9])("nearly collinear columns, apart by %d", async (apart) => {
    const [plain, close] = [
      await fit(name, x, { columns: D }),
      await fit(
        name,
        moved(([p, q, r]) => [p!, q!, p! + q! + apart * r!]),
        { columns: D },
      ),
    ];
    near(close.logLik, plain.logLik - N * Math.log(apart), (1e-10 + 1e-15 / apart) * N, "logLik");
  });

  test.each([
    ["a combination of the columns before it", (row: number[]) => [row[0]!, row[1]!, row[0]! - 2 * row[1]!], /"3" is a linear combination/],
    ["a column twice", (row: number[]) => [row[0]!, row[0]!, row[2]!], /"2" is a linear combination/],
    ["a constant column", (row: number[]) => [row[0]!, 7, row[2]!], /"2" is constant/],
  ])("%s: no maximum", async (_, map, reason) => {
    const r = await fit(name, moved(map), { columns: D });
    expect(r.status).toBe("nonexistent");
    expect(r.reason).toMatch(reason);
    expect(Object.values(r.standardErrors).every(Number.isNaN)).toBe(true);
  });

  test.each([1, 2, 3])("%i rows in 3 dimensions: no maximum", async (n) => {
    const r = await fit(name, x.subarray(0, n * D), { columns: D });
    expect(r.status).toBe("nonexistent");
  });
});
