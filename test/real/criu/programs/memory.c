// Mappings of every kind. Told so by SIGUSR1, it writes to some pages, for a dump upon a dump; /clean says which pages
// it doesn't write to.
#include "must.h"
#include <linux/aio_abi.h>
#include <signal.h>
#include <stdint.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/syscall.h>

enum { page = 4096 };

static char *map(size_t pages, int protection, int flags, int file) {
  void *memory = mmap(NULL, pages * page, protection, flags, file, 0);
  must(memory == MAP_FAILED ? -1 : 0);
  return memory;
}

enum { anonymous = MAP_PRIVATE | MAP_ANONYMOUS, both = PROT_READ | PROT_WRITE };

static int file_of(size_t pages, const char *path) {
  int file = (int)must(open(path, O_CREAT | O_RDWR | O_TRUNC, 0600));
  must(ftruncate(file, (off_t)pages * page));
  must(pwrite(file, "FILE-MARKER", 11, 0));
  return file;
}

int main(void) {
  sigset_t told;
  sigemptyset(&told);
  sigaddset(&told, SIGUSR1);
  must(sigprocmask(SIG_BLOCK, &told, NULL));

  // Pages 0, 2 and 5 are written: two holes.
  char *holes = map(8, both, anonymous, -1);
  strcpy(holes, "FIRST-PAGE");
  strcpy(holes + 2 * page, "THIRD-PAGE");
  strcpy(holes + 5 * page, "SIXTH-PAGE");
  // Read only, so that the kernel's one page of zeros stands in.
  char *zeros = map(2, both, anonymous, -1);
  volatile char zero = *zeros;
  (void)zero;

  map(4, PROT_NONE, anonymous, -1);
  *map(1, both | PROT_EXEC, anonymous, -1) = '\xc3';
  strcpy(map(1, both, anonymous | MAP_GROWSDOWN, -1), "GROWS-DOWN");
  char *advised = map(2, both, anonymous, -1);
  strcpy(advised, "NOT-FOR-CHILDREN");
  must(madvise(advised, 2 * page, MADV_DONTFORK));
  must(madvise(advised, 2 * page, MADV_DONTDUMP));
  char *wiped = map(1, both, anonymous, -1);
  strcpy(wiped, "WIPED-ON-FORK");
  must(madvise(wiped, page, MADV_WIPEONFORK));
  char *locked = map(1, both, anonymous | MAP_LOCKED, -1);
  strcpy(locked, "LOCKED");

  char *shared = map(4, both, MAP_SHARED | MAP_ANONYMOUS, -1);
  strcpy(shared + page, "SHARED-MARKER");
  int file = file_of(3, "/var/file");
  strcpy(map(3, both, MAP_SHARED, file) + page, "WRITTEN-TO-THE-FILE");
  strcpy(map(3, both, MAP_PRIVATE, file) + 2 * page, "WRITTEN-TO-A-COPY");
  map(1, PROT_READ | PROT_EXEC, MAP_PRIVATE, file);
  int deleted = file_of(2, "/var/deleted");
  map(2, both, MAP_SHARED, deleted);
  must(unlink("/var/deleted"));
  close(deleted);
  int secret = (int)must(memfd_create("secret", 0));
  must(ftruncate(secret, 2 * page));
  strcpy(map(2, both, MAP_SHARED, secret), "IN-A-MEMFD");
  close(secret);

  // Before memory alone is dumped, CRIU looks for the names of watched files, which takes long, and keeps them.
  must(inotify_add_watch((int)must(inotify_init()), "/etc/motd", IN_MODIFY));
  aio_context_t ring = 0;
  must(syscall(SYS_io_setup, 8, &ring));

  // The child shares all of it until it writes.
  if (must(fork()) == 0) {
    strcpy(holes + 2 * page, "THE-CHILD'S");
    wait_for_ever();
  }
  int clean = (int)must(open("/clean", O_CREAT | O_WRONLY, 0600));
  dprintf(clean, "%p %p %p\n", (void *)holes, (void *)(holes + 5 * page), (void *)(shared + page));
  close(clean);
  say_ready();
  for (;;) {
    // Unlike sigwaitinfo, it outlives that CRIU stops it for a moment.
    int signal;
    sigwait(&told, &signal);
    strcpy(holes + 2 * page, "THIRD-PAGE-AGAIN");
    strcpy(holes + 7 * page, "EIGHTH-PAGE");
    strcpy(shared + 2 * page, "SHARED-AGAIN");
    must(unlink("/ready"));
  }
}
