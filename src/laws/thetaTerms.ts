import { log1p } from "../math/elementary.ts";
import { negativeBinomialGap, negativeBinomialPeak } from "../math/negativeBinomial.ts";
import { digammaDifference, trigammaDifference } from "../math/polygamma.ts";

/** Derivatives of the negative binomial's log-mass: dl/dtheta, d²l/dtheta², d²l/dmu dtheta. */
export function thetaDerivatives(y: number, mu: number, theta: number): readonly [number, number, number] {
  const sum = theta + mu;
  const gap = (y - mu) / sum;
  const first = digammaDifference(theta, y) - log1p(mu / theta) - gap;
  const second = trigammaDifference(theta, y) + mu / (theta * sum) + gap / sum;
  return [first, second, gap / sum];
}

/** Counts below it have places of their own. */
const KEPT = 1024;

/** The negative binomial's log-mass and derivatives at one theta: what does not depend on the mean is worked out once for each count. */
export class ThetaTerms {
  value = 0;
  first = 0;
  second = 0;
  cross = 0;
  private readonly known = new Uint8Array(KEPT);
  /** Of each count the log-mass where it is the mean, and the differences of digammas and trigammas; then those of the last large one. */
  private readonly parts = new Float64Array(3 * (KEPT + 1));

  constructor(private readonly theta: number) {}

  /** Leaves the terms of a count. */
  fill(y: number, mu: number): void {
    const { theta, parts } = this;
    const place = this.place(y);
    const sum = theta + mu;
    const gap = (y - mu) / sum;
    const far = log1p(mu / theta);
    this.value = y === 0 ? -theta * far : parts[place]! - negativeBinomialGap(y, theta, mu);
    this.first = parts[place + 1]! - far - gap;
    this.second = parts[place + 2]! + mu / (theta * sum) + gap / sum;
    this.cross = gap / sum;
  }

  private place(y: number): number {
    const place = y < KEPT ? 3 * y : 3 * KEPT;
    if (y >= KEPT || this.known[y] === 0) {
      if (y < KEPT) this.known[y] = 1;
      this.parts[place] = y === 0 ? 0 : negativeBinomialPeak(y, this.theta);
      this.parts[place + 1] = digammaDifference(this.theta, y);
      this.parts[place + 2] = trigammaDifference(this.theta, y);
    }
    return place;
  }
}
