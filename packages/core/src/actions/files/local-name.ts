// What Windows takes for devices in any folder, whatever follows a dot.
const windowsDevice = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=$|\.)/i
// `%` too, so that no two names become one.
const windowsReserved = /[\0-\x1f%<>:"|?*\\]|[. ]$/g

/**
 * What a file of the container is called on this machine. Its name is kept, but on Windows: what that has no names for
 * is written as `%3A`.
 * @param name Without slashes.
 * @param platform As `process.platform` has it.
 */
export function localName(name: string, platform: NodeJS.Platform): string {
  if (platform !== 'win32') return name
  return name.replace(windowsReserved, escapeCharacter).replace(windowsDevice, (device) => {
    const [first = ''] = device
    return escapeCharacter(first) + device.slice(1)
  })
}

const escapeCharacter = (character: string): string =>
  `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
