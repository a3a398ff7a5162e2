// Holds what it got from outside of its box: files, a terminal, and a socket whose other end is out there.
#include "must.h"
#include <sys/socket.h>
#include <sys/un.h>

int main(void) {
  int client = (int)must(socket(AF_UNIX, SOCK_DGRAM, 0));
  struct sockaddr_un outside = {.sun_family = AF_UNIX, .sun_path = "/srv/volume/outside.sock"};
  must(connect(client, (struct sockaddr *)&outside, sizeof outside));
  must(open("/srv/volume/shared", O_RDWR));
  say_ready();
  wait_for_ever();
}
