import { hex, message, repeated, required, uint32, uint64 } from '../../schema/index.ts'

const user_loongarch64_gpregs_entry = message('user_loongarch64_gpregs_entry', {
  regs: repeated(1, uint64),
  pc: required(2, uint64),
})

const user_loongarch64_fpregs_entry = message('user_loongarch64_fpregs_entry', {
  regs: repeated(1, uint64),
  fcc: required(2, uint64),
  fcsr: required(3, uint32),
})

export const thread_info_loongarch64 = message('thread_info_loongarch64', {
  clear_tid_addr: required(1, uint64, hex),
  tls: required(2, uint64),
  gpregs: required(3, user_loongarch64_gpregs_entry, hex),
  fpregs: required(4, user_loongarch64_fpregs_entry, hex),
})
