// "Firefox 128 on Windows" from what a browser says of itself, for a report that people read.

interface Hints {
  readonly brands?: readonly { readonly brand: string; readonly version: string }[];
  readonly platform?: string;
}

const NAMES: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(?:e|A|iOS)?\/(\d+)/, "Edge"],
  [/\bOPR\/(\d+)/, "Opera"],
  [/\b(?:Firefox|FxiOS)\/(\d+)/, "Firefox"],
  [/\b(?:(?:Headless)?Chrome|CriOS)\/(\d+)/, "Chrome"],
  [/\bVersion\/([\d.]+).*\bSafari\//, "Safari"],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/Windows/, "Windows"],
  [/Android/, "Android"],
  [/iPhone|iPad/, "iOS"],
  [/Mac OS X/, "macOS"],
  [/Linux|X11/, "Linux"],
];

export function browserName(userAgent: string, hints: Hints | undefined): string {
  const brand = hints?.brands?.find(({ brand: name }) => !/not.?a.?brand|chromium/i.test(name.replace(/[^a-z]/gi, " ")));
  const name = brand ? `${brand.brand} ${brand.version}` : nameIn(userAgent);
  const system = hints?.platform || SYSTEMS.find(([pattern]) => pattern.test(userAgent))?.[1];
  if (name === null) return userAgent.slice(0, 120);
  return system ? `${name} · ${system}` : name;
}

function nameIn(userAgent: string): string | null {
  for (const [pattern, name] of NAMES) {
    const version = pattern.exec(userAgent)?.[1];
    if (version !== undefined) return `${name} ${version}`;
  }
  return null;
}
