// What a person does on the wall that takes more than one command: placing, going, asking.

import { t } from "../i18n";
import { slotName } from "../openspace/clock";
import type { Answer } from "../openspace/commands";
import type { GatheringModel } from "../openspace/model";
import type { CommandData, CommandName, PlaceCard } from "../openspace/types";
import type { WallPage } from "./context";
import { showTopic } from "./showing";

/** The topics in a cell, without the one that is to go there. */
export function othersIn(gathering: GatheringModel, { slot, space }: PlaceCard, topic: number): readonly number[] {
  return gathering.cell(slot, space).peek().filter((id) => id !== topic);
}

/** "Round 2, Amber" */
export function placeName(gathering: GatheringModel, { slot, space }: PlaceCard): string {
  const slots = gathering.slots.value;
  const card = slots.find(({ id }) => id === slot);
  return `${card === undefined ? "…" : slotName(slots, card)}, ${gathering.space(space)?.name ?? "…"}`;
}

export function titleOf(gathering: GatheringModel, topic: number): string {
  return gathering.topic(topic).value?.title ?? "…";
}

/** Drops a topic on a cell. Where another stands, it asks first. */
export async function dropTopic(page: WallPage, topic: number, place: PlaceCard, fromSlot: number | null): Promise<void> {
  const others = othersIn(page.gathering, place, topic);
  if (others.length > 0) page.ui.open({ kind: "occupied", topic, place, fromSlot, others, isLate: false });
  else await placeTopic(page, topic, place, fromSlot, []);
}

/**
 * Sends what somebody has written in the dialog that is open now, and closes that dialog when it is done. Null when
 * it is refused and nobody looks at the dialog any more: that is said here, and the words stay among what was not sent.
 */
export async function sendWords<Name extends CommandName>(
  { gathering, ui }: WallPage,
  name: Name,
  data: CommandData[Name],
): Promise<Answer | null> {
  const dialog = ui.dialog.peek();
  const answer = await gathering.commands.do(name, data, { isQuiet: true });
  if (answer.isDone) {
    ui.closeOnly(dialog);
    return answer;
  }
  if (ui.dialog.peek() !== dialog) {
    ui.say(answer.refusal.detail);
    return null;
  }
  // They are still in the dialog: no second copy waits for being sent again.
  if (answer.id !== null) gathering.commands.discard(answer.id);
  return answer;
}

/** Places a topic beside those that the person has seen there. Somebody who was faster is shown. */
export async function placeTopic(
  page: WallPage,
  topic: number,
  place: PlaceCard,
  fromSlot: number | null,
  beside: readonly number[],
  dialog = page.ui.dialog.peek(),
): Promise<void> {
  const { gathering, ui } = page;
  const data = { topic, ...place, from_slot: fromSlot, beside };
  const answer = await gathering.commands.do("topic.place", data, { isQuiet: true });
  if (answer.isDone) {
    ui.closeOnly(dialog);
    showTopic(page, topic, place);
    return ui.say(t("“{title}” now stands here: {place}.", { title: titleOf(gathering, topic), place: placeName(gathering, place) }));
  }
  const others = idsIn(answer.refusal.present).filter((id) => id !== topic);
  const isTaken = answer.refusal.code === "conflict" && others.some((id) => !beside.includes(id));
  if (isTaken && ui.dialog.peek() === dialog) ui.open({ kind: "occupied", topic, place, fromSlot, others, isLate: true });
  else ui.say(answer.refusal.detail);
}

/** One round more; with the consent of the other conveners, where there are any. */
export async function ask({ gathering, ui }: WallPage, data: CommandData["request.make"]): Promise<void> {
  const dialog = ui.dialog.peek();
  const answer = await gathering.commands.do("request.make", data);
  if (!answer.isDone) return;
  ui.closeOnly(dialog);
  const isDone = (answer.data as { state?: string } | null)?.state === "accepted";
  ui.say(isDone ? t("Done.") : t("Asked. It happens when the conveners agree."));
}

export async function takeDown(page: WallPage, topic: number, slot: number): Promise<void> {
  const { gathering, ui } = page;
  const answer = await gathering.commands.do("topic.unplace", { topic, slot });
  if (!answer.isDone) return;
  showTopic(page, topic, gathering.topic(topic).peek()?.places.find((each) => each.slot !== slot) ?? null);
  ui.say(t("“{title}” waits for a place again.", { title: titleOf(gathering, topic) }));
}

export function toggleInterest({ gathering }: WallPage, topic: number): void {
  const isMarked = gathering.topic(topic).peek()?.interested.includes(gathering.me) ?? false;
  void gathering.commands.do(isMarked ? "interest.unmark" : "interest.mark", { topic });
}

/** Goes to a space and opens its room. A full one offers others. */
export async function go({ gathering, ui, visit }: WallPage, space: number): Promise<void> {
  const room = gathering.space(space)?.room;
  if (room === undefined) return;
  // Without a connection the room's own page sees to it.
  if (gathering.connection.value.phase !== "live") return visit(`/rooms/${room}/`);
  const dialog = ui.dialog.peek();
  const answer = await gathering.commands.do("person.move", { space }, { isQuiet: true });
  if (answer.isDone) return visit(`/rooms/${room}/`);
  const { code, detail, present } = answer.refusal;
  if (code === "conflict" && ui.dialog.peek() === dialog) ui.open({ kind: "full", space, instead: idsIn(present), detail });
  else ui.say(detail);
}

/** Moves without leaving the wall. */
export function moveTo({ gathering }: WallPage, space: number | null): void {
  void gathering.commands.do("person.move", { space });
}

function idsIn(present: unknown): number[] {
  return Array.isArray(present) ? present.filter((id): id is number => typeof id === "number") : [];
}
