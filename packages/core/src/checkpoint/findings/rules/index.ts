import type { Rule } from '../rule.ts'
import { anonymousCode } from './anonymous-code.ts'
import { changedExecutable } from './changed-executable.ts'
import { changedLibrary } from './changed-library.ts'
import { changedLogin } from './changed-login.ts'
import { deletedCode } from './deleted-code.ts'
import { deletedExecutable } from './deleted-executable.ts'
import { deletedOpenFile } from './deleted-open-file.ts'
import { disguisedExecutable } from './disguised-executable.ts'
import { droppedUser } from './dropped-user.ts'
import { escapedSeccomp } from './escaped-seccomp.ts'
import { extraCapabilities } from './extra-capabilities.ts'
import { gainedCapabilities } from './gained-capabilities.ts'
import { hostNamespaces } from './host-namespaces.ts'
import { joinedProcess } from './joined-process.ts'
import { kernelThreadName } from './kernel-thread-name.ts'
import { libraryPath } from './library-path.ts'
import { memfdCode } from './memfd-code.ts'
import { memfdExecutable } from './memfd-executable.ts'
import { misleadingName } from './misleading-name.ts'
import { noSeccomp } from './no-seccomp.ts'
import { nodeMount } from './node-mount.ts'
import { otherUser } from './other-user.ts'
import { outgoingConnection } from './outgoing-connection.ts'
import { preloadedLibrary } from './preloaded-library.ts'
import { privilegedContainer } from './privileged-container.ts'
import { rawSocket } from './raw-socket.ts'
import { serviceAccountToken } from './service-account-token.ts'
import { shellOnSocket } from './shell-on-socket.ts'
import { stoppedProcess } from './stopped-process.ts'
import { switchedUser } from './switched-user.ts'
import { temporaryExecutable } from './temporary-executable.ts'
import { undeclaredListener } from './undeclared-listener.ts'
import { volumeExecutable } from './volume-executable.ts'
import { writableCode } from './writable-code.ts'

/** All rules, the most telling first. */
export const rules: readonly Rule[] = [
  kernelThreadName,
  deletedExecutable,
  memfdExecutable,
  changedExecutable,
  temporaryExecutable,
  disguisedExecutable,
  shellOnSocket,
  deletedCode,
  privilegedContainer,
  hostNamespaces,
  nodeMount,
  gainedCapabilities,
  escapedSeccomp,
  volumeExecutable,
  misleadingName,
  writableCode,
  memfdCode,
  changedLibrary,
  changedLogin,
  preloadedLibrary,
  extraCapabilities,
  otherUser,
  switchedUser,
  joinedProcess,
  rawSocket,
  undeclaredListener,
  deletedOpenFile,
  anonymousCode,
  stoppedProcess,
  outgoingConnection,
  droppedUser,
  libraryPath,
  serviceAccountToken,
  noSeccomp,
]
