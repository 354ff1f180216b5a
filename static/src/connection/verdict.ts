// What the findings mean, in words: for the person, and for those who look after the network.

import { formatMoment, formatNumber, t, tn } from "../i18n";
import { type Findings, median, type Step, worst } from "./findings";

/** `care`: works, but not well. */
export type Level = "done" | "care" | "alarm" | "info";

export interface Verdict {
  readonly level: Level;
  readonly title: string;
  /** What it means, and what to do. */
  readonly advice: readonly string[];
}

export interface Line {
  readonly level: Level;
  /** One word for the badge. */
  readonly word: string;
  readonly detail: string;
}

const SLOW_MEDIAN = 400;
const SLOW_WORST = 2_000;
const CLOCK_OFF = 60_000;
const SAME_TIME = 1_000;

export function verdictOf(findings: Findings): Verdict {
  const main = mainVerdict(findings);
  return { ...main, advice: [...main.advice, ...furtherAdvice(findings)] };
}

function mainVerdict({ site, socket, polling }: Findings): Verdict {
  if (site.roundTrips.length === 0) return unreachable();
  switch (socket.outcome) {
    case "works":
      return isSlow(socket.roundTrips) || socket.lost > 0 ? slow() : good();
    case "broke":
      return unstable();
    case "signed_out":
      return {
        level: "info",
        title: t("Your network lets the live connection through."),
        advice: [t("Sign in and check again, to see how well it works.")],
      };
    case "full":
      return {
        level: "care",
        title: t("Synergy is open in too many tabs."),
        advice: [t("Close some of them, then check again.")],
      };
    case "blocked":
      return polling.outcome === "cut" ? blockedAndCut() : blocked();
  }
}

function good(): Verdict {
  return {
    level: "done",
    title: t("Live connection works."),
    advice: [t("You need not do anything.")],
  };
}

function slow(): Verdict {
  return {
    level: "care",
    title: t("Live connection works, but it is slow."),
    advice: [
      t("Messages come a little late. Nothing is lost."),
      t("Move closer to the wireless router, use a cable, or close video calls and downloads. Then check again."),
    ],
  };
}

function unstable(): Verdict {
  return {
    level: "care",
    title: t("Live connection works, but it breaks off."),
    advice: [
      t("Synergy connects again by itself and catches up. Nothing is lost."),
      t("If you are on a wireless network, try another place or a cable. If it stays like this, send the result to your IT department."),
    ],
  };
}

function blocked(): Verdict {
  return {
    level: "care",
    title: t("Your network blocks WebSocket. Synergy uses the slower way."),
    advice: [
      t("You can work: messages come a moment later, and you do not see who is typing."),
      t("Send the result below to your IT department, so that they can open the faster way."),
    ],
  };
}

function blockedAndCut(): Verdict {
  return {
    level: "alarm",
    title: t("Your network blocks WebSocket and breaks off requests that wait."),
    advice: [
      t("Synergy works, but new messages come late."),
      t("Send the result below to your IT department, or try another network, for example that of your phone."),
    ],
  };
}

function unreachable(): Verdict {
  return {
    level: "alarm",
    title: t("Synergy cannot be reached now."),
    advice: [
      t("Look whether other sites open. If they do, wait a minute and check again."),
      t("If it stays like this, send the result to your IT department and tell the organisers."),
    ],
  };
}

function furtherAdvice({ storage, site }: Findings): string[] {
  const advice = [];
  if (!storage.cookies) advice.push(t("Your browser blocks cookies. Allow them for this site, or you cannot sign in."));
  if (!storage.local) advice.push(t("Your browser keeps nothing for this site. Unsent messages are lost when you reload a page."));
  if (Math.abs(site.clockOffset ?? 0) > CLOCK_OFF) {
    advice.push(t("The clock of this computer is wrong. Let it set itself by the network."));
  }
  return advice;
}

function isSlow(roundTrips: readonly number[]): boolean {
  return (median(roundTrips) ?? 0) > SLOW_MEDIAN || (worst(roundTrips) ?? 0) > SLOW_WORST;
}

/** What one step found. */
export const LINES: { readonly [Key in Step]: (finding: Findings[Key]) => Line } = {
  browser: ({ name }) => ({ level: "done", word: t("Good"), detail: t("{name}. Our program runs in it.", { name }) }),
  storage: ({ cookies, local }) => ({
    level: cookies && local ? "done" : cookies ? "care" : "alarm",
    word: cookies && local ? t("Good") : t("Blocked"),
    detail: `${cookies ? t("Cookies are kept.") : t("Cookies are blocked.")} ${local ? t("Storage works.") : t("Storage is blocked.")}`,
  }),
  site: ({ roundTrips, failures }) => {
    const total = roundTrips.length + failures;
    if (roundTrips.length === 0) return { level: "alarm", word: t("No answer"), detail: t("None of {n} requests came back.", { n: total }) };
    const detail = t("{answered} of {total} requests came back.", { answered: roundTrips.length, total });
    return { level: failures > 0 ? "care" : "done", word: failures > 0 ? t("Unsteady") : t("Good"), detail: `${detail} ${times(roundTrips)}` };
  },
  socket: (finding) => {
    const word = { works: t("Works"), blocked: t("Blocked"), broke: t("Broke off"), signed_out: t("Gets through"), full: t("Full") };
    const level = { works: "done", blocked: "alarm", broke: "care", signed_out: "info", full: "care" } as const;
    return { level: level[finding.outcome], word: word[finding.outcome], detail: socketDetail(finding) };
  },
  polling: ({ outcome, waited }) => {
    const seconds = formatSeconds(waited);
    if (outcome === "works") return { level: "done", word: t("Works"), detail: t("A request waited {seconds} seconds and was answered.", { seconds }) };
    if (outcome === "cut") return { level: "alarm", word: t("Broke off"), detail: t("A request that waits was broken off after {seconds} seconds.", { seconds }) };
    if (outcome === "blocked") return { level: "alarm", word: t("No answer"), detail: t("The site did not answer at all.") };
    return { level: "info", word: t("Not known"), detail: t("Sign in to check this.") };
  },
};

function socketDetail({ outcome, opened, roundTrips, lost, held, closeCode }: Findings["socket"]): string {
  const parts = [];
  if (outcome === "blocked") parts.push(t("It did not open within 5 seconds."));
  if (outcome === "signed_out") parts.push(t("It opened, and asked you to sign in."));
  if (outcome === "full") parts.push(t("The server takes no more tabs of yours."));
  if (opened !== null) parts.push(t("Open after {n} ms, held for {seconds} seconds.", { n: formatNumber(opened), seconds: formatSeconds(held) }));
  if (roundTrips.length > 0) parts.push(times(roundTrips));
  if (lost > 0) parts.push(tn("{n} answer did not come.", "{n} answers did not come.", lost));
  if (closeCode !== null && outcome !== "signed_out") parts.push(t("Close code {code}.", { code: closeCode }));
  return parts.join(" ");
}

/** The line about the clock, which is told by the requests to the site. */
export function clockLine({ clockOffset }: Findings["site"]): Line {
  if (clockOffset === null) return { level: "info", word: t("Not known"), detail: t("The server's time is not known.") };
  const seconds = formatSeconds(Math.abs(clockOffset));
  const isOff = Math.abs(clockOffset) > CLOCK_OFF;
  if (Math.abs(clockOffset) < SAME_TIME) return { level: "done", word: t("Good"), detail: t("It agrees with the server.") };
  const detail =
    clockOffset > 0
      ? t("This computer is {seconds} seconds behind the server.", { seconds })
      : t("This computer is {seconds} seconds ahead of the server.", { seconds });
  return { level: isOff ? "care" : "done", word: isOff ? t("Wrong") : t("Good"), detail };
}

function times(roundTrips: readonly number[]): string {
  const [usual, longest] = [median(roundTrips) ?? 0, worst(roundTrips) ?? 0].map((time) => formatNumber(Math.round(time)));
  return t("There and back: {usual} ms, at worst {longest} ms.", { usual: usual ?? "", longest: longest ?? "" });
}

function formatSeconds(milliseconds: number): string {
  return formatNumber(Math.round(milliseconds / 100) / 10);
}

export interface Place {
  readonly scheme: "HTTPS" | "HTTP";
  readonly host: string;
  readonly port: string;
  readonly socketUrl: string;
  readonly at: number;
}

/** The text for the IT department. */
export function reportOf(findings: Findings, { scheme, host, port, socketUrl, at }: Place): string {
  const { title, advice } = verdictOf(findings);
  return [
    t("Synergy: connection check of {moment}", { moment: formatMoment(at) }),
    "",
    title,
    ...advice,
    "",
    t("What Synergy needs:"),
    `- ${t("{scheme} to {host}, port {port}", { scheme, host, port })}`,
    `- ${t("WebSocket (HTTP Upgrade) to {url}, subprotocol synergy.v1, open for hours, text frames in both directions", { url: socketUrl })}`,
    `- ${t("where WebSocket cannot be allowed: requests to /api/streams/ that stay open for 30 seconds and are not held back by a proxy")}`,
    "",
    t("What was found:"),
    ...reportLines(findings).map(([name, { word, detail }]) => `- ${name}: ${word}. ${detail}`),
  ].join("\n");
}

function reportLines(findings: Findings): [string, Line][] {
  return [
    [t("Live connection (WebSocket)"), LINES.socket(findings.socket)],
    [t("Slower way (long polling)"), LINES.polling(findings.polling)],
    [t("Reaching the site"), LINES.site(findings.site)],
    [t("Clock"), clockLine(findings.site)],
    [t("Cookies and storage"), LINES.storage(findings.storage)],
    [t("Browser"), LINES.browser(findings.browser)],
  ];
}
