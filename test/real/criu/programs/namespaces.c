// What namespaces hold: objects of System V IPC, users other than root, and a network and mounts of a child's own.
#include "must.h"
#include <linux/capability.h>
#include <sched.h>
#include <sys/ipc.h>
#include <sys/mount.h>
#include <sys/msg.h>
#include <sys/prctl.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/syscall.h>

static void hold_ipc(void) {
  int segment = (int)must(shmget(0x1001, 5000, IPC_CREAT | 0640));
  char *memory = shmat(segment, NULL, 0);
  must(memory == (void *)-1 ? -1 : 0);
  strcpy(memory, "SHM-MARKER");
  // Not attached anywhere, and of a length that needs padding.
  int detached = (int)must(shmget(IPC_PRIVATE, 4099, IPC_CREAT | 0600));
  memory = shmat(detached, NULL, 0);
  must(memory == (void *)-1 ? -1 : 0);
  strcpy(memory + 4090, "SHM-END");
  must(shmdt(memory));

  int queue = (int)must(msgget(0x1002, IPC_CREAT | 0600));
  struct { long type; char text[16]; } message = {.type = 3, .text = "MSG-ONE"};
  must(msgsnd(queue, &message, 7, 0));
  message.type = 4;
  strcpy(message.text, "MSG-TWO8");
  must(msgsnd(queue, &message, 8, 0));
  must(msgget(0x1003, IPC_CREAT | 0600));

  union { int val; unsigned short *array; } values = {.array = (unsigned short[]){1, 2, 65}};
  int semaphores = (int)must(semget(0x1004, 3, IPC_CREAT | 0600));
  must(semctl(semaphores, 0, SETALL, values));
  values.array = (unsigned short[]){4, 3, 2, 1};
  must(semctl((int)must(semget(0x1005, 4, IPC_CREAT | 0666)), 0, SETALL, values));
}

static pid_t child(void (*become)(void)) {
  int settled[2];
  char byte;
  must(pipe(settled));
  pid_t pid = (pid_t)must(fork());
  if (pid == 0) {
    close(settled[0]);
    become();
    must(write(settled[1], "", 1));
    close(settled[1]);
    wait_for_ever();
  }
  close(settled[1]);
  if (must(read(settled[0], &byte, 1)) != 1) exit(1);
  close(settled[0]);
  return pid;
}

static void be_another_user(void) {
  gid_t groups[] = {2000, 2001};
  must(prctl(PR_SET_KEEPCAPS, 1));
  must(syscall(SYS_setgroups, 2, groups));
  must(syscall(SYS_setresgid, 1001, 1002, 1003));
  must(syscall(SYS_setresuid, 1000, 1004, 1005));
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct sets[2] = {0};
  sets[0].permitted = sets[0].effective = 1 << CAP_NET_BIND_SERVICE;
  must(syscall(SYS_capset, &header, sets));
}

static void live_apart(void) {
  must(unshare(CLONE_NEWNS | CLONE_NEWNET));
  must(mount("tmpfs", "/srv", "tmpfs", MS_NOEXEC, "size=16k"));
  close((int)must(open("/srv/only-here", O_CREAT | O_WRONLY, 0600)));
}

int main(void) {
  hold_ipc();
  child(be_another_user);
  child(live_apart);
  say_ready();
  wait_for_ever();
}
