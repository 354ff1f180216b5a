// Pictures with their thumbnails, files with name, type and size.

import type { JSX } from "preact";
import { formatSize, t } from "../../i18n";
import type { FileCard } from "../types";
import { Icon } from "./marks";

export function Files({ files }: { files: readonly FileCard[] }): JSX.Element | null {
  if (files.length === 0) return null;
  return (
    <ul class="files">
      {files.map((file) => (
        <li key={file.id}>{file.thumbnail === null ? <FileLink file={file} /> : <Picture file={file} src={file.thumbnail} />}</li>
      ))}
    </ul>
  );
}

const THUMBNAIL = { width: 320, height: 240 };

/** Width and height are known before the picture is there, so nothing jumps. */
function Picture({ file, src }: { file: FileCard; src: string }): JSX.Element {
  const { width, height } = fitted(file.width ?? THUMBNAIL.width, file.height ?? THUMBNAIL.height);
  return (
    <a
      class="picture"
      href={file.url}
      target="_blank"
      rel="noopener"
      aria-label={`${file.name}, ${t("opens the whole picture in a new tab")}`}
    >
      <img src={src} alt={file.name} width={width} height={height} loading="lazy" />
    </a>
  );
}

export function fitted(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, THUMBNAIL.width / width, THUMBNAIL.height / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

function FileLink({ file }: { file: FileCard }): JSX.Element {
  return (
    <a class="file" href={file.url} target="_blank" rel="noopener">
      <Icon name={file.content_type.startsWith("image/") ? "image" : "file-text"} />
      <span>
        <bdi>{file.name}</bdi>
        <small>
          {typeName(file)}, {formatSize(file.size)}
        </small>
      </span>
    </a>
  );
}

/** PDF, DOCX: what people call a type is the end of its name. */
function typeName(file: FileCard): string {
  const end = /\.(\w{1,5})$/.exec(file.name)?.[1];
  return (end ?? file.content_type.split("/")[1] ?? t("File")).toUpperCase();
}
