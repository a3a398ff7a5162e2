// A process tree: each child differs from the first process in one thing that core, pstree and seccomp images keep.
#include "must.h"
#include <linux/audit.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>

// Children count themselves here when they are set up.
static int settled;

_Noreturn static void settle(void) {
  uint64_t one = 1;
  must(write(settled, &one, sizeof one));
  wait_for_ever();
}

static pid_t child(void (*become)(void)) {
  pid_t pid = (pid_t)must(fork());
  if (pid > 0) return pid;
  become();
  settle();
}

static void be_renamed(void) { must(prctl(PR_SET_NAME, "kworker/0:1")); }

// Users differ in namespaces.c: CRIU reads limits of another user's process only where it is root of a user namespace.
static void be_restrained(void) {
  gid_t groups[] = {2000, 2001};
  must(prctl(PR_SET_SECUREBITS, 1 << 4 /* SECBIT_KEEP_CAPS */));
  must(prctl(PR_CAPBSET_DROP, CAP_SYS_ADMIN));
  must(syscall(SYS_setgroups, 2, groups));
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct sets[2] = {0};
  sets[0].effective = 1 << CAP_NET_BIND_SERVICE;
  sets[0].permitted = sets[0].inheritable = 1 << CAP_NET_BIND_SERVICE | 1 << CAP_CHOWN;
  must(syscall(SYS_capset, &header, sets));
  must(prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_CHOWN, 0, 0));
  must(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
}

// Two filters, the second one stacked on the first.
static void be_filtered(void) {
  struct sock_filter refuse_reboot[] = {
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_reboot, 0, 1),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_filter allow[] = {BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
  struct sock_fprog first = {.len = 4, .filter = refuse_reboot}, second = {.len = 1, .filter = allow};
  must(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
  must(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &first));
  must(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_LOG, &second));
}

// Strict mode leaves read, write and exit: it waits in a read that never returns.
static void be_strict(void) {
  uint64_t one = 1;
  int ends[2];
  char byte;
  must(pipe(ends));
  must(write(settled, &one, sizeof one));
  must(prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT));
  must(read(ends[0], &byte, 1));
}

static void be_signalled(void) {
  sigset_t blocked;
  sigemptyset(&blocked);
  for (int signal = SIGRTMIN; signal < SIGRTMIN + 3; signal++) sigaddset(&blocked, signal);
  sigaddset(&blocked, SIGUSR1);
  sigaddset(&blocked, SIGUSR2);
  must(sigprocmask(SIG_BLOCK, &blocked, NULL));
  signal(SIGHUP, SIG_IGN);
  static char stack[16384];
  must(sigaltstack(&(stack_t){.ss_sp = stack, .ss_size = sizeof stack}, NULL));
  for (int value = 1; value <= 3; value++)
    must(sigqueue(getpid(), SIGRTMIN, (union sigval){.sival_int = value}));
  must(kill(getpid(), SIGUSR1));
  must(pthread_sigqueue(pthread_self(), SIGUSR2, (union sigval){.sival_int = 42}) == 0 ? 0 : -1);
}

static void be_timed(void) {
  struct itimerval hour = {.it_interval = {.tv_sec = 60}, .it_value = {.tv_sec = 3600}};
  must(setitimer(ITIMER_REAL, &hour, NULL));
  must(setitimer(ITIMER_VIRTUAL, &hour, NULL));
  must(setitimer(ITIMER_PROF, &hour, NULL));
  struct itimerspec day = {.it_interval = {.tv_nsec = 500}, .it_value = {.tv_sec = 86400}};
  struct sigevent ways[] = {
    {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGRTMIN + 5, .sigev_value.sival_int = 7},
    {.sigev_notify = SIGEV_NONE},
    {.sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGUSR1, ._sigev_un._tid = gettid()},
  };
  clockid_t clocks[] = {CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_BOOTTIME};
  for (int i = 0; i < 3; i++) {
    timer_t timer;
    must(timer_create(clocks[i], &ways[i], &timer));
    must(timer_settime(timer, 0, &day, NULL));
  }
}

static void be_limited(void) {
  must(setrlimit(RLIMIT_NOFILE, &(struct rlimit){.rlim_cur = 64, .rlim_max = 128}));
  must(setrlimit(RLIMIT_CORE, &(struct rlimit){.rlim_cur = 0, .rlim_max = 0}));
  must(setrlimit(RLIMIT_AS, &(struct rlimit){.rlim_cur = 1 << 30, .rlim_max = RLIM_INFINITY}));
  int adjustment = (int)must(open("/proc/self/oom_score_adj", O_WRONLY));
  must(write(adjustment, "500", 3));
  close(adjustment);
  must(prctl(PR_SET_PDEATHSIG, SIGTERM));
  must(prctl(PR_SET_CHILD_SUBREAPER, 1));
  must(prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0));
  must(prctl(PR_SET_DUMPABLE, 0));
}

static pthread_barrier_t threads_settled;

static void *be_thread(void *name) {
  struct sched_param first = {.sched_priority = 10}, none = {0};
  must(prctl(PR_SET_NAME, name));
  if (strcmp(name, "realtime") == 0) must(sched_setscheduler(0, SCHED_FIFO | SCHED_RESET_ON_FORK, &first));
  if (strcmp(name, "batch") == 0) {
    must(sched_setscheduler(0, SCHED_BATCH, &none));
    must(setpriority(PRIO_PROCESS, (id_t)gettid(), 5));
  }
  if (strcmp(name, "signalled") == 0) {
    sigset_t blocked;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGUSR1);
    must(pthread_sigmask(SIG_BLOCK, &blocked, NULL));
    must(pthread_sigqueue(pthread_self(), SIGUSR1, (union sigval){.sival_int = 9}) == 0 ? 0 : -1);
  }
  pthread_barrier_wait(&threads_settled);
  wait_for_ever();
}

static void be_threaded(void) {
  static char *names[] = {"realtime", "batch", "signalled"};
  pthread_attr_t attributes;
  pthread_t thread;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, 65536);
  pthread_barrier_init(&threads_settled, NULL, 4);
  for (int i = 0; i < 3; i++) must(pthread_create(&thread, &attributes, be_thread, names[i]) == 0 ? 0 : -1);
  pthread_barrier_wait(&threads_settled);
}

// A session of its own with two process groups, the second one led by a grandchild.
static void lead_session(void) {
  must(setsid());
  if (must(fork()) > 0) return;
  must(setpgid(0, 0));
  settle();
}

static void be_deleted(void) {
  char copy[16384];
  int from = (int)must(open("/bin/idle", O_RDONLY)), to = (int)must(open("/tmp/gone", O_CREAT | O_WRONLY, 0755));
  must(write(to, copy, (size_t)must(read(from, copy, sizeof copy))));
  close(from);
  close(to);
  pid_t pid = (pid_t)must(fork());
  if (pid == 0) must(execve("/tmp/gone", (char *[]){"[kthreadd]", "--quiet", NULL}, (char *[]){"HIDDEN=yes", NULL}));
  // It runs the other program as soon as that one's name is its own.
  char comm[16] = "", path[32];
  snprintf(path, sizeof path, "/proc/%d/comm", pid);
  while (strncmp(comm, "gone", 4) != 0) {
    int file = (int)must(open(path, O_RDONLY));
    must(read(file, comm, sizeof comm - 1));
    close(file);
  }
  must(unlink("/tmp/gone"));
}

static void exit_with_code(void) { _exit(3); }
static void die_of_signal(void) { raise(SIGKILL); }
static void stop(void) {}

static int share_files(void *) { settle(); }

int main(void) {
  settled = (int)must(eventfd(0, EFD_SEMAPHORE));
  void (*kinds[])(void) = {be_renamed, be_restrained, be_filtered, be_strict, be_signalled,
                           be_timed, be_limited, be_threaded, lead_session, be_deleted};
  int count = sizeof kinds / sizeof *kinds;
  for (int i = 0; i < count; i++) child(kinds[i]);

  static char stack[65536];
  must(clone(share_files, stack + sizeof stack, CLONE_FILES | SIGCHLD, NULL));
  pid_t stopped = child(stop);
  // The members of the session and those who share files and stop settle, too.
  for (int i = 0; i < count + 3; i++) {
    uint64_t one;
    must(read(settled, &one, sizeof one));
  }
  must(kill(stopped, SIGSTOP));
  siginfo_t dead;
  must(waitid(P_PID, (id_t)stopped, &dead, WSTOPPED | WNOWAIT));
  must(waitid(P_PID, (id_t)child(exit_with_code), &dead, WEXITED | WNOWAIT));
  must(waitid(P_PID, (id_t)child(die_of_signal), &dead, WEXITED | WNOWAIT));
  say_ready();
  wait_for_ever();
}
