// The workload most tests checkpoint: an HTTP server that counts its requests in memory.
//
//   app [PORT [MEGABYTES]]
//
// It holds what makes a checkpoint interesting: a child with a name of its own, an open log, an open file that is
// deleted already, a secret on the heap, and MEGABYTES of memory that no compressor makes smaller.
#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

static void or_exit(bool done, const char *what) {
  if (done) return;
  perror(what);
  exit(1);
}

// Xorshift: the same bytes in every run, so that two archives can be compared.
static void fill(uint64_t *words, size_t count) {
  uint64_t state = 88172645463325252u;
  for (size_t i = 0; i < count; i++) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    words[i] = state;
  }
}

static void hold_memory(size_t bytes) {
  if (bytes == 0) return;
  char *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  or_exit(memory != MAP_FAILED, "mmap");
  fill((uint64_t *)memory, bytes / sizeof(uint64_t));
  strcpy(memory + bytes / 2, "NEEDLE-IN-THE-HAYSTACK-7f3a");
}

static void hold_deleted_file(void) {
  int file = open("/tmp/deleted.bin", O_CREAT | O_RDWR, 0600);
  or_exit(file >= 0, "/tmp/deleted.bin");
  dprintf(file, "GHOST-MARKER-1234");
  unlink("/tmp/deleted.bin");
}

static void start_child(void) {
  pid_t child = fork();
  or_exit(child >= 0, "fork");
  if (child > 0) return;
  prctl(PR_SET_NAME, "app-child");
  for (;;) pause();
}

static int listen_on(uint16_t port) {
  int server = socket(AF_INET, SOCK_STREAM, 0), on = 1;
  struct sockaddr_in any = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = INADDR_ANY};
  setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  or_exit(bind(server, (struct sockaddr *)&any, sizeof any) == 0, "bind");
  or_exit(listen(server, 16) == 0, "listen");
  return server;
}

int main(int count, char **arguments) {
  uint16_t port = count > 1 ? (uint16_t)atoi(arguments[1]) : 8080;
  size_t megabytes = count > 2 ? strtoul(arguments[2], NULL, 10) : 0;
  signal(SIGPIPE, SIG_IGN);

  char *secret = strdup("AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY");
  or_exit(secret != NULL, "strdup");
  // Before there is memory to share: CRIU would dump the child's copy of it too.
  start_child();
  hold_memory(megabytes << 20);
  hold_deleted_file();
  int log = open("/tmp/work.log", O_CREAT | O_RDWR | O_APPEND, 0600);
  or_exit(log >= 0, "/tmp/work.log");
  int server = listen_on(port);
  printf("listening on %d\n", port);
  fflush(stdout);

  for (long requests = 0;;) {
    int client = accept(server, NULL, NULL);
    if (client < 0) continue;
    char request[2048];
    if (read(client, request, sizeof request) > 0) {
      requests++;
      dprintf(log, "request %ld\n", requests);
      dprintf(client, "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\ncounter: %ld\n", requests);
    }
    close(client);
  }
}
