/**
 * A constant of the lanes: `const THIRD = memory.data<f64>([1 / 3])` and `constant(THIRD)`.
 *
 * V8 rebuilds a v128.const at every use inside a loop (three instructions through a general register); a load is one.
 * Measured on exp, ns a row: 1.9 loaded, 2.5 built on Node 20; 1.8 and 2.6 on Node 26.
 */
// @ts-ignore: decorator
@inline export function constant(address: usize): v128 {
  return v128.load_splat<u64>(address);
}
