import { question, readInto, reply, serve } from "./childSide.ts";

// ranjs as its README documents it: `dist.Gamma.fit(data)` with an array of numbers. Powell's method on its log-likelihood; the normal
// in closed form. https://github.com/synesenom/ran#readme

interface Fitted {
  readonly p: Readonly<Record<string, number>>;
}

interface Counterpart {
  readonly name: string;
  estimates(p: Fitted["p"]): readonly number[];
}

const COUNTERPARTS: Readonly<Record<string, Counterpart>> = {
  normal: { name: "Normal", estimates: ({ mu, sigma }) => [mu!, sigma!] },
  gamma: { name: "Gamma", estimates: ({ alpha, beta }) => [alpha!, beta!] },
  weibull: { name: "Weibull", estimates: ({ lambda, k }) => [k!, lambda!] },
  logistic: { name: "Logistic", estimates: ({ mu, s }) => [mu!, s!] },
  gumbel: { name: "Gumbel", estimates: ({ mu, beta }) => [mu!, beta!] },
  beta: { name: "Beta", estimates: ({ alpha, beta }) => [alpha!, beta!] },
  // Its number of failures r is whole, so the engine's maximum is out of its reach unless that is whole too.
  negativeBinomial: { name: "NegativeBinomial", estimates: ({ r, p }) => [r!, (r! * p!) / (1 - p!)] },
};

const SKIPPED: Readonly<Record<string, string>> = { studentT: "its StudentT has no location, no scale" };

const { family, file } = question();
const counterpart = COUNTERPARTS[family];

if (!counterpart) reply({ skip: SKIPPED[family] ?? `no counterpart of ${family} is known` });
else {
  // Not a dependency: a name that the bundler and the compiler do not follow.
  const name = "ranjs";
  const module = await import(name);
  const { dist } = module.dist ? module : module.default;
  await serve(
    (n) => Array.from(readInto(new Float64Array(n), file)),
    (x): Fitted => dist[counterpart.name].fit(x),
    ({ p }) => counterpart.estimates(p),
    family === "normal" ? "closed form" : "generic optimizer",
  );
}
