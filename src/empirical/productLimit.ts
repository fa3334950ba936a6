/** Rows that enter a study at `entry`, and leave it at `time` by an event or censored. */
export interface Lifetimes {
  readonly time: Float64Array;
  /** 1 for an event, 0 for a row that was censored. */
  readonly event: Uint8Array;
  readonly entry?: ArrayLike<number> | undefined;
  readonly weights?: ArrayLike<number> | undefined;
}

/** One entry for each distinct time at which a row left. */
export interface ProductLimit {
  readonly time: Float64Array;
  readonly atRisk: Float64Array;
  readonly events: Float64Array;
  readonly censored: Float64Array;
  readonly survival: Float64Array;
  /** Σ events / (atRisk (atRisk - events)), Greenwood's (1926): the variance of log survival. */
  readonly logVariance: Float64Array;
}

/**
 * The product-limit estimate of Kaplan & Meier (1958, J. Amer. Statist. Assoc. 53). Rows censored at the time of an event are at risk of it;
 * a row is at risk at t where entry < t <= time, so that late entries count from then on only (Lynden-Bell 1971; Tsai, Jewell & Wang 1987).
 */
export function productLimit({ time, event, entry, weights }: Lifetimes): ProductLimit {
  const order = Uint32Array.from(time, (_, i) => i).sort((a, b) => time[a]! - time[b]!);
  const weight = (row: number) => (weights ? weights[row]! : 1);
  const entries = entry && Uint32Array.from(time, (_, i) => i).sort((a, b) => entry[b]! - entry[a]!);
  const at: number[] = [];
  const [events, censored]: [number[], number[]] = [[], []];
  for (const row of order) {
    if (at.length === 0 || time[row]! > at[at.length - 1]!) {
      at.push(time[row]!);
      events.push(0);
      censored.push(0);
    }
    (event[row] ? events : censored)[at.length - 1]! += weight(row);
  }
  const atRisk = new Float64Array(at.length);
  let [leaving, entering, next] = [0, 0, 0];
  // From the last time back: who leaves from then on has left nobody behind, and who enters later is not there yet.
  for (let i = at.length - 1; i >= 0; i--) {
    leaving += events[i]! + censored[i]!;
    while (entries && next < entries.length && entry![entries[next]!]! >= at[i]!) entering += weight(entries[next++]!);
    atRisk[i] = leaving - entering;
  }
  const survival = new Float64Array(at.length);
  const logVariance = new Float64Array(at.length);
  let [s, v] = [1, 0];
  for (let i = 0; i < at.length; i++) {
    const [d, r] = [events[i]!, atRisk[i]!];
    if (d > 0) {
      // Sums of weights may come out a last digit out of order.
      const left = Math.max(0, r - d);
      s *= left / r;
      v += d / (r * left);
    }
    survival[i] = s;
    logVariance[i] = v;
  }
  return {
    time: Float64Array.from(at),
    atRisk,
    events: Float64Array.from(events),
    censored: Float64Array.from(censored),
    survival,
    logVariance,
  };
}
