// SPDX-License-Identifier: Apache-2.0
// The yardstick of scripts/bench-fidelity: mount a tmpfs, time umount2, nothing else. Usage: bare_loop FOLDER SECONDS [CPU].
// Prints "SAMPLES MEDIAN_NS SECONDS".
#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <time.h>

static long now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000000L + now.tv_nsec;
}

static int by_value(const void* a, const void* b) {
  const long x = *(const long*)a, y = *(const long*)b;
  return (x > y) - (x < y);
}

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const long wanted_ns = (long)(atof(argv[2]) * 1e9);
  if (argc > 3) {
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(atoi(argv[3]), &set);
    if (sched_setaffinity(0, sizeof set, &set) != 0) return 1;
  }
  if (unshare(CLONE_NEWNS) != 0 || mount(NULL, "/", NULL, MS_REC | MS_SLAVE, NULL) != 0) return 1;
  const size_t room = 4000000;
  long* samples = malloc(room * sizeof *samples);
  size_t count = 0;
  const long warm_ns = now_ns() + 200000000L;
  long begin_ns = 0, end_ns = 0;
  while (count < room) {
    if (mount("bare", argv[1], "tmpfs", 0, NULL) != 0) return 1;
    const long start_ns = now_ns();
    if (umount2(argv[1], 0) != 0) return 1;
    end_ns = now_ns();
    if (end_ns < warm_ns) continue;
    if (begin_ns == 0) begin_ns = start_ns;
    samples[count++] = end_ns - start_ns;
    if (end_ns - begin_ns >= wanted_ns) break;
  }
  qsort(samples, count, sizeof *samples, by_value);
  printf("%zu %ld %.3f\n", count, samples[count / 2], (double)(end_ns - begin_ns) / 1e9);
  free(samples);
  return 0;
}
