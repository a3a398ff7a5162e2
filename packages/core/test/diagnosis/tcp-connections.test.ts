import assert from 'node:assert/strict'
import { fixtureText } from '@kubectl-checkpoint/test-support'
import { parseCriuLog } from '../../src/diagnosis/criu-log.ts'
import { describeTcpConnections, findTcpConnections } from '../../src/diagnosis/tcp-connections.ts'

const collected = (inode: string, address: string, port: number, state: string, family = 'AF_INET'): string =>
  `(00.1) inet: \tCollected: ino  0x${inode} family ${family.padEnd(10)} type SOCK_STREAM    ` +
  `port ${String(port).padStart(8)} state ${state.padEnd(16)} src_addr ${address}`

describe('findTcpConnections', () => {
  it('finds both ends of a connection within the pod, and not the listeners', () => {
    const log = parseCriuLog(fixtureText('logs/criu-dump-tcp-established.log'))
    assert.deepEqual(findTcpConnections(log), {
      sockets: [
        { inode: 0x187b5, address: '127.0.0.1:37578', state: 'TCP_ESTABLISHED' },
        { inode: 0x187b6, address: '127.0.0.1:7001', state: 'TCP_ESTABLISHED' },
      ],
      refused: { inode: 0x187b5, address: '127.0.0.1:37578', state: 'TCP_ESTABLISHED' },
    })
  })

  it('writes IPv6 addresses in brackets and counts half-closed connections', () => {
    const log = parseCriuLog(collected('a1', 'fd00::5', 5432, 'TCP_CLOSE_WAIT', 'AF_INET6'))
    assert.deepEqual(findTcpConnections(log).sockets, [
      { inode: 0xa1, address: '[fd00::5]:5432', state: 'TCP_CLOSE_WAIT' },
    ])
    assert.equal(findTcpConnections(log).refused, undefined)
  })
})

describe('describeTcpConnections', () => {
  it('names five of many', () => {
    const lines = Array.from({ length: 7 }, (_, i) =>
      collected(`b${i}`, '10.0.0.1', 4000 + i, 'TCP_ESTABLISHED'),
    )
    const text = describeTcpConnections(parseCriuLog(lines.join('\n')))
    assert.match(text, /7 connected sockets.*10\.0\.0\.1:4004 and 2 more\.$/)
  })

  it('says so when the log does not tell', () => {
    assert.equal(describeTcpConnections(parseCriuLog('')), 'The log does not say which.')
  })
})
