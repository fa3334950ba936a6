// Answers requests on standard input, a line each, so that runs of C and of wasm can take turns:
//
//   load PATH N                     reads N doubles
//   run KERNEL;CALLS;N;THETA...     answers the nanoseconds of each call, then the sums: "ns … ; sums …"
//   copy CALLS N                    the nanoseconds of each copy
//   peak CALLS                      operations per nanosecond: of fused multiply-adds over full vectors, and of pairs, one figure per call

#define _POSIX_C_SOURCE 199309L
#include "kernels.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return 1e9 * t.tv_sec + t.tv_nsec;
}

static void load(double **x, double **twin, const char *path, long n) {
  FILE *file = fopen(path, "rb");
  free(*x);
  free(*twin);
  // As a page-aligned column of wasm memory.
  *x = aligned_alloc(4096, (n * 8 + 4095) & ~4095L);
  *twin = aligned_alloc(4096, (n * 8 + 4095) & ~4095L);
  if (!file || !*x || !*twin || fread(*x, 8, n, file) != (size_t)n) exit(1);
  memcpy(*twin, *x, n * 8);
  fclose(file);
  puts("ok");
}

static void run(const double *x, char *request) {
  const char *name = strtok(request, ";");
  const long calls = atol(strtok(0, ";")), n = atol(strtok(0, ";"));
  double theta[8] = {0}, out[8] = {0};
  char *number;
  for (int i = 0; i < 8 && (number = strtok(0, ";")); i++) theta[i] = atof(number);
  const struct kernel *kernel = kernels;
  while (kernel->name && strcmp(kernel->name, name)) kernel++;
  if (!kernel->name) exit(1);
  for (long i = 0; i < calls; i++) {
    const double began = now();
    kernel->run(x, n, theta, out);
    printf("%.0f ", now() - began);
  }
  printf(";");
  for (int i = 0; i < 8; i++) printf(" %.17g", out[i]);
  puts("");
}

int main(void) {
  char line[4096], path[4096];
  double *x = 0, *twin = 0;
  long calls, n;
  while (fgets(line, sizeof line, stdin)) {
    line[strcspn(line, "\n")] = 0;
    if (sscanf(line, "load %4095s %ld", path, &n) == 2) load(&x, &twin, path, n);
    else if (!strncmp(line, "run ", 4)) run(x, line + 4);
    else if (sscanf(line, "copy %ld %ld", &calls, &n) == 2) {
      for (long i = 0; i < calls; i++) {
        const double began = now();
        copy(twin, x, n);
        printf("%.0f ", now() - began);
      }
      puts("");
    } else if (sscanf(line, "peak %ld", &calls) == 1) {
      for (long i = 0; i < calls; i++) {
        const double began = now(), fused = fma_peak(1000000), middle = now(), pairs = pair_peak(1000000);
        printf("%.6f %.6f ", fused / (middle - began), pairs / (now() - middle));
      }
      puts("");
    } else exit(1);
    fflush(stdout);
  }
  return 0;
}
