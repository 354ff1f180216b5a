// What a person may do with a message; the server decides, this only leaves out what it would refuse.

import { t } from "../i18n";
import type { MessageCard, ReactionKind, Rights } from "./types";

export interface Reaction {
  readonly kind: ReactionKind;
  readonly word: string;
  readonly icon: string;
}

export function reactionsOffered(): Reaction[] {
  return [
    { kind: "agree", word: t("Agree"), icon: "thumbs-up" },
    { kind: "useful", word: t("Useful"), icon: "lightbulb" },
    { kind: "tell_me_more", word: t("Tell me more"), icon: "circle-question-mark" },
  ];
}

export interface Choices {
  readonly react: boolean;
  readonly reply: boolean;
  readonly readThread: boolean;
  readonly edit: boolean;
  readonly versions: boolean;
  readonly language: boolean;
  readonly pin: boolean;
  readonly remove: boolean;
}

export function choicesFor(card: MessageCard, rights: Rights, me: number): Choices {
  const stands = card.removed === null;
  const mayEdit = card.by === me && rights.post;
  return {
    react: stands && rights.post,
    reply: stands && rights.post,
    readThread: card.root !== null || card.replies > 0,
    edit: stands && mayEdit,
    versions: stands && card.edited_at !== null,
    language: stands && (mayEdit || rights.moderate),
    pin: stands && rights.moderate,
    remove: stands && (mayEdit || rights.moderate),
  };
}
