/** A running action: iterate its events once, await its result; aborting ends both and undoes what it made. */
export interface Run<Event, Result> extends AsyncIterable<Event> {
  readonly result: Promise<Result>
}

type Emit<Event> = (event: Event) => void

/**
 * Starts `work` and hands its events over as a `Run`. Unread events are kept in order, except that a newer one
 * with the same `coalesce` key replaces an unread older one, so a slow reader costs no memory.
 */
export function startRun<Event, Result>(
  work: (emit: Emit<Event>) => Promise<Result>,
  coalesce: (event: Event) => string | undefined = () => undefined,
): Run<Event, Result> {
  let unread: Event[] = []
  let wake = Promise.withResolvers<void>()
  let ended = false
  const emit: Emit<Event> = (event) => {
    const key = coalesce(event)
    if (key !== undefined) unread = unread.filter((older) => coalesce(older) !== key)
    unread.push(event)
    wake.resolve()
  }
  const result = work(emit).finally(() => {
    ended = true
    wake.resolve()
  })
  // The one who awaits `result` sees its rejection; iterating alone must not crash the process.
  result.catch(() => {})
  return {
    result,
    async *[Symbol.asyncIterator]() {
      while (true) {
        for (let event = unread.shift(); event !== undefined; event = unread.shift()) yield event
        if (ended) return
        await wake.promise
        wake = Promise.withResolvers()
      }
    },
  }
}
