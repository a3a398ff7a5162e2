import assert from 'node:assert/strict'
import { ClusterError } from '../../../src/remote/cluster/errors.ts'
import { connectFailure, connectionLoss } from '../../../src/remote/cluster/network-error.ts'

const failure = (code: string, message = 'words'): Error => Object.assign(new Error(message), { code })
const origin = 'https://api'

describe('connectFailure', () => {
  for (const [code, hint] of [
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /--certificate-authority/],
    ['SELF_SIGNED_CERT_IN_CHAIN', /--certificate-authority/],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', /--certificate-authority/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', /--tls-server-name/],
    ['CERT_HAS_EXPIRED', /--insecure-skip-tls-verify/],
    ['CERT_NOT_YET_VALID', /clocks/],
  ] as const) {
    it(`says TLS_UNTRUSTED of ${code}, and what helps`, () => {
      const error = connectFailure(origin, failure(code))
      assert.equal(error.code, 'TLS_UNTRUSTED')
      assert.match(error.hint ?? '', hint)
    })
  }

  for (const [code, hint] of [
    ['SELF_SIGNED_CERT_IN_CHAIN', 'a'],
    ['CERT_HAS_EXPIRED', 'b'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'c'],
    ['ECONNREFUSED', 'd'],
  ] as const) {
    it(`gives the server's own hint of ${code}`, () => {
      const hints = { untrusted: 'a', expired: 'b', otherName: 'c', unreachable: 'd' }
      assert.equal(connectFailure(origin, failure(code), hints).hint, hint)
    })
  }

  for (const [cause, words] of [
    [failure('ENOTFOUND'), 'no such host'],
    [new DOMException('The operation was aborted', 'TimeoutError'), 'no answer'],
    [new AggregateError([failure('ECONNREFUSED'), failure('ENETUNREACH')]), 'nothing listens there'],
    [failure('EPROTO', 'wrong version number'), 'wrong version number'],
  ] as const) {
    it(`says UNREACHABLE: ${words}`, () => {
      const error = connectFailure(origin, cause)
      assert.equal(error.code, 'UNREACHABLE')
      assert.equal(error.message, `https://api cannot be reached: ${words}`)
      assert.equal(error.cause, cause)
    })
  }
})

describe('connectionLoss', () => {
  for (const [cause, words] of [
    [failure('ECONNRESET'), 'the connection was cut'],
    [failure('UND_ERR_SOCKET', 'other side closed'), 'other side closed'],
  ] as const) {
    it(`says CONNECTION_LOST: ${words}`, () => {
      const error = connectionLoss(origin, cause)
      assert.equal(error.code, 'CONNECTION_LOST')
      assert.equal(error.message, `https://api gave no complete answer: ${words}`)
      assert.equal(error.cause, cause)
    })
  }

  it('leaves what is explained already as it is', () => {
    const error = new ClusterError('CREDENTIALS_FAILED', 'the plugin failed')
    assert.equal(connectionLoss(origin, error), error)
  })
})
