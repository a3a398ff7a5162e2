import type { InferredOptionTypes } from 'yargs'
import { outputFlags } from '../flags/output.ts'
import { rolesFlags } from '../flags/roles.ts'
import type { AddCommand } from './add-command.ts'
import type { Example } from './examples.ts'
import { runRbac } from './run-rbac.ts'

const flags = { ...rolesFlags, output: outputFlags.output }
export type RbacFlags = InferredOptionTypes<typeof flags> & { roles?: string[] | undefined }

const examples: readonly Example[] = [
  ['Let a user checkpoint in one namespace', '$0 rbac capture --for ann -n shop | kubectl apply -f -'],
  [
    'The least for a pipeline, on one node',
    '$0 rbac capture --direct --for sa:ci/runner -n shop --node node-a',
  ],
  ['All roles, to be bound by hand', '$0 rbac'],
  [
    'The API server itself, where kubelets refuse it',
    '$0 rbac api-server --for kube-apiserver-kubelet-client',
  ],
]

/** `kubectl checkpoint rbac ROLE…` */
export const addRbacCommand: AddCommand = (parser, start, illustrate) =>
  parser.command(
    'rbac [roles..]',
    'Print the least rights that commands need, to apply',
    (command) => {
      illustrate(examples)
      return command
        .positional('roles', {
          type: 'string',
          array: true,
          describe:
            'Among capture, capture-direct, annotate, fetch, list, delete, doctor, doctor-direct, why, restore, migrate, api-server; default: all for people',
        })
        .options(flags)
    },
    (parsed) => start((io) => runRbac(parsed, io)),
  )
