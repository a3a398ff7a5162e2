// Does nothing, in so few bytes that CRIU may keep the whole file when it was deleted. Linked without a C library.
__attribute__((force_align_arg_pointer)) void _start(void) {
  for (;;) {
    long result;
    __asm__ volatile("syscall" : "=a"(result) : "a"(34L /* pause */) : "rcx", "r11", "memory");
  }
}
