import { pem } from './http-server.ts'
import { recordedUser } from './recorded-answer.ts'

const token = 'stand-in-token'

/** Bearer tokens, and whose they are. */
export const users: ReadonlyMap<string, string> = new Map([[token, recordedUser]])

const base64 = (name: Parameters<typeof pem>[0]): string => Buffer.from(pem(name)).toString('base64')

export const buildKubeconfig = (origin: string): string => `apiVersion: v1
kind: Config
current-context: token
contexts:
  - name: token
    context: { cluster: stand-in, user: token, namespace: shop }
  - name: certificate
    context: { cluster: stand-in, user: certificate, namespace: shop }
clusters:
  - name: stand-in
    cluster:
      server: ${origin}
      certificate-authority-data: ${base64('ca.crt')}
users:
  - name: token
    user:
      token: ${token}
  - name: certificate
    user:
      client-certificate-data: ${base64('client.crt')}
      client-key-data: ${base64('client.key')}
`
