// The text of a message: the server's tree of nodes, or plain text. Never HTML.

import { useSignal } from "@preact/signals";
import { Fragment, type JSX } from "preact";
import { t } from "../../i18n";
import type { BlockNode, Doc, InlineNode, ItemNode, ListNode } from "../types";

/** A longer message is cut until one asks for the rest. */
const MOST_LINES = 40;
/** Letters. */
const LINE = 75;

interface Props {
  text: string;
  doc: Doc;
  lang: string;
  me: number;
  id?: string;
  class?: string;
}

/** `lang` picks letterforms and the voice; `dir` and the box keep right-to-left marks from spilling out. */
export function MessageText({ text, doc, lang, me, id, class: css }: Props): JSX.Element {
  const isWhole = useSignal(false);
  const isCut = !isWhole.value && linesIn(text) > MOST_LINES;
  return (
    <>
      <div class={`msg-t ${css ?? ""} ${isCut ? "cut" : ""}`} lang={lang} dir="auto" id={id}>
        {doc === null ? <p class="as-typed">{text}</p> : doc.map((node, index) => <Block key={index} node={node} me={me} />)}
      </div>
      {isCut && (
        <button class="link-btn" type="button" onClick={() => (isWhole.value = true)}>
          {t("Show more")}
        </button>
      )}
    </>
  );
}

/** About how many lines the text takes where the window is wide. */
function linesIn(text: string): number {
  return text.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / LINE)), 0);
}

function Block({ node, me }: { node: BlockNode; me: number }): JSX.Element {
  switch (node[0]) {
    case "p":
      return <p>{inline(node.slice(1) as InlineNode[], me)}</p>;
    case "quote":
      return (
        <blockquote>
          {(node.slice(1) as BlockNode[]).map((block, index) => (
            <Block key={index} node={block} me={me} />
          ))}
        </blockquote>
      );
    case "pre":
      return (
        <pre>
          <code>{node[1]}</code>
        </pre>
      );
    case "ul":
    case "ol":
      return <List node={node} me={me} />;
  }
}

function List({ node, me }: { node: ListNode; me: number }): JSX.Element {
  const [Tag, ...items] = node;
  return (
    <Tag>
      {(items as ItemNode[]).map((item, index) => (
        <li key={index}>{itemParts(item.slice(1) as (InlineNode | ListNode)[], me)}</li>
      ))}
    </Tag>
  );
}

function itemParts(parts: readonly (InlineNode | ListNode)[], me: number): JSX.Element[] {
  return parts.map((part, index) => (isList(part) ? <List key={index} node={part} me={me} /> : <Inline key={index} node={part} me={me} />));
}

function isList(part: InlineNode | ListNode): part is ListNode {
  return typeof part !== "string" && (part[0] === "ul" || part[0] === "ol");
}

function inline(nodes: readonly InlineNode[], me: number): JSX.Element[] {
  return nodes.map((node, index) => <Inline key={index} node={node} me={me} />);
}

function Inline({ node, me }: { node: InlineNode; me: number }): JSX.Element {
  if (typeof node === "string") return <Fragment>{node}</Fragment>;
  switch (node[0]) {
    case "b":
      return <b>{inline(node.slice(1) as InlineNode[], me)}</b>;
    case "i":
      return <em>{inline(node.slice(1) as InlineNode[], me)}</em>;
    case "code":
      return <code>{node[1]}</code>;
    case "br":
      return <br />;
    case "at":
      return (
        <span class={node[1] === me ? "at me" : "at"}>
          <bdi>@{node[2]}</bdi>
        </span>
      );
    case "a":
      return <Link href={node[1]}>{inline(node.slice(2) as InlineNode[], me)}</Link>;
  }
}

/** The server lets only these through; a second look costs nothing. */
function Link({ href, children }: { href: string; children: JSX.Element[] }): JSX.Element {
  if (!/^(https?:|mailto:)/i.test(href)) return <Fragment>{children}</Fragment>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  );
}
