// The same moment on the clocks of the countries. `synergy/people/zones.py` holds the same list.

const ZONE_OF_COUNTRY: Readonly<Record<string, string>> = {
  LV: "Europe/Riga",
  BG: "Europe/Sofia",
  HU: "Europe/Budapest",
  SK: "Europe/Bratislava",
  PL: "Europe/Warsaw",
};

export interface ZoneTime {
  /** 13:00 */
  readonly clock: string;
  /** Codes, in the order of the alphabet. */
  readonly countries: readonly string[];
}

/** West first; countries with the same clock together. */
export function zoneTimes(at: string, countries: Iterable<string>): ZoneTime[] {
  const shared = new Map<string, string[]>();
  for (const country of [...new Set(countries)].sort()) {
    const zone = ZONE_OF_COUNTRY[country];
    if (zone === undefined) continue;
    const clock = clockIn(zone, at);
    shared.set(clock, [...(shared.get(clock) ?? []), country]);
  }
  const east = (one: ZoneTime) => offset(ZONE_OF_COUNTRY[one.countries[0] ?? ""] ?? "UTC", at);
  return [...shared].map(([clock, some]) => ({ clock, countries: some })).sort((one, other) => east(one) - east(other));
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function clockIn(zone: string, at: string): string {
  const known = formatters.get(zone);
  const formatter = known ?? new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  if (known === undefined) formatters.set(zone, formatter);
  return formatter.format(new Date(at));
}

/** Minutes ahead of UTC, up to what a day wraps. */
function offset(zone: string, at: string): number {
  const [hours = 0, minutes = 0] = clockIn(zone, at).split(":").map(Number);
  const utc = new Date(at);
  const ahead = hours * 60 + minutes - (utc.getUTCHours() * 60 + utc.getUTCMinutes());
  return ((ahead + 720 + 1440) % 1440) - 720;
}
