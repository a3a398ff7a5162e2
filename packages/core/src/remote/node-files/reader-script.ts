import { decodeFunction } from './encoded-name.ts'

/**
 * What runs in the reader pod: a loop that answers one request line after the other, for as long as the exec
 * connection lives. Needs a POSIX shell and `dd` (skip_bytes, count_bytes), `stat -c`, `sha256sum`, `date`: what
 * busybox and coreutils have. `$1` is the folder it serves, mounted read-only.
 *
 * A request is a line of words: `now`, `tools`, `list`, `stat NAME`, `sha256 NAME`, `range OFFSET LENGTH NAME`. Names
 * are encoded by `encodeName`, decoded by printf's %b, and only ever expanded inside quotes after `./`: they are never part of
 * the script, never an option.
 *
 * Answers, after the greeting `ready` or `missing TOOL`:
 * - `now`: `now SECONDS`, the node's clock since 1970.
 * - `tools`: `tools` and the names of those compressors that are there: `tools gzip zstd`.
 * - `list`: per file `item SIZE MTIME INODE NAMELENGTH`, newline, NAMELENGTH bytes, newline; at the end `end`. Links
 *   are left out, as everything is that is no regular file; but of what is named like a pin, `NAME.keep`, there is an
 *   item whatever it is, for it pins: `0 0 0` where it is no regular file.
 * - `stat`: `file SIZE MTIME INODE`, or `none`.
 * - `sha256`: `sha256 HEX`, or `none`.
 * - `range`: `none`; or `range SIZE MTIME INODE`, newline, and, only if the file is long enough, exactly LENGTH bytes
 *   and a line `done`. A file that changes meanwhile, or can't be read, ends the loop with exit code 3: how many bytes
 *   have gone out is then unknown (busybox's dd doesn't tell), so the answer can't be completed.
 */
export const readerScript = `
cd "$1" || { echo missing folder; exit 1; }
export LC_ALL=C
dd if=/dev/null of=/dev/null iflag=skip_bytes,count_bytes skip=0 count=0 2>/dev/null || { echo missing dd; exit 1; }
for tool in stat sha256sum date; do
  command -v $tool >/dev/null || { echo missing $tool; exit 1; }
done
echo ready
${decodeFunction}
identity() { stat -L -c '%s %Y %i' "$name" 2>/dev/null; }
while read -r request first second third; do
  case $request in
    now) echo "now $(date +%s)" ;;
    tools)
      found=tools
      for tool in gzip zstd; do command -v $tool >/dev/null && found="$found $tool"; done
      echo "$found" ;;
    list)
      for file in * .[!.]*; do
        name=./$file
        if [ -f "$name" ] && [ ! -L "$name" ]; then it=$(identity) || continue
        elif [ "\${file%.keep}" != "$file" ] && { [ -e "$name" ] || [ -L "$name" ]; }; then it='0 0 0'
        else continue
        fi
        printf 'item %s %s\\n%s\\n' "$it" "\${#file}" "$file"
      done
      echo end ;;
    stat)
      decode "$first"
      if [ -f "$name" ] && it=$(identity); then echo "file $it"; else echo none; fi ;;
    sha256)
      decode "$first"
      if [ -f "$name" ] && sum=$(sha256sum <"$name"); then echo "sha256 \${sum%% *}"; else echo none; fi ;;
    range)
      decode "$third"
      it=$(identity)
      if [ ! -f "$name" ] || [ -z "$it" ]; then echo none; continue; fi
      echo "range $it"
      if [ "\${it%% *}" -lt $((first + second)) ]; then continue; fi
      dd if="$name" bs=262144 iflag=skip_bytes,count_bytes skip="$first" count="$second" 2>/dev/null || exit 3
      [ "$(identity)" = "$it" ] || exit 3
      echo done ;;
  esac
done
`
