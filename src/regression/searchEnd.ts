import type { Status } from "../estimators/result.ts";
import type { End } from "../optimize/climb.ts";

/** What the end of a search says of a regression. */
export function endOf(end: End, decrement: number): { status: Status; reason: string } {
  if (end === "decrement" || (end === "step" && decrement < 1e-5)) {
    return { status: "interior", reason: "A maximum with zero score and positive definite information." };
  }
  if (end === "edge") {
    return {
      status: "boundary",
      reason: "The likelihood increases up to the edge where a mean leaves its domain; another link has none.",
    };
  }
  const failed = (reason: string) => ({ status: "failed" as const, reason });
  if (end === "not-finite") return failed("The likelihood or a derivative is not finite at the start.");
  if (end === "singular") return failed("The information is singular: the likelihood is flat in some direction.");
  if (end === "step") return failed("No step increases the likelihood further, and the score is not 0.");
  return failed("The iteration did not end.");
}
