import type { SingleBar } from "cli-progress";

const PATIENCE = 1000;

export interface Progress {
  update(done: number): void;
  stop(): void;
}

/** A bar on a terminal, from the second second on; silent elsewhere. `total` may be an estimate. */
export function bar(total: number, doing = "reading", what = "rows"): Progress {
  if (!process.stderr.isTTY || !(total > 0)) return { update() {}, stop() {} };
  const start = performance.now();
  let shown: SingleBar | "loading" | undefined;
  const show = async () => {
    const { Presets, SingleBar } = await import("cli-progress");
    if (stopped) return;
    shown = new SingleBar(
      { format: `${doing} {bar} {percentage}% | {value} ${what} | {eta_formatted} left`, clearOnComplete: true, hideCursor: true },
      Presets.shades_classic,
    );
    shown.start(Math.ceil(total), 0);
  };
  let stopped = false;
  return {
    update(done) {
      if (shown === undefined && performance.now() - start > PATIENCE) {
        shown = "loading";
        void show();
      } else if (typeof shown === "object") shown.update(Math.min(done, Math.ceil(total)));
    },
    stop() {
      stopped = true;
      if (typeof shown === "object") shown.stop();
    },
  };
}
