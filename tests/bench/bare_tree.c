// SPDX-License-Identifier: Apache-2.0
// The yardstick of scripts/bench-tree: as many tmpfs as wanted, all but the first on folders in the first, then a plain
// umount2 for each, the last one first, and nothing else timed. Usage: bare_tree FOLDER MOUNTS TURNS CPU. Prints the median
// time for all of them in ns.
#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <time.h>

enum { kTurns = 1000, kPath = 256 };

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
  if (argc < 5) return 2;
  const int mounts = atoi(argv[2]), turns = atoi(argv[3]);
  if (mounts < 1 || turns < 1 || turns > kTurns) return 2;
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(atoi(argv[4]), &set);
  if (sched_setaffinity(0, sizeof set, &set) != 0) return 1;
  if (unshare(CLONE_NEWNS) != 0 || mount(NULL, "/", NULL, MS_REC | MS_SLAVE, NULL) != 0) return 1;
  char(*paths)[kPath] = malloc((size_t)mounts * sizeof *paths);
  snprintf(paths[0], kPath, "%s", argv[1]);
  for (int i = 1; i < mounts; ++i) snprintf(paths[i], kPath, "%s/%d", argv[1], i);
  long took_ns[kTurns];
  for (int turn = 0; turn < turns; ++turn) {
    for (int i = 0; i < mounts; ++i) {
      if (i > 0 && mkdir(paths[i], 0700) != 0) return 1;
      if (mount("bare", paths[i], "tmpfs", 0, NULL) != 0) return 1;
    }
    const long start_ns = now_ns();
    for (int i = mounts - 1; i >= 0; --i) {
      if (umount2(paths[i], 0) != 0) return 1;
    }
    took_ns[turn] = now_ns() - start_ns;
  }
  qsort(took_ns, (size_t)turns, sizeof *took_ns, by_value);
  printf("%ld\n", took_ns[turns / 2]);
  free(paths);
  return 0;
}
