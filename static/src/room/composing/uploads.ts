// Files on their way to the room, before a message carries them.

import { signal } from "@preact/signals";
import { formatSize, t } from "../../i18n";
import type { FileCard } from "../types";

export interface Upload {
  readonly key: number;
  readonly name: string;
  readonly size: number;
  readonly file: File;
  /** 0 … 1 while on its way. */
  readonly done: number;
  readonly card: FileCard | null;
  /** What went wrong, for the person. */
  readonly error: string | null;
  /** Whether another try may help. */
  readonly mayTryAgain: boolean;
  /** It goes again by itself when the connection is back. */
  readonly waits: boolean;
}

export interface UploadPlace {
  readonly url: string;
  /** Bytes. */
  readonly limit: number;
  readonly csrfToken: string;
}

const MOST_FILES = 10;

export class Uploads {
  readonly list = signal<readonly Upload[]>([]);
  /** What is wrong with the choice of files as a whole. */
  readonly complaint = signal<string | null>(null);
  readonly #place: UploadPlace;
  readonly #requests = new Map<number, XMLHttpRequest>();
  #next = 1;

  constructor(place: UploadPlace) {
    this.#place = place;
  }

  get isBusy(): boolean {
    return this.list.value.some((upload) => upload.waits || (upload.card === null && upload.error === null));
  }

  /** Whether a file stays behind until the person removes it or tries again. */
  get hasFailed(): boolean {
    return this.list.value.some((upload) => upload.error !== null && !upload.waits);
  }

  get cards(): readonly FileCard[] {
    return this.list.value.flatMap((upload) => upload.card ?? []);
  }

  add(files: Iterable<File>): void {
    this.complaint.value = null;
    for (const file of files) {
      if (this.list.value.length >= MOST_FILES) {
        this.complaint.value = t("A message carries up to {n} files.", { n: MOST_FILES });
        return;
      }
      const upload = { key: this.#next++, name: file.name, size: file.size, file, done: 0, card: null, error: null, mayTryAgain: false, waits: false };
      this.list.value = [...this.list.value, upload];
      this.#start(upload);
    }
  }

  again(key: number): void {
    const upload = this.list.value.find((other) => other.key === key);
    if (upload === undefined) return;
    this.#change(key, { done: 0, error: null, waits: false });
    this.#start(upload);
  }

  connectionIsBack(): void {
    for (const { key, waits } of this.list.value) if (waits) this.again(key);
  }

  remove(key: number): void {
    this.#requests.get(key)?.abort();
    this.#requests.delete(key);
    this.list.value = this.list.value.filter((upload) => upload.key !== key);
    this.complaint.value = null;
  }

  /** The message has taken the files. */
  clear(): void {
    this.list.value = [];
    this.complaint.value = null;
  }

  #start(upload: Upload): void {
    if (upload.size > this.#place.limit) {
      const limit = formatSize(this.#place.limit);
      this.#change(upload.key, { error: t("Too large. The limit is {limit}.", { limit }) });
      return;
    }
    // XMLHttpRequest and not fetch: it tells how much has gone.
    const request = new XMLHttpRequest();
    this.#requests.set(upload.key, request);
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => this.#change(upload.key, { done: total > 0 ? loaded / total : 0 });
    request.onload = () => this.#ended(upload.key, outcome(request));
    request.onerror = () => this.#ended(upload.key, { error: t("Not uploaded: no connection."), mayTryAgain: true, waits: true });
    request.open("POST", this.#place.url);
    request.setRequestHeader("X-CSRFToken", this.#place.csrfToken);
    request.setRequestHeader("Accept", "application/json");
    const form = new FormData();
    form.append("file", upload.file, upload.name);
    request.send(form);
  }

  #ended(key: number, changes: Partial<Upload>): void {
    this.#requests.delete(key);
    this.#change(key, changes);
  }

  #change(key: number, changes: Partial<Upload>): void {
    this.list.value = this.list.value.map((upload) => (upload.key === key ? { ...upload, ...changes } : upload));
  }
}

function outcome(request: XMLHttpRequest): Partial<Upload> {
  const isTaken = request.status >= 200 && request.status < 300;
  if (isTaken && request.response !== null) return { card: request.response as FileCard, done: 1 };
  const { detail } = (request.response ?? {}) as { detail?: string };
  if (detail === undefined && request.status === 413) return { error: t("This file is too large for the way to the server.") };
  // Anything that is no answer of the server, as a sign-in page on the way, may be gone a moment later.
  const mayTryAgain = isTaken || request.status >= 500 || request.status === 429 || detail === undefined;
  return { error: detail ?? t("Not uploaded. Try again."), mayTryAgain };
}
