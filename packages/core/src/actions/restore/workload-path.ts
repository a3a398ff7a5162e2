import { apiPath } from '../../remote/cluster/index.ts'
import type { WorkloadManifest } from './workload.ts'

/** Where the API server has objects of that kind. */
export const workloadsPath = (kind: WorkloadManifest['kind'], namespace: string): string =>
  kind === 'Pod'
    ? apiPath`/api/v1/namespaces/${namespace}/pods`
    : apiPath`/apis/apps/v1/namespaces/${namespace}/deployments`
