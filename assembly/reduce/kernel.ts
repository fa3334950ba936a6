// What a kernel is: lane formulas over the constants that TypeScript wrote at its address. The drivers are templates: they take
// any class with these instance methods and leave out what it does not define.
//
//   at(y)          z, from the driver's variate y of the column                          (always)
//   core(z)        u, the expensive part, computed once and handed to the others        (this, or:)
//   exponent(z)    u = e^exponent(z): computed for a block before anything is summed
//   factor(z, u)   positive and finite; the driver returns the sum of its logarithm    (optional)
//   pairs()        present where a row takes little more than its sums: two vectors are taken at once
//   bounded()      present where the factor lies in [1, 2]
//   s0 … s10(z, u) what is to be summed                                                 (optional)
//   light()        present where the above are a handful of operations: more rows are then in flight at once
//
// Most take z = (y - center - location) / scale. The center is a double near the data and its subtraction
// is exact there; the location is the small rest, so an offset of 1e9 costs no digits of it.

/** The constants of every kernel: where the data lie. A subclass appends its own. */
@unmanaged export class Kernel {
  unit: f64;
  center: f64;
  location: f64;
  inverseScale: f64;
  shape: f64;
  inverseShape: f64;

  @inline standardise(y: v128): v128 {
    const at = changetype<usize>(this);
    // load64_splat, not f64x2.splat of a field: V8 rebuilds splats inside the loop (1.8 times slower on Node 26).
    const shifted = f64x2.sub(
      f64x2.sub(y, v128.load64_splat(at, offsetof<Kernel>("center"))),
      v128.load64_splat(at, offsetof<Kernel>("location")),
    );
    return f64x2.mul(shifted, v128.load64_splat(at, offsetof<Kernel>("inverseScale")));
  }

  @inline centred(y: v128): v128 {
    return f64x2.sub(y, v128.load64_splat(changetype<usize>(this), offsetof<Kernel>("center")));
  }

  @inline scaled(y: v128): v128 {
    return f64x2.mul(y, v128.load64_splat(changetype<usize>(this), offsetof<Kernel>("inverseScale")));
  }

  @inline shapes(): v128 {
    return v128.load64_splat(changetype<usize>(this), offsetof<Kernel>("shape"));
  }

  @inline inverseShapes(): v128 {
    return v128.load64_splat(changetype<usize>(this), offsetof<Kernel>("inverseShape"));
  }
}
