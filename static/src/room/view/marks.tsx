// Small marks that stand beside words: icons, people, countries, times.

import type { ComponentChildren, JSX } from "preact";
import { formatMoment, formatTime } from "../../i18n";
import type { PersonCard } from "../types";
import { spriteAddress } from "../sprite";
import { countryName, initials, languageOfName } from "../people";

export function Icon({ name }: { name: string }): JSX.Element {
  return (
    <svg class="i" aria-hidden="true">
      <use href={`${spriteAddress.value}#i-${name}`} />
    </svg>
  );
}

/** Read by screen readers only. */
export function Unseen({ children }: { children: ComponentChildren }): JSX.Element {
  return <span class="vh">{children}</span>;
}

interface AvatarProps {
  person: PersonCard | undefined;
  size?: "s" | "l";
  away?: boolean;
  children?: ComponentChildren;
}

export function Avatar({ person, size, away, children }: AvatarProps): JSX.Element {
  return (
    <span class={`av ${size ?? ""}`} data-c={person?.country.toLowerCase()} data-p={away ? "away" : undefined} aria-hidden="true">
      {person?.picture ? (
        <img src={person.picture} alt="" width={38} height={38} loading="lazy" />
      ) : (
        <span lang={languageOfName(person)}>{initials(person?.name ?? "?")}</span>
      )}
      {children}
    </span>
  );
}

/** The name in the language it is written in, kept apart from the text around it. */
export function Name({ person }: { person: PersonCard | undefined }): JSX.Element {
  return <bdi lang={languageOfName(person)}>{person?.name ?? "…"}</bdi>;
}

export function Country({ code }: { code: string | undefined }): JSX.Element | null {
  if (!code) return null;
  return (
    <abbr class="cc" data-c={code.toLowerCase()} title={countryName(code)}>
      {code}
    </abbr>
  );
}

export function When({ at }: { at: string }): JSX.Element {
  return (
    <time dateTime={at} title={formatMoment(at)}>
      {formatTime(at)}
    </time>
  );
}
