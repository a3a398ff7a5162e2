import type { Command } from './command.ts'
import { createCommand } from './create.ts'
import { fetchCommand } from './fetch.ts'
import { inspectCommand } from './inspect.ts'
import { versionCommand } from './version.ts'

/** The one that is meant where no command is named. */
export const defaultCommand: Command = createCommand

export const allCommands: readonly Command[] = [createCommand, fetchCommand, inspectCommand, versionCommand]
