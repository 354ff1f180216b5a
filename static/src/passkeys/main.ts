// Passkeys: makes the buttons of forms with `data-passkey` work. A form says "create" or "get"; what the
// device is asked stands in the page as data, or at `data-options-from`. The answer goes out as the form's
// field `credential`.

import { t } from "../i18n";
import { answerOf, creationOf, requestOf } from "./wire";
import type { Options } from "./wire";

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-passkey]")) prepare(form);

function prepare(form: HTMLFormElement): void {
  const button = form.querySelector<HTMLButtonElement>("button[type=submit]");
  const said = form.querySelector<HTMLElement>("[data-passkey-said]");
  if (button === null || said === null || "passkeyOff" in said.dataset) return;
  if (!window.isSecureContext || typeof PublicKeyCredential === "undefined") {
    said.textContent = t("This browser cannot use passkeys at this address.");
    return;
  }
  // What stands there for browsers without scripts goes; what the server said about the last try stays.
  if (!("passkeyError" in said.dataset)) said.textContent = "";
  form.hidden = location.hostname.startsWith("[") || /^[\d.]+$/.test(location.hostname);
  button.disabled = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    button.disabled = true;
    said.textContent = t("Your device asks you now…");
    askDevice(form).then(
      (credential) => {
        send(form, credential);
      },
      (error: unknown) => {
        said.textContent = wordsFor(error, form.dataset.passkey === "create");
        button.disabled = false;
        button.focus();
      },
    );
  });
}

async function askDevice(form: HTMLFormElement): Promise<unknown> {
  const { publicKey } = await optionsFor(form);
  const credential =
    form.dataset.passkey === "create"
      ? await navigator.credentials.create({ publicKey: creationOf(publicKey) })
      : await navigator.credentials.get({ publicKey: requestOf(publicKey) });
  return answerOf(credential as PublicKeyCredential);
}

async function optionsFor(form: HTMLFormElement): Promise<Options> {
  const address = form.dataset.optionsFrom;
  if (address === undefined) {
    return JSON.parse(document.getElementById("passkey-options")?.textContent ?? "") as Options;
  }
  const answer = await fetch(address, { headers: { "X-Requested-With": "XMLHttpRequest" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return ((await answer.json()) as { request_options: Options }).request_options;
}

function send(form: HTMLFormElement, credential: unknown): void {
  const field = form.querySelector<HTMLInputElement>("input[name=credential]");
  if (field === null) return;
  field.value = JSON.stringify(credential);
  form.submit();
}

function wordsFor(error: unknown, isNew: boolean): string {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "InvalidStateError") return t("This device has a passkey for Synergy already.");
  if (name === "SecurityError") return t("This browser cannot use passkeys at this address.");
  if (name === "NotSupportedError") return t("This device cannot make a passkey. Use an app on your phone.");
  if (name !== "NotAllowedError") return t("That did not work. Load the page again, or use another way.");
  return isNew
    ? t("No passkey was made: it was cancelled, or took too long. Try again.")
    : t("Your computer has no passkey for Synergy, or it was cancelled. Try again, or use another way.");
}
