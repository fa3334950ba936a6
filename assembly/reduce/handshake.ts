import { LAYOUT_VERSION } from "../layout";

/** What the loader compares with its own copy of layout.ts. */
export function layoutVersion(): i32 {
  return LAYOUT_VERSION;
}

/** First byte above the module's static data: TypeScript allocates from here, per instance. */
export function heapBase(): usize {
  return __heap_base;
}
