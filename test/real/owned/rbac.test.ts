import assert from 'node:assert/strict'
import { listRights, type Right, type RoleName, roleNames } from '@kubectl-checkpoint/core/remote/rbac'
import { cli, readJson, startCli, takeCheckpoints } from '../support/cli.ts'
import { useFolder } from '../support/folder.ts'
import { writeKubeconfig } from '../support/kubeconfig.ts'
import { apply, kubectl } from '../support/kubectl.ts'
import { clusterFile, registry, setApiServerIdentity } from '../support/own-cluster.ts'
import type { Ended } from '../support/process.ts'
import { runCommands } from '../support/remedy.ts'
import { idlePod, startPods, useNamespace } from '../support/workloads.ts'

/** A command that needs a right, and how it ends with all rights of its role. */
interface Use {
  readonly argv: readonly string[]
  /** Default 0. */
  readonly code?: number
  readonly stderr?: RegExp
  readonly stdout?: RegExp
}

interface Places {
  readonly namespace: string
  readonly readers: string
  readonly archive: string
  readonly authority: string
  /** Of the same pod, in the cluster's registry. */
  readonly image: string
}

type Uses = Readonly<Record<string, Use>>

const findContainers = (command: readonly string[]): Uses => ({
  'get pods': { argv: [...command, 'web-0'] },
  'list pods': { argv: [...command, '-l', 'app=web'] },
  ...findWorkloads(command, { code: 4, stderr: /has no pods/ }),
})

/** Workloads without pods will do: to look them up is what takes the right. */
const findWorkloads = (command: readonly string[], ending: Omit<Use, 'argv'>): Uses => {
  const empty = (kind: string): Use => ({ argv: [...command, `${kind}/none`], ...ending })
  return {
    'get deployments.apps': empty('deployment'),
    'get statefulsets.apps': empty('statefulset'),
    'get daemonsets.apps': empty('daemonset'),
    'get replicasets.apps': empty('replicaset'),
    'get jobs.batch': empty('job'),
  }
}

const readNodes = (use: Use): Uses => ({
  'create pods in readers': use,
  'get pods in readers': use,
  'delete pods in readers': use,
  'get pods/exec in readers': use,
  'create pods/exec in readers': use,
})

const nothingUnknown: Omit<Use, 'argv'> = { stdout: /^((?!\n(?:unknown|warning|failure) ).)*$/s }
const gateKnown: Omit<Use, 'argv'> = { stdout: /feature gate ContainerCheckpoint/ }

function doctorUses(way: readonly string[], ofKubelet: Readonly<Record<string, Omit<Use, 'argv'>>>): Uses {
  const argv = ['doctor', ...way, 'web-0']
  return {
    ...findContainers(['doctor', ...way]),
    'get nodes': { argv: ['doctor', ...way, 'node/node-a'], ...nothingUnknown },
    'list nodes': { argv: ['doctor', ...way], ...nothingUnknown },
    ...Object.fromEntries(Object.entries(ofKubelet).map(([right, use]) => [right, { argv, ...use }])),
    ...readNodes({ argv, ...nothingUnknown }),
  }
}

/** The same rule for the same pods in all roles: one proves for all what takes so long. */
const slowToMiss = 'list events in readers'

/** What a mount that fails looks like; without the right to see events it takes a minute and a half to give up. */
const failedMount = { code: 1, stderr: /did not start: FailedMount/ }

const usesOf: Readonly<Record<Exclude<RoleName, 'api-server'>, (places: Places) => Uses>> = {
  capture: () => ({ ...findContainers([]), 'create nodes/proxy': { argv: ['web-0'] } }),
  'capture-direct': ({ authority }) => {
    const direct = ['--direct', '--kubelet-certificate-authority', authority]
    return {
      ...findContainers(direct),
      'create nodes/checkpoint': { argv: ['web-0', ...direct] },
      'get nodes': { argv: ['web-0', ...direct] },
    }
  },
  annotate: () => ({
    'patch pods': { argv: ['web-0', '--annotate'], stderr: /^((?!could not be written).)*$/s },
  }),
  fetch: ({ archive }) => {
    const { 'list pods': _, ...byName } = findContainers(['fetch'])
    return {
      ...byName,
      'list pods': { argv: ['fetch', 'node/node-a'] },
      ...readNodes({ argv: ['inspect', archive] }),
      [slowToMiss]: { argv: ['inspect', 'node-a:/nowhere/a.tar'], ...failedMount },
    }
  },
  why: () => {
    const everywhere = { argv: ['why', 'web-0', '-o', 'json'], stdout: /^((?!"unreadable").)*$/s }
    return {
      ...findContainers(['why']),
      'list events': everywhere,
      ...readNodes(everywhere),
    }
  },
  doctor: () => doctorUses([], { 'create nodes/proxy': nothingUnknown, 'get nodes/proxy': gateKnown }),
  'doctor-direct': ({ authority }) =>
    doctorUses(['--direct', '--kubelet-certificate-authority', authority], {
      'create nodes/checkpoint': nothingUnknown,
      'get nodes/metrics': gateKnown,
      'get nodes/stats': { stdout: /of changed files/ },
    }),
  restore: ({ image }) => {
    const argv = ['restore', image, ...plainHttp]
    const deployment = [...argv, '--as', 'deployment']
    return {
      'get pods': { argv },
      'create pods': { argv },
      'list events': { argv, stderr: /: Pulled: / },
      'get nodes': { argv: [...argv, '--node', 'node-b', '--dry-run=client'] },
      'delete pods': { argv: [...argv, '--wait', '1ms'], code: 7, stderr: /^((?!could not be removed).)*$/s },
      'list pods': { argv: deployment },
      'create deployments.apps': { argv: deployment },
      'delete deployments.apps': {
        argv: [...deployment, '--wait', '1ms'],
        code: 7,
        stderr: /^((?!could not be removed).)*$/s,
      },
    }
  },
  migrate: ({ namespace }) => {
    const argv = ['migrate', '-r', `oci://${registry}/${namespace}/moved`, '--yes', ...plainHttp]
    return {
      'patch pods': { argv: [...argv, 'deploy/moving'] },
      'get persistentvolumeclaims': {
        argv: [...argv, 'claimed', '--dry-run'],
        stderr: /^((?!both\s+nodes\s+can\s+mount).)*$/s,
      },
    }
  },
  list: ({ archive }) => {
    const all: Use = { argv: ['get', '-o', 'json'], stderr: /^((?!note: ).)*$/s }
    return {
      'list pods': { argv: ['get'], stdout: /running/i },
      'list nodes': all,
      ...findWorkloads(['get'], {}),
      ...readNodes({ ...all, stdout: new RegExp(archive.split(':')[1] ?? '') }),
    }
  },
  delete: ({ archive }) => {
    const { 'list pods': _, ...byName } = findContainers(['keep'])
    return {
      ...byName,
      'list pods': { argv: ['keep', 'node/node-a'] },
      'list nodes': { argv: ['prune', '--keep', '1', '--dry-run'], stderr: /^((?!note: ).)*$/s },
      ...readNodes({ argv: ['keep', archive] }),
    }
  },
}

const plainHttp = ['--plain-http', registry]

/** Roles that do nothing by themselves. */
const companions: Partial<Record<RoleName, readonly RoleName[]>> = {
  annotate: ['capture'],
  migrate: ['capture', 'restore', 'delete'],
}

interface RbacObject {
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace?: string }
  readonly rules?: readonly Rule[]
  readonly roleRef?: { readonly name: string }
  readonly subjects?: readonly object[]
}

interface Rule {
  readonly apiGroups: readonly string[]
  readonly resources: readonly string[]
  readonly verbs: readonly string[]
}

describe('kubectl checkpoint rbac', () => {
  const namespace = useNamespace()
  const readers = useNamespace()
  const folder = useFolder()
  let places: Places

  before('starts a pod and checkpoints it', async () => {
    await startPods(namespace, idlePod('web-0', { node: 'node-a', labels: { app: 'web' } }))
    await apply(namespace, ...workloadsWithoutPods)
    const [taken] = await takeCheckpoints('web-0', '--namespace', namespace)
    const archive = taken?.archive ?? ''
    const image = `oci://${registry}/${namespace}/web:ck`
    const pushed = await cli('push', archive, image, ...plainHttp, '--yes')
    assert.equal(pushed.code, 0, pushed.stderr)
    places = { namespace, readers, archive, image, authority: await clusterFile('ca.crt') }
  })

  /** A deployment, and a pod with a volume that both nodes can mount. */
  const startMovable = async () => {
    const claim = `claim-${namespace}`
    const size = { storage: '1Mi' }
    const ofBoth = { accessModes: ['ReadWriteMany'], storageClassName: '' }
    const { spec } = idlePod('claimed', { node: 'node-a' })
    const volumes = [{ name: 'shared', persistentVolumeClaim: { claimName: claim } }]
    const labels = { app: 'moving' }
    const { spec: anywhere } = idlePod('moving')
    await apply(
      namespace,
      {
        apiVersion: 'v1',
        kind: 'PersistentVolume',
        metadata: { name: claim },
        spec: {
          ...ofBoth,
          capacity: size,
          hostPath: { path: `/var/tmp/${claim}`, type: 'DirectoryOrCreate' },
        },
      },
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: claim },
        spec: { ...ofBoth, volumeName: claim, resources: { requests: size } },
      },
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'claimed' }, spec: { ...spec, volumes } },
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'moving' },
        spec: {
          replicas: 1,
          selector: { matchLabels: labels },
          template: { metadata: { labels }, spec: anywhere },
        },
      },
    )
    const wait = ['--namespace', namespace, '--timeout=60s']
    await kubectl('rollout', 'status', 'deployment/moving', ...wait)
    await kubectl('wait', '--for=condition=Ready', 'pod/claimed', ...wait)
  }

  const nameOf = ({ verb, resource, group, namespace }: Right): string =>
    `${verb} ${resource}${group && `.${group}`}${namespace === 'readers' ? ' in readers' : ''}`
  const rightsOf = (role: RoleName) => listRights(role, { namespace: 'pods', readerNamespace: 'readers' })

  for (const role of roleNames) {
    if (role === 'api-server') continue
    describe(role, () => {
      const rights = rightsOf(role).filter((right) => role === 'fetch' || nameOf(right) !== slowToMiss)
      const names = rights.map(nameOf)
      const accountOf = (right?: string) =>
        right === undefined ? `${role}-whole` : `${role}-without-${names.indexOf(right)}`
      const ask = ['--namespace', namespace, '--reader-namespace', readers]
      const cleanUp: (() => Promise<unknown>)[] = []
      let kubeconfigs: ReadonlyMap<string, string>

      before('gives service accounts the role, whole and without each right', async function () {
        this.timeout(180_000)
        // For this role alone: others are about all pods of a node, which have archives.
        if (role === 'migrate') {
          await startMovable()
          cleanUp.push(async () => {
            await kubectl('delete', 'deployment/moving', 'pod/claimed', '--namespace', namespace, '--now')
            await kubectl('delete', 'persistentvolume', `claim-${namespace}`, '--wait=false')
          })
        }
        const accounts = [undefined, ...names].map((right) => accountOf(right))
        await apply(namespace, ...accounts.map(serviceAccount))
        const roles = [role, ...(companions[role] ?? [])]
        const subject = ['--for', `sa:${namespace}/${accountOf()}`]
        const { code, stdout: yaml, stderr } = await cli('rbac', ...roles, ...subject, ...ask)
        assert.equal(code, 0, stderr)
        const heredoc = `<<'EOF'\n${yaml}\nEOF`
        cleanUp.push(() => runCommands(`kubectl delete --ignore-not-found -f - ${heredoc}`))
        await runCommands(`kubectl apply -f - ${heredoc}`)
        const { items } = await readJson<{ items: RbacObject[] }>(['rbac', ...roles, ...subject, ...ask])
        const reduced = names.flatMap((right, index) =>
          items.map((object) => reduce(object, rights[index], accountOf(right))),
        )
        const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: reduced })
        cleanUp.push(() => runCommands(`kubectl delete --ignore-not-found -f - <<'EOF'\n${list}\nEOF`))
        await runCommands(`kubectl apply -f - <<'EOF'\n${list}\nEOF`)
        kubeconfigs = new Map(
          await Promise.all(
            accounts.map(async (account) => {
              const token = (await kubectl('create', 'token', account, '--namespace', namespace)).trim()
              return [account, await writeKubeconfig(folder, { token })] as const
            }),
          ),
        )
      })

      after('takes the roles back', async function () {
        this.timeout(60_000)
        for (const step of cleanUp) await step()
        // They are pods of a node like all others, of which later roles ask for the archives.
        const restored = ['--selector', 'kubectl-checkpoint/restored', '--namespace', namespace]
        await kubectl('delete', 'deployments,pods', ...restored, '--now')
        // Whoever may not end a reader pod, or the process in it, leaves it to its deadline.
        const now = ['--grace-period=0', '--force']
        await kubectl('delete', 'pods', '--all', '--namespace', readers, ...now)
      })

      const reduce = (object: RbacObject, right: Right | undefined, suffix: string): RbacObject => ({
        ...object,
        metadata: { ...object.metadata, name: `${object.metadata.name}.${namespace}.${suffix}` },
        ...(object.rules && { rules: object.rules.flatMap((rule) => without(rule, right, object)) }),
        ...(object.roleRef && {
          roleRef: { ...object.roleRef, name: `${object.roleRef.name}.${namespace}.${suffix}` },
          subjects: [{ kind: 'ServiceAccount', namespace, name: suffix }],
        }),
      })

      /** The rule as several that leave out the right, where it is about it. */
      const without = (rule: Rule, right: Right | undefined, { metadata }: RbacObject): Rule[] => {
        const isOther =
          right === undefined ||
          !rule.apiGroups.includes(right.group) ||
          (metadata.namespace === readers) !== (right.namespace === 'readers') ||
          !metadata.name.startsWith(`kubectl-checkpoint-${role}`)
        if (isOther || !rule.resources.includes(right.resource) || !rule.verbs.includes(right.verb))
          return [rule]
        const { resource, verb } = right
        return [
          { ...rule, resources: rule.resources.filter((name) => name !== resource) },
          { ...rule, resources: [resource], verbs: rule.verbs.filter((name) => name !== verb) },
        ].filter(({ resources, verbs }) => resources.length > 0 && verbs.length > 0)
      }

      const run = async (account: string, { argv }: Use): Promise<Ended> => {
        const env = { KUBECONFIG: kubeconfigs.get(account) ?? '' }
        const to = argv[0] === 'fetch' ? ['--to', folder] : []
        const readerFlags = argv[0] === 'restore' ? [] : ['--reader-namespace', readers]
        return (await startCli([...argv, ...to, '--namespace', namespace, ...readerFlags], { env })).ended
      }
      const worked = ({ code, stdout, stderr }: Ended, use: Use): boolean =>
        code === (use.code ?? 0) && (use.stderr ?? /^/).test(stderr) && (use.stdout ?? /^/).test(stdout)

      it('has a use for each right', () => {
        assert.deepEqual(Object.keys(usesOf[role](places)).sort(), [...names].sort())
      })

      it('is enough', async function () {
        this.timeout(240_000)
        const uses = new Map(Object.values(usesOf[role](places)).map((use) => [use.argv.join(' '), use]))
        for (const use of uses.values()) {
          const ended = await run(accountOf(), use)
          assert.ok(
            worked(ended, use),
            `${use.argv.join(' ')}: ${ended.code}\n${ended.stdout}${ended.stderr}`,
          )
        }
      })

      for (const right of names) {
        it(`is not without: ${right}`, async function () {
          this.timeout(180_000)
          const use = usesOf[role](places)[right]
          assert.ok(use)
          const ended = await run(accountOf(right), use)
          assert.ok(!worked(ended, use), `${use.argv.join(' ')}\n${ended.stdout}${ended.stderr}`)
        })
      }
    })
  }

  describe('api-server', () => {
    before('shows kubelets an identity that may not checkpoint', () => setApiServerIdentity('system'))
    after('shows them the usual one', () => setApiServerIdentity('admin'))

    it('is enough, and needed', async () => {
      const checkpoint = () => cli('web-0', '--namespace', namespace)
      const refused = await checkpoint()
      assert.equal(refused.code, 5, refused.stderr)
      const [, user = ''] = /kubectl checkpoint rbac api-server --for (\S+)\)/.exec(refused.stderr) ?? []
      const { stdout: yaml } = await cli('rbac', 'api-server', '--for', user)
      try {
        await runCommands(`kubectl apply -f - <<'EOF'\n${yaml}\nEOF`)
        const { code, stderr } = await checkpoint()
        assert.equal(code, 0, stderr)
      } finally {
        await runCommands(`kubectl delete -f - <<'EOF'\n${yaml}\nEOF`)
      }
    })
  })
})

const serviceAccount = (name: string) => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name } })

const labels = { app: 'none' }
const template = {
  metadata: { labels },
  spec: { nodeSelector: labels, containers: [{ name: 'none', image: 'none' }] },
}
const selector = { matchLabels: labels }
const metadata = { name: 'none' }
const workloadsWithoutPods: readonly object[] = [
  { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { replicas: 0, selector, template } },
  {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata,
    spec: { replicas: 0, selector, template, serviceName: 'none' },
  },
  { apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata, spec: { replicas: 0, selector, template } },
  { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata, spec: { selector, template } },
  {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata,
    spec: {
      suspend: true,
      template: { ...template, spec: { ...template.spec, restartPolicy: 'Never' } },
    },
  },
]
