// Keeps the first page true while it is open: once a minute, and when it is looked at again, the
// parts marked `data-fresh` are taken anew from the server. What has the focus is left alone.

const EVERY = 60_000;

async function refresh(): Promise<void> {
  if (document.hidden) return;
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  // Signed out meanwhile: the next press leads to the sign-in page.
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll<HTMLElement>("[data-fresh]")) {
    const fresh = page.querySelector(`[data-fresh="${CSS.escape(part.dataset["fresh"] ?? "")}"]`);
    if (fresh !== null && !part.contains(document.activeElement) && fresh.outerHTML !== part.outerHTML) {
      part.replaceWith(document.importNode(fresh, true));
    }
  }
}

function refreshQuietly(): void {
  refresh().catch(() => undefined);
}

setInterval(refreshQuietly, EVERY);
document.addEventListener("visibilitychange", refreshQuietly);
