// Files on their way, above the text.

import type { JSX } from "preact";
import { formatSize, t } from "../../i18n";
import type { Upload, Uploads } from "../composing/uploads";
import { Icon, Unseen } from "./marks";

export function UploadList({ uploads }: { uploads: Uploads }): JSX.Element | null {
  const list = uploads.list.value;
  const complaint = uploads.complaint.value;
  if (list.length === 0 && complaint === null) return null;
  return (
    <div>
      {complaint !== null && (
        <p class="bad-t small" role="alert">
          {complaint}
        </p>
      )}
      <ul class="uploads" aria-label={t("Files of your message")}>
        {list.map((upload) => (
          <li key={upload.key} class={upload.error === null ? "" : "bad"}>
            <Line upload={upload} />
            {upload.error !== null && upload.mayTryAgain && (
              <button class="icon-btn small" type="button" onClick={() => uploads.again(upload.key)}>
                <Icon name="rotate-cw" />
                <Unseen>{t("Upload {name} again", { name: upload.name })}</Unseen>
              </button>
            )}
            <button class="icon-btn small" type="button" onClick={() => uploads.remove(upload.key)}>
              <Icon name="x" />
              <Unseen>{t("Remove {name}", { name: upload.name })}</Unseen>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Line({ upload }: { upload: Upload }): JSX.Element {
  const { name, size, done, card, error } = upload;
  return (
    <span class="grow">
      {card?.thumbnail && <img src={card.thumbnail} alt="" width={40} height={40} />}
      <span>
        <bdi>{name}</bdi>
        {error !== null && (
          <span class="bad-t" role="alert">
            {error}
          </span>
        )}
        {error === null && card !== null && <small>{formatSize(size)}</small>}
        {error === null && card === null && (
          <progress value={done} max={1} aria-label={t("Uploading {name}", { name })}>
            {Math.round(done * 100)} %
          </progress>
        )}
      </span>
    </span>
  );
}
