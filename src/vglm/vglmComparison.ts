import { DesignPart } from "../regression/comparedPart.ts";
import type { Comparison } from "../regression/regressionResult.ts";
import type { VglmFindings } from "./vglmFindings.ts";
import { rowTermsAt } from "./vglmSandwich.ts";

/** What a model says of itself to be compared with others. */
export interface ComparedLaw extends Pick<Comparison, "likelihood" | "law"> {
  /** The distribution's parameters, in the order of the linear predictors. */
  readonly names: readonly string[];
  /** Their links; one link is everyone's. */
  readonly links: readonly string[];
  readonly held?: Comparison["held"];
  readonly contains?: Comparison["contains"];
  /** What is known of the responses of the rows that count. */
  readonly responses: Readonly<Record<string, ArrayLike<number> | undefined>>;
  /** What the terms leave out of a row's log-likelihood. */
  left?(row: number): number;
}

type Searched = Pick<VglmFindings, "problem" | "found" | "data">;

/** A part for each linear predictor. */
export function partsOfLaw({ names, links }: ComparedLaw, { problem }: Pick<Searched, "problem">): readonly DesignPart[] {
  return problem.parts.map(({ design, offset }, a) => new DesignPart(names[a]!, links[a] ?? links[0]!, design, offset));
}

/** How a model of several linear predictors is compared. */
export function comparisonOf(law: ComparedLaw, parts: readonly DesignPart[], { problem, found, data }: Searched): Comparison {
  const { weights } = data.columns;
  return {
    likelihood: law.likelihood,
    penalized: false,
    law: law.law,
    held: law.held ?? {},
    contains: law.contains ?? {},
    parts,
    rows: () => ({ ...law.responses, weights }),
    rowLogLik: () => {
      const { l } = rowTermsAt(problem, found);
      return { values: law.left ? l.map((value, i) => value + law.left!(i)) : l, weights };
    },
  };
}
