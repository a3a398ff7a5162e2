/**
 * What sends a file out of the reader pod, over an exec connection of its own that ends with it. Its words: how it is
 * compressed (`none`, `gzip`, `zstd`), the first byte, how many to send and how far it is from there to the next ones
 * to be sent, the file's name, and the folder. Nothing of a name is ever part of the script, nor an option.
 *
 * It says `none`, or `file SIZE MTIME INODE`, newline, and the bytes, as one gzip member or zstd frame. Exit code 3: the
 * file is another one than it was at the beginning.
 */
export const streamScript = `
cd "$6" || { echo missing folder; exit 1; }
export LC_ALL=C
name=./$5
identity() { stat -L -c '%s %Y %i' "$name" 2>/dev/null; }
it=$(identity)
if [ ! -f "$name" ] || [ -z "$it" ]; then echo none; exit; fi
echo "file $it"
send() {
  from=$1
  while [ "$from" -lt "\${it%% *}" ]; do
    dd if="$name" bs=262144 iflag=skip_bytes,count_bytes skip="$from" count="$2" 2>/dev/null || break
    from=$((from + $3))
  done
}
case $1 in
  none) send "$2" "$3" "$4" ;;
  gzip) send "$2" "$3" "$4" | gzip -1 -c ;;
  zstd) send "$2" "$3" "$4" | zstd -1 -q -c ;;
esac
[ "$(identity)" = "$it" ] || exit 3
`
