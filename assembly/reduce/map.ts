// The elementary functions over whole columns: out[i] = f(x[i]). Two rows at a time; `out` may be `x`.

import { exp } from "../lanes/exp";
import { expm1 } from "../lanes/expm1";
import { log } from "../lanes/log";
import { log1p } from "../lanes/log1p";

@unmanaged class Lane {
  // @ts-ignore: decorator
  @inline at(x: v128): v128 {
    return x;
  }
}

@unmanaged @final class Exp extends Lane {
  // @ts-ignore: decorator
  @inline at(x: v128): v128 {
    return exp(x);
  }
}

@unmanaged @final class Log extends Lane {
  // @ts-ignore: decorator
  @inline at(x: v128): v128 {
    return log(x);
  }
}

@unmanaged @final class Log1p extends Lane {
  // @ts-ignore: decorator
  @inline at(x: v128): v128 {
    return log1p(x);
  }
}

@unmanaged @final class Expm1 extends Lane {
  // @ts-ignore: decorator
  @inline at(x: v128): v128 {
    return expm1(x);
  }
}

// The last row of an odd column goes through both lanes: a lane's result does not depend on its neighbour.
// @ts-ignore: decorator
@inline function map<F extends Lane>(f: F, x: usize, n: i32, out: usize): void {
  for (const end = x + (<usize>(n & ~1) << 3); x < end; x += 16, out += 16) v128.store(out, f.at(v128.load(x)));
  if (n & 1) v128.store_lane<u64>(out, f.at(v128.load_splat<u64>(x)), 0);
}

export function mapExp(x: usize, n: i32, out: usize): void {
  map(changetype<Exp>(0), x, n, out);
}

export function mapLog(x: usize, n: i32, out: usize): void {
  map(changetype<Log>(0), x, n, out);
}

export function mapLog1p(x: usize, n: i32, out: usize): void {
  map(changetype<Log1p>(0), x, n, out);
}

export function mapExpm1(x: usize, n: i32, out: usize): void {
  map(changetype<Expm1>(0), x, n, out);
}
