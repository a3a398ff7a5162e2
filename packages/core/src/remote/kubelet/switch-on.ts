import type { Fix } from '../../errors.ts'

/** How checkpoints are switched on in the configuration of a container runtime. */
export const switchOn = {
  containerd: {
    nodeFile: {
      path: '/etc/containerd/config.toml',
      content: "[plugins.'io.containerd.cri.v1.runtime']\n  enable_criu = true\n",
      afterwards: 'Restart containerd: systemctl restart containerd. Containers keep running.',
    },
  },
  'cri-o': {
    nodeFile: {
      path: '/etc/crio/crio.conf.d/10-checkpoint.conf',
      content: '[crio.runtime]\nenable_criu_support = true\n',
      afterwards: 'Restart CRI-O: systemctl restart crio. Containers keep running.',
    },
  },
} as const satisfies Record<string, Fix>
