/**
 * @returns a date, the time to the second and the zone. `time` is Unix seconds.
 * @param locale The person's, unless named.
 * @param timeZone The person's, unless named.
 */
export function formatTime(time: number, locale?: string, timeZone?: string): string {
  return new Intl.DateTimeFormat(locale, {
    timeZone,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  }).format(new Date(time * 1000))
}

/** @returns a span in its two largest units: `2 d 4 h`, `3 min 09 s`, `12 s`. Negative spans read as none. */
export function formatSpan(seconds: number): string {
  const left = Math.max(0, Math.floor(seconds))
  const [days, hours, minutes, rest] = [
    Math.floor(left / 86_400),
    Math.floor(left / 3_600) % 24,
    Math.floor(left / 60) % 60,
    left % 60,
  ]
  if (days > 0) return hours > 0 ? `${days} d ${hours} h` : `${days} d`
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`
  if (minutes > 0) return rest > 0 ? `${minutes} min ${String(rest).padStart(2, '0')} s` : `${minutes} min`
  return `${rest} s`
}
