import { Gauge } from './gauge.ts'

/** What clients have a stand-in bear, now and at its worst. */
export class Load {
  /** TLS connections, those of exec among them. */
  readonly connections = new Gauge()
  readonly execs = new Gauge()
  /** Pods that clients made. */
  readonly pods = new Gauge()
  #checkpoints = new Map<string, Gauge>()

  /** Checkpoint calls that the kubelet of a node works on. */
  checkpointsOn(node: string): Gauge {
    const gauge = this.#checkpoints.get(node) ?? new Gauge()
    this.#checkpoints.set(node, gauge)
    return gauge
  }
}
