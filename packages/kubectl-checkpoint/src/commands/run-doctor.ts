import { doctor } from '@kubectl-checkpoint/core/actions'
import { openContext } from '../context.ts'
import { readDirectTls } from '../flags/direct-tls.ts'
import { doctorRequest } from '../flags/doctor.ts'
import { follow } from '../follow.ts'
import type { Io } from '../io.ts'
import { doctorView } from '../output/doctor.ts'
import { parseOutputFormat } from '../output/format.ts'
import { showOutcome } from '../show.ts'
import type { DoctorCommandFlags } from './doctor.ts'

export async function runDoctor(flags: DoctorCommandFlags, io: Io): Promise<number> {
  const format = await parseOutputFormat(flags.output)
  await using context = openContext(flags, io)
  const request = doctorRequest(flags.targets ?? [], flags, await readDirectTls(flags))
  const report = await follow(doctor(request, context, { signal: io.signal }), io)
  const looked = report.nodes.length + report.containers.length
  const exitCode = await showOutcome(report, looked, doctorView, format, flags, io)
  // A checkpoint that would fail weighs more than a name that nothing was found by.
  return report.verdict === 'fails' || exitCode === 0 ? exitCodes[report.verdict] : exitCode
}

const exitCodes = { works: 0, fails: 6, unknown: 3 } as const
