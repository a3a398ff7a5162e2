import { ok, warning } from '../../check.ts'
import { isAtLeast, type Version } from '../../parse-version.ts'
import { runtimeCheck } from './runtime-check.ts'
import { findSetting } from './settings.ts'

/** Whether a pod could be started from a checkpoint here. Without it, checkpoints are made all the same. */
export const runtimeRestore = runtimeCheck({
  id: 'runtime-restore',
  title: 'Restore in the runtime',
  judges: {
    containerd(runtime, version) {
      if (!isAtLeast(version, { major: 2, minor: 1 }) || isAtLeast(version, { major: 2, minor: 4 })) {
        return warning(['this version has none'], {
          hint: 'containerd restores from 2.1 to 2.3 only: checkpoints of this node start elsewhere.',
        })
      }
      if (!needsSwitch(version)) return ok('on, as in all of these versions')
      const setting = findSetting(runtime, 'enable_experimental_restore_via_create')
      if (setting?.value === 'true') return ok(setting.evidence)
      return warning([setting?.evidence ?? 'off, as nothing switches it on'], {
        hint: 'If pods are to be started from checkpoints here, switch it on. An image can then harm the node: see CVE-2026-53489.',
        fix: {
          nodeFile: {
            path: '/etc/containerd/config.toml',
            content:
              "[plugins.'io.containerd.cri.v1.runtime']\n  enable_experimental_restore_via_create = true\n",
            afterwards: 'Restart containerd: systemctl restart containerd. Containers keep running.',
          },
        },
      })
    },
    'cri-o'(runtime) {
      const level = findSetting(runtime, 'container_level_enabled')
      if (level?.value === 'checkpoint_restore') return ok(level.evidence)
      return warning([level?.evidence ?? 'nothing is set; releases since September 2026 do not restore'], {
        hint: 'If pods are to be started from checkpoints here, switch it on, where the version knows the setting.',
        fix: {
          nodeFile: {
            path: '/etc/crio/crio.conf.d/10-checkpoint.conf',
            content: '[crio.checkpoint_restore]\ncontainer_level_enabled = "checkpoint_restore"\n',
            afterwards: 'Restart CRI-O: systemctl restart crio. Containers keep running.',
          },
        },
      })
    },
  },
})

/** Since 2.2.7 and 2.3.4 restoring is off unless switched on. */
const needsSwitch = ({ minor, patch = 0 }: Version): boolean =>
  (minor === 2 && patch >= 7) || (minor === 3 && patch >= 4)
