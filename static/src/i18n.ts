// Words, numbers and times in the person's language and zone.
//
// The page carries them as data, since its Content-Security-Policy allows no inline script:
//
//   <html lang="hu" data-zone="Europe/Budapest">
//   {% load catalog %}{% catalog %}  →  <script type="application/json" id="catalog">…</script>
//
// The messages are those of gettext's `djangojs` domain: `./dev manage makemessages -d djangojs -l hu` finds
// t("…") and tn("…", "…", n) in static/src. A text without translation is shown in English.
// Parameters are written {name}.

export type Params = Readonly<Record<string, string | number>>;

export interface Catalog {
  /** English → the text, or for a plural the text of each form. */
  readonly messages: Readonly<Record<string, string | readonly string[]>>;
  /** The number of the form for n = 0 … 199, one digit each. */
  readonly forms?: string;
}

/** What a page says about its reader. */
export interface Locale {
  readonly language: string;
  readonly zone: string;
  /** "Warsaw time"; without it the zone is named by its letters. */
  readonly zoneName?: string | undefined;
  readonly catalog: Catalog;
}

const ENGLISH: Locale = { language: "en", zone: "UTC", catalog: { messages: {} } };
let chosen: Locale | null = null;

/** Sets the language, zone and catalog by hand, for tests and for code that runs outside a page. */
export function useLocale(locale: Partial<Locale>): void {
  chosen = { ...ENGLISH, ...locale };
}

export function t(text: string, params: Params = {}): string {
  const found = locale().catalog.messages[text];
  return filled(typeof found === "string" && found !== "" ? found : text, params);
}

/** `n` is there as the parameter {n}, written as the language writes numbers. */
export function tn(singular: string, plural: string, n: number, params: Params = {}): string {
  const { messages, forms } = locale().catalog;
  const texts = messages[singular];
  const translated = typeof texts === "object" && forms !== undefined ? texts[formOf(n, forms)] : undefined;
  return filled(translated || (n === 1 ? singular : plural), { n: formatNumber(n), ...params });
}

export function formatNumber(n: number): string {
  return new Intl.NumberFormat(locale().language).format(n);
}

type Moment = string | number | Date;

/** 14:05 */
export function formatTime(at: Moment): string {
  return formatted(at, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

/** Tuesday, 8 February; with the year when it is not this one. */
export function formatDay(at: Moment, now: Moment = Date.now()): string {
  const isThisYear = formatted(at, { year: "numeric" }) === formatted(now, { year: "numeric" });
  return formatted(at, { weekday: "long", day: "numeric", month: "long", ...(isThisYear ? {} : { year: "numeric" }) });
}

/** A day by itself, as 2022-02-08: the same day in every zone. Written as by `formatDay`. */
export function formatDate(day: string, now: Moment = Date.now()): string {
  const isThisYear = day.startsWith(dayOf(now).slice(0, 4));
  const year = isThisYear ? {} : ({ year: "numeric" } as const);
  return formatted(`${day}T12:00:00Z`, { weekday: "long", day: "numeric", month: "long", ...year, timeZone: "UTC" });
}

/** 14:05 of today; "yesterday, 14:05"; "8 February, 14:05" before. */
export function formatSince(at: Moment, now: Moment = Date.now()): string {
  const days = Math.round((Date.parse(dayOf(now)) - Date.parse(dayOf(at))) / 86_400_000);
  if (days === 0) return formatTime(at);
  const yesterday = () => new Intl.RelativeTimeFormat(locale().language, { numeric: "auto" }).format(-1, "day");
  return `${days === 1 ? yesterday() : formatted(at, { day: "numeric", month: "long" })}, ${formatTime(at)}`;
}

/** 8 February 2022 at 14:05 (Warsaw time): whole, for titles and for screen readers. */
export function formatMoment(at: Moment): string {
  const { zoneName } = locale();
  const whole = formatted(at, {
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    ...(zoneName ? {} : { timeZoneName: "short" as const }),
  });
  return zoneName ? `${whole} (${zoneName})` : whole;
}

/** 2022-02-08 in the reader's zone; equal for two moments of one day. */
export function dayOf(at: Moment): string {
  // Canadian English writes days the ISO way.
  return formatted(at, { year: "numeric", month: "2-digit", day: "2-digit" }, "en-CA");
}

/** 12 bytes, 1.5 kB, 3 MB. */
export function formatSize(bytes: number): string {
  const [unit, size] = inUnit(bytes);
  const options = { style: "unit", unit, unitDisplay: unit === "byte" ? "long" : "short", maximumFractionDigits: size < 10 ? 1 : 0 } as const;
  return new Intl.NumberFormat(locale().language, options).format(size);
}

function inUnit(bytes: number): ["byte" | "kilobyte" | "megabyte", number] {
  if (bytes < 1e3) return ["byte", bytes];
  return bytes < 1e6 ? ["kilobyte", bytes / 1e3] : ["megabyte", bytes / 1e6];
}

/** Names in the order of the reader's alphabet. */
export function compareNames(one: string, other: string): number {
  return one.localeCompare(other, locale().language);
}

/** Making a formatter costs a hundred times as much as using one, and a log shows many times. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatted(at: Moment, options: Intl.DateTimeFormatOptions, language = british(locale().language)): string {
  const timeZone = locale().zone;
  const key = JSON.stringify([language, timeZone, options]);
  const known = formatters.get(key);
  const formatter = known ?? new Intl.DateTimeFormat(language, { timeZone, ...options });
  if (known === undefined) formatters.set(key, formatter);
  return formatter.format(new Date(at));
}

/** English here is that of Europe: day before month. */
function british(language: string): string {
  return language === "en" ? "en-GB" : language;
}

function filled(text: string, params: Params): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}

/** Plural rules look at the last two digits and at small numbers, so 200 forms say all. */
function formOf(n: number, forms: string): number {
  const whole = Math.abs(Math.trunc(n));
  return Number(forms[whole < forms.length ? whole : 100 + (whole % 100)] ?? 0);
}

function locale(): Locale {
  chosen ??= typeof document === "undefined" ? ENGLISH : localeOf(document);
  return chosen;
}

function localeOf(page: Document): Locale {
  const { lang, dataset } = page.documentElement;
  const catalog = page.getElementById("catalog")?.textContent;
  return {
    language: lang || ENGLISH.language,
    zone: dataset["zone"] || ENGLISH.zone,
    zoneName: dataset["zoneName"],
    catalog: catalog ? (JSON.parse(catalog) as Catalog) : ENGLISH.catalog,
  };
}
