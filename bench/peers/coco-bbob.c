/*
 * Nanoseconds of one evaluation of each BBOB function in 10-D by COCO's C, at the points that bbob.ts takes: one line each,
 * "function nanoseconds". Compiled against coco.c of a COCO release, which is not part of this repository: see bbob.ts.
 */
#include "coco.c"
#include <time.h>

const char *coco_version = "";

int main(void) {
  enum { dimension = 10, size = 256, calls = 2, repeats = 300 };
  static double points[size * dimension];
  double value[1], total = 0;
  for (int p = 0; p < size; p++)
    for (int i = 0; i < dimension; i++) points[p * dimension + i] = ((7 * (i + 1) * (i + 1) + 3 * p + p * p * i) % 191) / 191.0 * 10 - 5;
  for (size_t f = 1; f <= 24; f++) {
    coco_problem_t *problem = coco_get_bbob_problem(f, dimension, 1);
    double least = 1e99;
    for (int repeat = 0; repeat < repeats; repeat++) {
      struct timespec begin, end;
      clock_gettime(CLOCK_MONOTONIC, &begin);
      for (int call = 0; call < calls; call++)
        for (int p = 0; p < size; p++) {
          coco_evaluate_function(problem, points + p * dimension, value);
          total += value[0];
        }
      clock_gettime(CLOCK_MONOTONIC, &end);
      double each = ((end.tv_sec - begin.tv_sec) * 1e9 + (end.tv_nsec - begin.tv_nsec)) / (calls * size);
      if (each < least) least = each;
    }
    printf("%zu %.2f\n", f, least);
    coco_problem_free(problem);
  }
  fprintf(stderr, "%g\n", total); /* so that no evaluation is left out */
  return 0;
}
