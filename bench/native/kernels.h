/** Sums over n rows of x at parameters theta, into out (8 doubles at most). */
typedef void (*kernel_function)(const double *x, long n, const double *theta, double *out);

struct kernel {
  const char *name;
  kernel_function run;
};

/** The last has no name. */
extern const struct kernel kernels[];

/** Copies n doubles; returns nothing that a compiler could drop. */
void copy(double *to, const double *from, long n);

/** Floating-point operations that `rounds` rounds of the peak loop make: fused multiply-adds over full vectors, none waiting for another. */
double fma_peak(long rounds);

/** The same with multiplications and additions of two doubles, which is what f64x2 offers. */
double pair_peak(long rounds);
