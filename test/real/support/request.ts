import { readFile } from 'node:fs/promises'
import { request } from 'node:https'
import { clusterFile } from './own-cluster.ts'

export interface Answer {
  readonly status: number
  readonly contentType: string | undefined
  readonly body: string
}

/** As whom a request is made: with the administrator's certificate, with a bearer token, or as nobody. */
export type Credentials = 'admin' | 'anonymous' | { readonly token: string }

/** The raw answer of our own cluster's API server or kubelets, as no client library shows it. */
export async function sendRaw(
  method: string,
  url: string,
  credentials: Credentials = 'admin',
): Promise<Answer> {
  const read = async (name: string) => readFile(await clusterFile(name))
  const ca = await read('ca.crt')
  const certificate = credentials === 'admin' && {
    cert: await read('admin.crt'),
    key: await read('admin.key'),
  }
  const headers = typeof credentials === 'object' ? { authorization: `Bearer ${credentials.token}` } : {}
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  request(url, { method, ca, headers, ...certificate }, async (response) => {
    const body = (await response.setEncoding('utf8').toArray()).join('')
    resolve({ status: response.statusCode ?? 0, contentType: response.headers['content-type'], body })
  })
    .once('error', reject)
    .end()
  return promise
}
