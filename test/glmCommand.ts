// A file for `loglik glm`, and its command lines.

export const rows = Array.from({ length: 40 }, (_, i) => ({
  y: (i * 7) % 5 < 2 ? 1 : 0,
  n: (i * 3) % 7,
  x: ((i * 37) % 40) / 8,
  z: 1 + ((i * 11) % 13) / 4,
  g: ["low", "high", "middle"][(i * 5) % 3]!,
  w: 1 + (i % 2),
  id: `c${i % 8}`,
}));
const names = ["y", "n", "x", "z", "g", "w", "id"] as const;
export const text = [names.join(","), ...rows.map((row) => names.map((name) => row[name]).join(","))].join("\n");
export const file = { "a.csv": `${text}\n` };

export const model = (formula: string, ...more: string[]) => ["glm", "a.csv", formula, ...more];
export const poisson = ["--family", "poisson"];
export const csv = (content: string) => ({ "a.csv": content });
