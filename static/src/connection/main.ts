// The connection page: runs the check, shows it as it goes, and the way that is in use now.

import { t } from "../i18n";
import { browserPorts } from "../live/browser";
import { SITE_DOORS } from "../live/carrier";
import { Transport } from "../live/transport";
import { browserName } from "./browser_name";
import { runCheck } from "./check";
import type { Findings } from "./findings";
import { ProgressBar } from "./progress_bar";
import { nowInWords } from "./now_in_use";
import { Steps } from "./steps";
import { reportOf, verdictOf } from "./verdict";
import { icon, part, say, showNote } from "./view";

const root = part<HTMLElement>(document, "[data-connection-check]");
const start = part<HTMLButtonElement>(root, "[data-start]");
const steps = new Steps(root);
const progress = new ProgressBar(root);
const ports = browserPorts();

function begin(): void {
  part(root, "[data-not-started]").remove();
  start.hidden = false;
  start.addEventListener("click", () => void check());
  part(root, "[data-copy]").addEventListener("click", () => void copy());
  const person = Number(root.dataset["person"]);
  if (person) watchWayInUse(person);
}

async function check(): Promise<void> {
  // Not `disabled`: that would throw the focus back to the top of the page.
  if (start.getAttribute("aria-disabled") === "true") return;
  start.setAttribute("aria-disabled", "true");
  part(start, "span").textContent = t("Checking…");
  part(root, "[data-verdict]").hidden = true;
  part(root, "[data-report]").hidden = true;
  steps.clear();
  progress.start();
  const hints = (navigator as { userAgentData?: Parameters<typeof browserName>[1] }).userAgentData;
  const browser = { name: browserName(navigator.userAgent, hints) };
  const findings = await runCheck({ ports, doors: SITE_DOORS, browser, cookies: navigator.cookieEnabled }, steps);
  progress.stop();
  show(findings);
  start.removeAttribute("aria-disabled");
  part(start, "span").textContent = t("Check again");
}

function show(findings: Findings): void {
  const verdict = verdictOf(findings);
  const box = part<HTMLElement>(root, "[data-verdict]");
  showNote(box, verdict.level, verdict.title, verdict.advice);
  box.hidden = false;
  say(root, [verdict.title, ...verdict.advice].join(" "));
  const { host, hostname, port, protocol } = location;
  const isSecure = protocol === "https:";
  const report = reportOf(findings, {
    scheme: isSecure ? "HTTPS" : "HTTP",
    host: hostname,
    port: port || (isSecure ? "443" : "80"),
    socketUrl: `${isSecure ? "wss" : "ws"}://${host}${SITE_DOORS.socket}`,
    at: Date.now(),
  });
  part<HTMLTextAreaElement>(root, "[data-report-text]").value = report;
  const subject = t("Synergy: please look at our network");
  const link = `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(report.replaceAll("\n", "\r\n"))}`;
  part<HTMLAnchorElement>(root, "[data-mail]").href = link;
  part(root, "[data-report]").hidden = false;
}

async function copy(): Promise<void> {
  const text = part<HTMLTextAreaElement>(root, "[data-report-text]");
  text.select();
  // Without TLS there is no clipboard; the text is selected then, ready for Ctrl+C.
  const isCopied = await navigator.clipboard?.writeText(text.value).then(() => true, () => false);
  part(root, "[data-copied]").textContent = isCopied ? t("Copied.") : t("Press Ctrl and C to copy the text.");
}

function watchWayInUse(person: number): void {
  const note = part<HTMLElement>(root, "[data-now]");
  const transport = new Transport(person, ports);
  const status = (now: typeof transport.status) => {
    part(note, "span").textContent = nowInWords(now);
    part(note, "svg").replaceWith(icon(now.phase === "live" ? "wifi" : "wifi-off"));
    note.hidden = false;
  };
  transport.start({ frame: () => {}, status });
}

begin();
