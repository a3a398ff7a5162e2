import type { Inspection } from '@kubectl-checkpoint/core/documents'
import type { TextOptions } from '../view.ts'

/** One part of an inspection as text. */
export interface SectionView {
  readonly title: string
  toText(inspection: Inspection, options: SectionOptions): string
}

interface SectionOptions extends TextOptions {
  /** Whether the user named processes, whose details are wanted then. */
  readonly ofProcesses: boolean
}
