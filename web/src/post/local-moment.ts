/** A moment as `datetime-local` fields write it, on the person's own clock: `2026-11-22T15:30`. Pure but for the time zone. */
export function localMoment(moment: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
  return `${day}T${two(moment.getHours())}:${two(moment.getMinutes())}`;
}
