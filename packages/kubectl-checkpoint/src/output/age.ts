const units = [
  { letter: 's', seconds: 1, below: 120 },
  { letter: 'm', seconds: 60, below: 120 },
  { letter: 'h', seconds: 3600, below: 48 },
  { letter: 'd', seconds: 86_400, below: Number.POSITIVE_INFINITY },
]

/** `45s`, `90m`, `47h`, `12d`, as kubectl shows how old something is. Undefined for a time to come, and for none. */
export function age(time: string, now: Date): string | undefined {
  const seconds = (now.getTime() - Date.parse(time)) / 1000
  const unit = units.find(({ seconds: length, below }) => seconds / length < below)
  return seconds >= 0 && unit ? `${Math.floor(seconds / unit.seconds)}${unit.letter}` : undefined
}
