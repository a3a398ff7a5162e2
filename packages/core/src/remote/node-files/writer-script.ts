import { decodeFunction } from './encoded-name.ts'

/**
 * What runs in a writer pod: a loop that answers one request line after the other, for as long as the exec connection
 * lives. Needs a POSIX shell, `stat -c` and `rm`. `$1` is the folder it serves, mounted writable.
 *
 * Whatever it is asked, it touches only files that are named as the kubelet names archives, `checkpoint-….tar`, directly
 * in the folder, and their pins: the same name with `.keep` behind it. No link is followed. A state is a file's
 * `SIZE MTIME INODE`, and what isn't in that state any more is left alone. Names come as `encodeName` encodes them.
 *
 * - `remove SIZE MTIME INODE NAME` removes an archive without a pin.
 * - `pin NAME NOTE` makes its pin with this text, unless there is one; where the text can't be written, it makes none.
 * - `unpin SIZE MTIME INODE NAME` removes its pin, whose state that is.
 *
 * Each is answered, after the greeting `ready` or `missing TOOL`, by one line: `done`; `none` if there is no such archive
 * or pin; `pinned` if there is a pin; `changed` if the state is another; `refused` if it is no regular file, or isn't
 * named so; or `failed REASON`.
 */
export const writerScript = `
cd "$1" || { echo missing folder; exit 1; }
export LC_ALL=C
umask 077
for tool in stat rm; do
  command -v $tool >/dev/null || { echo missing $tool; exit 1; }
done
echo ready
${decodeFunction}
exists() { [ -e "$1" ] || [ -L "$1" ]; }
regular() { [ -f "$1" ] && [ ! -L "$1" ]; }
archive() {
  decode "$1"
  case \${name#./} in
    */*) false ;;
    checkpoint-*.tar) true ;;
    *) false ;;
  esac
}
try() { if error=$("$@" 2>&1); then echo done; else echo "failed \${error##*: }"; fi; }
erase() {
  if ! exists "$1"; then echo none
  elif ! regular "$1"; then echo refused
  elif [ "$(stat -c '%s %Y %i' "$1" 2>/dev/null)" != "$2" ]; then echo changed
  else try rm -f "$1"
  fi
}
write() { set -C; : >"$1" || return; printf '%b' "$2" >>"$1" || { rm -f "$1"; return 1; }; }
while read -r request first second third fourth; do
  case $request in
    remove)
      if ! archive "$fourth"; then echo refused
      elif exists "$name.keep"; then echo pinned
      else erase "$name" "$first $second $third"
      fi ;;
    pin)
      if ! archive "$first"; then echo refused
      elif exists "$name.keep"; then echo pinned
      elif ! exists "$name"; then echo none
      elif ! regular "$name"; then echo refused
      else try write "$name.keep" "$second"
      fi ;;
    unpin)
      if ! archive "$fourth"; then echo refused
      else erase "$name.keep" "$first $second $third"
      fi ;;
  esac
done
`
