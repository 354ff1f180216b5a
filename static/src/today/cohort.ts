// Who of the cohort is here now: the server writes everybody, this marks those who are away.

/** `card` holds `[data-person]` avatars in `[data-country]` groups, and sentences with {here} and {all}. */
export function showWhoIsHere(card: HTMLElement, here: ReadonlySet<number>): void {
  const people = [...card.querySelectorAll<HTMLElement>("[data-person]")];
  for (const person of people) mark(person, here.has(idOf(person)));
  for (const counter of card.querySelectorAll<HTMLElement>("[data-words]")) {
    const group = counter.closest("[data-country]");
    const counted = group === null ? people : people.filter((person) => group.contains(person));
    const present = counted.filter((person) => here.has(idOf(person))).length;
    const words = counter.dataset["words"] ?? "";
    counter.textContent = words.replace("{here}", String(present)).replace("{all}", String(counted.length));
  }
}

function mark(person: HTMLElement, isHere: boolean): void {
  const avatar = person.querySelector<HTMLElement>(".av");
  if (avatar === null) return;
  if (isHere) delete avatar.dataset["p"];
  else avatar.dataset["p"] = "away";
}

function idOf(person: HTMLElement): number {
  return Number(person.dataset["person"]);
}
