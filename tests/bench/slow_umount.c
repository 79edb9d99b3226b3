// SPDX-License-Identifier: Apache-2.0
// A fake door for scripts/bench-fidelity, put before the C library with LD_PRELOAD: umount2 and umount take four times as
// long as the kernel needed, by spinning for three times that.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stddef.h>
#include <time.h>

static long now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000000L + now.tv_nsec;
}

static int slowed(int result, long start_ns) {
  const int kept = errno;
  const long end_ns = now_ns() + 3 * (now_ns() - start_ns);
  while (now_ns() < end_ns) {
  }
  errno = kept;
  return result;
}

int umount2(const char* target, int flags) {
  static int (*real)(const char*, int);
  if (real == NULL) real = (int (*)(const char*, int))dlsym(RTLD_NEXT, "umount2");
  const long start_ns = now_ns();
  return slowed(real(target, flags), start_ns);
}

int umount(const char* target) {
  static int (*real)(const char*);
  if (real == NULL) real = (int (*)(const char*))dlsym(RTLD_NEXT, "umount");
  const long start_ns = now_ns();
  return slowed(real(target), start_ns);
}
