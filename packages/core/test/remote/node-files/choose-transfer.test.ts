import { deepEqual, equal, ok } from 'node:assert/strict'
import { chooseTransfer, type TransferMeasurement } from '../../../src/remote/node-files/choose-transfer.ts'
import type { TransferWay } from '../../../src/remote/node-files/file-stream.ts'

const plain: TransferWay = { compression: 'none', connections: 1 }
const gzip: TransferWay = { compression: 'gzip', connections: 1 }
const plainTwice: TransferWay = { compression: 'none', connections: 2 }
const gzipTwice: TransferWay = { compression: 'gzip', connections: 2 }
const ways = [plain, gzip, plainTwice, gzipTwice]

const mebibyte = 2 ** 20
const openMs = 54

/** How fast a way is at a byte of the file, in bytes a second. */
type World = (way: TransferWay, position: number) => number

/** A transfer of `size` bytes in `world`, in steps of 10 ms, with the way that was in use at each step. */
function simulate(world: World, size: number, from: readonly TransferWay[] = ways) {
  const measurements = new Map<TransferWay, TransferMeasurement>()
  const used: TransferWay[] = []
  let now = 0
  let position = 0
  const choose = () =>
    chooseTransfer({ ways: from, measurements: [...measurements.values()], bytesLeft: size - position, now })
  for (let choice = choose(); position < size; ) {
    if (used.at(-1) !== choice.way) {
      now += openMs
      used.push(choice.way)
    }
    const look = { position, now }
    while (position < size && now - look.now < choice.forMs) {
      position += world(choice.way, position) / 100
      now += 10
    }
    const { way } = choice
    const bytesPerSecond = ((position - look.position) / (now - look.now)) * 1000
    measurements.set(way, { way, bytesPerSecond, openMs, at: now })
    choice = choose()
  }
  return { ms: now, used, last: used.at(-1) }
}

const megabytes = (count: number) => count * mebibyte

describe('chooseTransfer', () => {
  it('begins with the first way', () => {
    const { way } = chooseTransfer({ ways, measurements: [], bytesLeft: 1, now: 0 })
    equal(way, plain)
  })

  it('tries nothing over a fast link, where a trial would take longer than it saves', () => {
    const { used } = simulate(() => megabytes(260), megabytes(1024))
    deepEqual(used, [plain])
  })

  it('tries nothing for a small file', () => {
    deepEqual(simulate(() => megabytes(10), megabytes(30)).used, [plain])
  })

  it('compresses over a slow link what can be compressed', () => {
    const size = megabytes(200)
    const { last, ms } = simulate((way) => megabytes(way.compression === 'gzip' ? 60 : 10), size)
    equal(last?.compression, 'gzip')
    ok(ms < 6_000, `${ms} ms`)
  })

  it('compresses nothing that cannot be compressed, and loses little by trying', () => {
    const { last, ms } = simulate((way) => megabytes(way.compression === 'gzip' ? 5 : 10), megabytes(400))
    equal(last, plain)
    ok(ms < 40_000 * 1.08, `${ms} ms`)
  })

  it('takes two connections where each is slow by itself, with what compresses best', () => {
    const world: World = ({ compression, connections }) =>
      megabytes(10) * connections * (compression === 'gzip' ? 3 : 1)
    equal(simulate(world, megabytes(1024)).last, gzipTwice)
    equal(simulate(world, megabytes(1024), [plain, plainTwice]).last, plainTwice)
  })

  it('takes no other way for less than a fifth more', () => {
    equal(simulate((way) => megabytes(way === gzip ? 11.5 : 10), megabytes(400)).last, plain)
  })

  it('leaves a way when it gets slower than another was', () => {
    const size = megabytes(600)
    const world: World = ({ compression }, position) =>
      compression === 'none' ? megabytes(10) : megabytes(position < size / 2 ? 50 : 4)
    const { used, last } = simulate(world, size)
    ok(used.includes(gzip))
    equal(last?.compression, 'none')
  })

  it('tries again from time to time, since what follows may be of another kind', () => {
    const size = megabytes(1000)
    const world: World = ({ compression }, position) =>
      compression === 'none' ? megabytes(10) : megabytes(position < size / 2 ? 4 : 80)
    equal(simulate(world, size).last?.compression, 'gzip')
  })

  it('tries nothing over a link so slow that a trial would bring too little to tell', () => {
    const { used } = simulate(() => 20_000, megabytes(5))
    deepEqual(used, [plain])
  })

  it('has one way to choose from at times', () => {
    deepEqual(simulate(() => megabytes(1), megabytes(100), [gzip]).used, [gzip])
  })
})
