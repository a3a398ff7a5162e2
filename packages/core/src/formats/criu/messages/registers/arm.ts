import { hex, message, repeated, required, uint32, uint64 } from '../../schema/index.ts'

const user_arm_regs_entry = message('user_arm_regs_entry', {
  r0: required(1, uint32),
  r1: required(2, uint32),
  r2: required(3, uint32),
  r3: required(4, uint32),
  r4: required(5, uint32),
  r5: required(6, uint32),
  r6: required(7, uint32),
  r7: required(8, uint32),
  r8: required(9, uint32),
  r9: required(10, uint32),
  r10: required(11, uint32),
  fp: required(12, uint32),
  ip: required(13, uint32),
  sp: required(14, uint32),
  lr: required(15, uint32),
  pc: required(16, uint32),
  cpsr: required(17, uint32),
  orig_r0: required(18, uint32),
})

const user_arm_vfpstate_entry = message('user_arm_vfpstate_entry', {
  vfp_regs: repeated(1, uint64),
  fpscr: required(2, uint32),
  fpexc: required(3, uint32),
  fpinst: required(4, uint32),
  fpinst2: required(5, uint32),
})

export const thread_info_arm = message('thread_info_arm', {
  clear_tid_addr: required(1, uint64, hex),
  tls: required(2, uint32),
  gpregs: required(3, user_arm_regs_entry, hex),
  fpstate: required(4, user_arm_vfpstate_entry),
})
