// npm run test:browser: web/ on dist/, in a real Chromium and a real Firefox, has the same bits as Node. Screenshots go to build/.
// CHROMIUM and FIREFOX name the binaries where they are elsewhere; `npm run test:browser -- firefox` runs one.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import puppeteer, { type Browser } from "puppeteer-core";
import { runNode, tell } from "./compare.ts";
import { serve } from "./server.ts";

const TIMEOUT = 180_000;
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const launchers: Record<string, (profile: string) => Promise<Browser>> = {
  chromium: (userDataDir) =>
    puppeteer.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", headless: true, userDataDir, args: FLAGS }),
  firefox: (userDataDir) =>
    puppeteer.launch({ browser: "firefox", executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr", headless: true, userDataDir }),
};

const wanted = process.argv.slice(2);
const node = await runNode(process.execPath);
console.log(`${`Node ${node.version}`.padEnd(24)} ${node.seconds.toFixed(1).padStart(6)} s`);
const server = await serve();
try {
  for (const [name, launch] of Object.entries(launchers)) {
    if (wanted.length === 0 || wanted.includes(name)) await check(name, launch);
  }
} finally {
  server.close();
}

async function check(name: string, launch: (profile: string) => Promise<Browser>): Promise<void> {
  const profile = mkdtempSync(join(tmpdir(), `loglik-${name}-`));
  const browser = await launch(profile);
  try {
    const page = await browser.newPage();
    await page.setViewport({ width: 1200, height: 1000 });
    const start = performance.now();
    await page.goto(`${server.origin}/web/`);
    await page.waitForFunction(() => document.body.dataset.state !== "running", { timeout: TIMEOUT });
    const seconds = (performance.now() - start) / 1000;
    await page.screenshot({ path: `build/${name}.png`, fullPage: true });
    const outcome = await page.evaluate(() => {
      const { report } = window as unknown as { report?: unknown };
      return { report, text: document.getElementById("state")?.textContent, isolated: crossOriginIsolated };
    });
    if (!outcome.report) throw new Error(`${name}: ${outcome.text}`);
    if (outcome.isolated) throw new Error(`${name}: the page is cross-origin isolated; the test is that it need not be.`);
    tell(await browser.version(), seconds, node.report, outcome.report);
  } finally {
    await browser.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
