// What this machine can do at most, one thread: copy, and floating-point operations.

#include "kernels.h"
#include <string.h>

void copy(double *to, const double *from, long n) { memcpy(to, from, n * sizeof(double)); }

#if defined(__AVX512F__)
#define WIDTH 8
#elif defined(__AVX__)
#define WIDTH 4
#else
#define WIDTH 2
#endif

typedef double vector __attribute__((vector_size(WIDTH * 8)));
typedef double pair __attribute__((vector_size(16)));

// Chains are variables of their own, since gcc keeps an array in memory, and are hidden from it, since -ffast-math would merge them.
#define HIDDEN(a) __asm__ volatile("" : "+x"(a))
#define FUSED(a) a = a * b + c; HIDDEN(a)
#define SUM(a) a += c; HIDDEN(a)
#define PRODUCT(a) a *= b; HIDDEN(a)

static volatile double sink;

// Two units of four cycles want eight chains; ten are sure to be enough.
double fma_peak(long rounds) {
  const vector b = (vector){} + 0.999999, c = (vector){} + 1e-9;
  vector t = c, u = c, v = c, w = c, x = c, p = c, q = c, r = c, s = c, y = c;
  for (long round = 0; round < rounds; round++) {
    FUSED(t); FUSED(u); FUSED(v); FUSED(w); FUSED(x);
    FUSED(p); FUSED(q); FUSED(r); FUSED(s); FUSED(y);
  }
  sink = (t + u + v + w + x + p + q + r + s + y)[0];
  return 2.0 * WIDTH * 10 * rounds;
}

// Fourteen of the sixteen registers that f64x2 has: the eighth chain of each would be in memory.
double pair_peak(long rounds) {
  const pair b = (pair){} + 0.999999, c = (pair){} + 1e-9;
  pair t = c, u = c, v = c, w = c, x = c, y = c, z = c, m = c, n = c, o = c, p = c, q = c, r = c, s = c;
  for (long round = 0; round < rounds; round++) {
    SUM(t); PRODUCT(m); SUM(u); PRODUCT(n); SUM(v); PRODUCT(o); SUM(w); PRODUCT(p);
    SUM(x); PRODUCT(q); SUM(y); PRODUCT(r); SUM(z); PRODUCT(s);
  }
  sink = (t + u + v + w + x + y + z + m + n + o + p + q + r + s)[0];
  return 2.0 * 14 * rounds;
}
