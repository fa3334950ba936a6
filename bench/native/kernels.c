// What the wasm kernels compute, as C that a compiler vectorises by itself: gcc -O3 -march=native -ffast-math takes 256- or 512-bit vectors
// and glibc's vector exp and log (libmvec). One loop a kernel, no intrinsics: what a careful C programmer ships.

#include "kernels.h"
#include <math.h>
#include <string.h>

static void sum(const double *x, long n, const double *theta, double *out) {
  double total = 0;
  for (long i = 0; i < n; i++) total += x[i];
  out[0] = total;
}

static void sum_log(const double *x, long n, const double *theta, double *out) {
  double total = 0;
  for (long i = 0; i < n; i++) total += log(x[i]);
  out[0] = total;
}

static void sum_exp(const double *x, long n, const double *theta, double *out) {
  double total = 0;
  for (long i = 0; i < n; i++) total += exp(x[i]);
  out[0] = total;
}

/** Sums of d and d^2, d = x - location. */
static void moments(const double *x, long n, const double *theta, double *out) {
  const double location = theta[0];
  double first = 0, second = 0;
  for (long i = 0; i < n; i++) {
    const double d = x[i] - location;
    first += d;
    second += d * d;
  }
  out[0] = first;
  out[1] = second;
}

/** Sums of log(1 + u), |z|, psi, z psi, psi', z psi', z^2 psi' with u = e^-|z|, psi = tanh(z/2). */
static void logistic(const double *x, long n, const double *theta, double *out) {
  const double location = theta[0], inverse = 1 / theta[1];
  double logs = 0, size = 0, first = 0, z_first = 0, second = 0, z_second = 0, zz_second = 0;
  for (long i = 0; i < n; i++) {
    const double z = (x[i] - location) * inverse;
    const double u = exp(-fabs(z));
    const double psi = copysign((1 - u) / (1 + u), z);
    const double slope = 0.5 - 0.5 * psi * psi;
    logs += log(1 + u);
    size += fabs(z);
    first += psi;
    z_first += z * psi;
    second += slope;
    z_second += z * slope;
    zz_second += z * z * slope;
  }
  const double sums[] = {logs, size, first, z_first, second, z_second, zz_second};
  memcpy(out, sums, sizeof sums);
}

/** Sums of log q, g, r g, z r, z r g with q = 1 + z^2/df, r = 1/q, g = 1 - r. */
static void student_t(const double *x, long n, const double *theta, double *out) {
  const double location = theta[0], inverse = 1 / theta[1], inverse_df = 1 / theta[2];
  double logs = 0, gap = 0, bend = 0, zr = 0, z_bend = 0;
  for (long i = 0; i < n; i++) {
    const double z = (x[i] - location) * inverse;
    const double ratio = z * z * inverse_df;
    const double r = 1 / (1 + ratio);
    const double g = ratio * r;
    logs += log(1 + ratio);
    gap += g;
    bend += r * g;
    zr += z * r;
    z_bend += z * r * g;
  }
  const double sums[] = {logs, gap, bend, zr, z_bend};
  memcpy(out, sums, sizeof sums);
}

/** Sums of z, u, z u, z^2 u with z = (log x - location) / scale, u = e^-z. */
static void weibull(const double *x, long n, const double *theta, double *out) {
  const double location = theta[0], inverse = 1 / theta[1];
  double first = 0, sum_u = 0, zu = 0, zzu = 0;
  for (long i = 0; i < n; i++) {
    const double z = (log(x[i]) - location) * inverse;
    const double u = exp(-z);
    first += z;
    sum_u += u;
    zu += z * u;
    zzu += z * z * u;
  }
  const double sums[] = {first, sum_u, zu, zzu};
  memcpy(out, sums, sizeof sums);
}

const struct kernel kernels[] = {
    {"sum", sum},           {"sum log", sum_log},     {"moments", moments},  {"sum exp", sum_exp},
    {"logistic", logistic}, {"studentT", student_t}, {"weibull", weibull}, {0, 0},
};
