import { Box, render, Static, Text } from 'ink'
import stringWidth from 'string-width'
import type { OutputStream } from '../io.ts'

/** The part of the terminal below the lines that stay. */
export interface LiveView {
  draw(rows: readonly string[]): void
  /** One line or several. */
  log(lines: string): void
  /** Erases the rows; what was logged stays. */
  close(): Promise<void>
}

/** Draws to `stderr`, which is a terminal, without touching the keyboard. */
export function openLiveView(stderr: OutputStream): LiveView {
  let logged: readonly string[] = []
  let rows: readonly string[] = []
  const screen = () => <Screen logged={logged} rows={rows} />
  const ink = render(screen(), {
    // Ink's type asks for all of a WriteStream; it writes, listens for `resize` and reads the size.
    stdout: stderr as NodeJS.WriteStream,
    exitOnCtrlC: false,
    patchConsole: false,
  })
  return {
    draw(newRows) {
      rows = newRows
      ink.rerender(screen())
    },
    log(lines) {
      logged = [...logged, lines]
      ink.rerender(screen())
    },
    async close() {
      rows = []
      ink.rerender(screen())
      ink.unmount()
      await ink.waitUntilExit()
    },
  }
}

function Screen({ logged, rows }: { readonly logged: readonly string[]; readonly rows: readonly string[] }) {
  return (
    <>
      <Static items={[...logged]}>
        {(lines, index) => (
          // As wide as they are: Ink would break file names and commands at the edge of the terminal.
          <Box key={index} width={widest(lines)} flexShrink={0}>
            <Text>{lines}</Text>
          </Box>
        )}
      </Static>
      {rows.length > 0 && (
        <Box flexDirection="column">
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is a place on the screen; two may read alike
            <Text key={index} wrap="truncate">
              {row}
            </Text>
          ))}
        </Box>
      )}
    </>
  )
}

const widest = (lines: string): number =>
  lines.split('\n').reduce((width, line) => Math.max(width, stringWidth(line)), 0)
