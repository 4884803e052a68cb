const dateTime =
  /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d(?:\.\d+)?)(?:[Zz]|([+-]\d\d):(\d\d))$/;

/** Seconds since 1970 of a date and time as in RFC 3339; NaN for anything else. */
export function instantOf(value: unknown): number {
  const found = typeof value === 'string' ? dateTime.exec(value) : null;
  if (found === null) return Number.NaN;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1, 7)
    .map(Number);
  const [, , , , , , , zone = '+00', zoneMinutes = '0'] = found;
  const sign = zone.startsWith('-') ? -1 : 1;
  const east = Number(zone) * 60 + sign * Number(zoneMinutes);
  return (daysSince1970(year, month, day) * 24 + hour) * 3600 + (minute - east) * 60 + second;
}

/** Years are counted from March, so that the day that some have is the last. */
function daysSince1970(year: number, month: number, day: number): number {
  const years = month > 2 ? year : year - 1;
  const months = (month + 9) % 12;
  const leaps = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400);
  return years * 365 + leaps + Math.floor((months * 153 + 2) / 5) + day - 719_469;
}
