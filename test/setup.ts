// Runs before each test file of the projects "debug" and "release": the engine gets the build under test, not its inlined release copy.

import { init } from "../src/wasm/load.ts";
import { bytes } from "./build.ts";

await init({ bytes: await bytes() });
