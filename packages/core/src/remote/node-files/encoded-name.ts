/** A file name as one word of the protocol: all but plain characters as \0ooo, which printf's %b turns back. */
export function encodeName(name: string): string {
  let word = ''
  for (const byte of Buffer.from(name)) {
    const character = String.fromCharCode(byte)
    word += /[A-Za-z0-9._+-]/.test(character) ? character : `\\0${byte.toString(8).padStart(3, '0')}`
  }
  return word
}

/** Puts the name that a word stands for into `$name`, behind `./`: it is never an option, wherever it stands. */
export const decodeFunction = `decode() { name=$(printf '%b_' "$1"); name=./\${name%_}; }`
