// Who is in which group, as the page shows it.

export interface Group {
  /** 0 for no group. */
  readonly id: number;
  readonly number: number;
  readonly title: string;
  readonly size: number;
}

export interface Place {
  readonly person: number;
  readonly name: string;
  readonly group: number;
  readonly number: number;
  /** The next proposal gives them another group. */
  readonly isKeptOut: boolean;
  readonly row: HTMLElement;
}

/** {person id: place} */
export type Places = ReadonlyMap<number, Place>;

export function placesIn(page: ParentNode): Places {
  const rows = [...page.querySelectorAll<HTMLElement>("[data-person]")];
  return new Map(rows.map((row) => [Number(row.dataset["person"]), placeOf(row)]));
}

export function placeOf(row: HTMLElement): Place {
  return {
    person: Number(row.dataset["person"]),
    name: row.dataset["name"] ?? "",
    group: Number(row.dataset["at"]),
    number: Number(row.closest<HTMLElement>("[data-group]")?.dataset["number"] ?? 0),
    isKeptOut: "keptOut" in row.dataset,
    row,
  };
}

/** The groups in the order of their numbers, "no group" last. */
export function groupsIn(page: ParentNode): Group[] {
  return [...page.querySelectorAll<HTMLElement>("[data-group]")].map((card) => ({
    id: Number(card.dataset["group"]),
    number: Number(card.dataset["number"]),
    title: card.querySelector("[data-title]")?.textContent ?? "",
    size: Number(card.dataset["size"]),
  }));
}

/** Who is in another group than before; nobody when all of it was new. */
export function movedSince(before: Places, now: Places): Place[] {
  if (before.size === 0) return [];
  return [...now.values()].filter(({ person, group }) => before.get(person)?.group !== group);
}
