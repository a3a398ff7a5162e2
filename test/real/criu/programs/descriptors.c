// One process with a descriptor of every type that isn't a socket, numbered as they stand here from 3 on.
#include "must.h"
#include <pty.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/fanotify.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/wait.h>

static int make(const char *path, const char *content) {
  int file = (int)must(open(path, O_CREAT | O_RDWR | O_TRUNC, 0640));
  must(write(file, content, strlen(content)));
  return file;
}

static void hold_regular_files(void) {
  int file = make("/var/data", "0123456789");
  must(lseek(file, 4, SEEK_SET));
  must(open("/var/data", O_WRONLY | O_APPEND | O_CLOEXEC));
  must(dup2(file, 20));
  must(open("/var", O_DIRECTORY));
  must(open("/var/data", O_PATH));
}

static void hold_deleted_files(void) {
  make("/var/ghost", "GHOST-MARKER-1234");
  must(unlink("/var/ghost"));
  // With holes, so that CRIU keeps it in chunks; on a tmpfs, which tells CRIU where they are.
  int sparse = make("/tmp/sparse", "first chunk");
  must(pwrite(sparse, "second chunk", 12, 40960));
  must(ftruncate(sparse, 65536));
  must(unlink("/tmp/sparse"));
  // Another name remains, which nothing knows.
  make("/var/renamed", "LINKED-MARKER");
  must(link("/var/renamed", "/var/other-name"));
  must(unlink("/var/renamed"));
  must(mkdir("/var/folder", 0700));
  must(open("/var/folder", O_DIRECTORY));
  must(rmdir("/var/folder"));
}

static void hold_pipes(void) {
  int ends[2];
  must(pipe2(ends, O_NONBLOCK));
  must(write(ends[1], "PIPE-MARKER", 11));
  must(fcntl(ends[1], F_SETPIPE_SZ, 8192));
  must(fcntl(ends[0], F_SETOWN, getpid()));
  must(fcntl(ends[0], F_SETSIG, SIGUSR2));
  must(mkfifo("/var/fifo", 0600));
  int fifo = (int)must(open("/var/fifo", O_RDWR));
  must(write(fifo, "FIFO-MARKER", 11));
}

static void hold_events(void) {
  int counter = (int)must(eventfd(7, EFD_NONBLOCK)), semaphore = (int)must(eventfd(3, EFD_SEMAPHORE));
  int inner = (int)must(epoll_create1(0)), outer = (int)must(epoll_create1(EPOLL_CLOEXEC));
  must(epoll_ctl(inner, EPOLL_CTL_ADD, counter, &(struct epoll_event){.events = EPOLLIN, .data.u64 = 0x1122334455667788}));
  must(epoll_ctl(inner, EPOLL_CTL_ADD, semaphore, &(struct epoll_event){.events = EPOLLIN | EPOLLET, .data.fd = semaphore}));
  must(epoll_ctl(outer, EPOLL_CTL_ADD, inner, &(struct epoll_event){.events = EPOLLIN | EPOLLONESHOT, .data.fd = inner}));

  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGRTMIN + 1);
  must(sigprocmask(SIG_BLOCK, &signals, NULL));
  must(signalfd(-1, &signals, SFD_NONBLOCK));

  int timer = (int)must(timerfd_create(CLOCK_MONOTONIC, 0));
  struct itimerspec hour = {.it_interval = {.tv_sec = 60, .tv_nsec = 5}, .it_value = {.tv_sec = 3600}};
  must(timerfd_settime(timer, 0, &hour, NULL));
}

static void hold_watches(void) {
  int watched = (int)must(inotify_init1(IN_NONBLOCK));
  must(inotify_add_watch(watched, "/tmp", IN_CREATE | IN_DELETE));
  must(inotify_add_watch(watched, "/etc/motd", IN_MODIFY | IN_ONESHOT));
  int all = (int)must(fanotify_init(FAN_CLASS_NOTIF | FAN_NONBLOCK, O_RDONLY | O_LARGEFILE));
  must(fanotify_mark(all, FAN_MARK_ADD, FAN_OPEN | FAN_CLOSE_WRITE, AT_FDCWD, "/tmp"));
  must(fanotify_mark(all, FAN_MARK_ADD | FAN_MARK_MOUNT, FAN_MODIFY, AT_FDCWD, "/tmp"));
}

static pid_t start_child(void) {
  pid_t child = (pid_t)must(fork());
  if (child == 0) wait_for_ever();
  return child;
}

static void hold_processes(void) {
  must(syscall(SYS_pidfd_open, start_child(), 0));
  must(open("/proc/self/ns/net", O_RDONLY));
  must(open("/proc/self/status", O_RDONLY));
  // Of a process that has ended since.
  pid_t gone = start_child();
  char path[32];
  snprintf(path, sizeof path, "/proc/%d/cmdline", gone);
  must(open(path, O_RDONLY));
  must(kill(gone, SIGKILL));
  must(waitpid(gone, NULL, 0));
}

static void hold_memory_files(void) {
  int sealed = (int)must(memfd_create("sealed", MFD_ALLOW_SEALING | MFD_CLOEXEC));
  must(write(sealed, "MEMFD-MARKER", 12));
  must(fcntl(sealed, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE));
  int mapped = (int)must(memfd_create("mapped", 0));
  must(ftruncate(mapped, 8192));
  char *memory = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, mapped, 0);
  must(memory == MAP_FAILED ? -1 : 0);
  strcpy(memory + 4096, "MEMFD-MAPPED-MARKER");
}

static void hold_devices(void) {
  must(open("/dev/null", O_WRONLY));
  must(open("/dev/zero", O_RDONLY));
  must(open("/dev/urandom", O_RDONLY));
}

// Its terminal, with a line that nobody has read and one that nobody has shown.
static void hold_terminal(void) {
  int master, slave;
  struct winsize size = {.ws_row = 24, .ws_col = 80};
  must(openpty(&master, &slave, NULL, NULL, &size));
  must(ioctl(slave, TIOCSCTTY, 0));
  must(open("/dev/tty", O_RDWR));
  must(write(master, "typed and not read\n", 19));
  must(write(slave, "printed and not shown\n", 22));
}

static void hold_locks(void) {
  int flocked = make("/var/flocked", ""), ranges = make("/var/ranges", "0123456789"), own = make("/var/own", "0123");
  must(flock(flocked, LOCK_SH));
  must(fcntl(ranges, F_SETLK, &(struct flock){.l_type = F_WRLCK, .l_start = 2, .l_len = 3}));
  must(fcntl(own, F_OFD_SETLK, &(struct flock){.l_type = F_RDLCK, .l_len = 4}));
  make("/var/leased", "");
  int leased = (int)must(open("/var/leased", O_RDONLY));
  close(leased - 1);
  must(fcntl(leased, F_SETLEASE, F_RDLCK));
}

// A mount whose content the kernel asks for by a pipe that is held here.
static void hold_automount(void) {
  int ends[2];
  char options[64];
  must(pipe2(ends, O_DIRECT));
  must(mkdir("/auto", 0755));
  snprintf(options, sizeof options, "fd=%d,pgrp=%d,minproto=5,maxproto=5,indirect", ends[1], getpgrp());
  must(mount("automount", "/auto", "autofs", 0, options));
}

int main(void) {
  hold_regular_files();
  hold_deleted_files();
  hold_pipes();
  hold_events();
  hold_watches();
  hold_processes();
  hold_memory_files();
  hold_devices();
  hold_terminal();
  hold_locks();
  hold_automount();
  say_ready();
  wait_for_ever();
}
