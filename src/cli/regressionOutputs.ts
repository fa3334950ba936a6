// What a regression leaves beside its text: a picture and a page.

import type { Covariance, Regression } from "../models/model.ts";
import type { Input } from "./input.ts";
import type { RegressionOptions } from "./regressionOptions.ts";

export interface RegressionOutcome {
  readonly result: Regression;
  readonly kind: Covariance | undefined;
  /** Whether there is a fit that can be drawn. */
  readonly exists: boolean;
  readonly about: { readonly name: string; readonly file: string; readonly formula: string; readonly rows: number };
  readonly input: Input;
}

/** Writes what is asked for. */
export async function writeRegressionOutputs(_outcome: RegressionOutcome, _options: RegressionOptions): Promise<void> {}
