import { switchOn } from '../../../../remote/kubelet/index.ts'
import { failure, ok } from '../../check.ts'
import { isAtLeast, type Version } from '../../parse-version.ts'
import { runtimeCheck } from './runtime-check.ts'
import { findSetting } from './settings.ts'

/** Whether the container runtime is configured to checkpoint. */
export const runtimeCheckpoint = runtimeCheck({
  id: 'runtime-checkpoint',
  title: 'Checkpoints in the runtime',
  judges: {
    containerd(runtime, version) {
      const setting = findSetting(runtime, 'enable_criu')
      if (!setting) return ok('on, as nothing switches it off')
      if (setting.value !== 'false') return ok(setting.evidence)
      if (!knowsEnableCriu(version)) return ok(`${setting.evidence}: without effect before 2.2.7`)
      return failure([setting.evidence], {
        hint: 'Switch it on.',
        fix: { nodeFile: { ...switchOn.containerd.nodeFile, path: setting.path } },
      })
    },
    'cri-o'(runtime, version) {
      const level = findSetting(runtime, 'container_level_enabled')
      if (level) {
        if (level.value !== 'none') return ok(level.evidence)
        return failure([level.evidence], {
          hint: 'Set it to checkpoint_only, or, to restore there, too, to checkpoint_restore.',
          fix: {
            nodeFile: {
              ...switchOn['cri-o'].nodeFile,
              path: level.path,
              content: '[crio.checkpoint_restore]\ncontainer_level_enabled = "checkpoint_only"\n',
            },
          },
        })
      }
      const support = findSetting(runtime, 'enable_criu_support')
      const isOn = support ? support.value === 'true' : isAtLeast(version, { major: 1, minor: 30 })
      const evidence =
        support?.evidence ?? `nothing is set; the default ${isOn ? 'is on' : 'was off before 1.30'}`
      return isOn ? ok(evidence) : failure([evidence], { hint: 'Switch it on.', fix: switchOn['cri-o'] })
    },
  },
})

/** The setting came with 2.2.7, 2.3.4 and 2.4. */
const knowsEnableCriu = ({ major, minor, patch = 0 }: Version): boolean =>
  (major === 2 && minor === 2 && patch >= 7) ||
  (major === 2 && minor === 3 && patch >= 4) ||
  isAtLeast({ major, minor }, { major: 2, minor: 4 })
