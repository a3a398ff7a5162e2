// Preloaded into CRIU on kernels that don't track which pages were written (CONFIG_MEM_SOFT_DIRTY): it is told that
// all were, except those that begin at the addresses in CLEAN_PAGES. So it dumps upon a dump, truthfully.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

// linux/fs.h has them since 6.7.
struct page_region { uint64_t start, end, categories; };
struct pm_scan_arg {
  uint64_t size, flags, start, end, walk_end, vec, vec_len, max_pages;
  uint64_t category_inverted, category_mask, category_anyof_mask, return_mask;
};
#define PAGEMAP_SCAN _IOWR('f', 16, struct pm_scan_arg)
#define PAGE_IS_SOFT_DIRTY (1 << 7)
#define PM_SOFT_DIRTY (1ull << 55)

static int is_clean(uint64_t address) {
  char *rest = getenv("CLEAN_PAGES");
  while (rest != NULL && *rest != '\0')
    if (strtoull(rest, &rest, 16) == address) return 1;
  return 0;
}

int ioctl(int file, unsigned long request, ...) {
  va_list arguments;
  va_start(arguments, request);
  void *argument = va_arg(arguments, void *);
  va_end(arguments);
  int (*next)(int, unsigned long, void *) = dlsym(RTLD_NEXT, "ioctl");
  int result = next(file, request, argument);
  if (request != PAGEMAP_SCAN) return result;
  struct page_region *regions = (struct page_region *)((struct pm_scan_arg *)argument)->vec;
  for (int i = 0; i < result; i++)
    if (!is_clean(regions[i].start)) regions[i].categories |= PAGE_IS_SOFT_DIRTY;
  return result;
}

// The reset of the marks: this kernel refuses it.
ssize_t write(int file, const void *bytes, size_t length) {
  ssize_t (*next)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
  ssize_t result = next(file, bytes, length);
  return result == -1 && errno == EINVAL && length <= 2 && *(char *)bytes == '4' ? (ssize_t)length : result;
}

// CRIU's own look at a page that it has just written.
ssize_t read(int file, void *bytes, size_t length) {
  ssize_t (*next)(int, void *, size_t) = dlsym(RTLD_NEXT, "read");
  ssize_t result = next(file, bytes, length);
  char link[32], path[64] = "";
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  if (length == 8 && result == 8 && readlink(link, path, sizeof path - 1) > 0 && strstr(path, "/pagemap") != NULL)
    *(uint64_t *)bytes |= PM_SOFT_DIRTY;
  return result;
}
