/** A table of measurements, and notes on what could not be measured. */
export interface Bench {
  readonly title: string
  readonly header: readonly string[]
  rows(): AsyncIterable<Row>
}

/** Its cells, or why there are none. */
export type Row = readonly string[] | { readonly skipped: string }

/** The cells of a row, unless what it measures isn't there. */
export async function rowOf(measure: () => Promise<readonly string[]>): Promise<Row> {
  try {
    return await measure()
  } catch (error) {
    return { skipped: error instanceof Error ? error.message : String(error) }
  }
}
