// No text that people read is left out of the catalogs: what stands in TSX, and in attributes that are spoken.

import { type AnyNode, type CallExpression, parse } from "acorn";
import { transformSync } from "esbuild";
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const SPOKEN = new Set(["alt", "title", "placeholder", "aria-label", "aria-description", "aria-roledescription", "label"]);
const SAME_EVERYWHERE = /Synergy|Ctrl|Enter|Esc|Shift|SHA-256|UTC|https?:\/\/\S+/g;

/** Texts that stand in this expression as they are, whichever way it turns out. */
function literals(node: AnyNode): string[] {
  if (node.type === "Literal") return typeof node.value === "string" ? [node.value] : [];
  if (node.type === "TemplateLiteral") return [node.quasis.map((part) => part.value.cooked).join(" ")];
  if (node.type === "ConditionalExpression") return [...literals(node.consequent), ...literals(node.alternate)];
  if (node.type === "LogicalExpression") return [...literals(node.left), ...literals(node.right)];
  return [];
}

function spokenIn({ arguments: [, props, ...children] }: CallExpression): string[] {
  const found = children.flatMap(literals);
  for (const property of props?.type === "ObjectExpression" ? props.properties : []) {
    if (property.type !== "Property") continue;
    const { key } = property;
    const name = key.type === "Identifier" ? key.name : key.type === "Literal" ? String(key.value) : "";
    if (SPOKEN.has(name)) found.push(...literals(property.value));
  }
  return found;
}

function calls(node: unknown): CallExpression[] {
  if (Array.isArray(node)) return node.flatMap(calls);
  if (!node || typeof node !== "object" || !("type" in node)) return [];
  const below = Object.values(node).flatMap(calls);
  const one = node as AnyNode;
  const isElement = one.type === "CallExpression" && one.callee.type === "Identifier" && one.callee.name === "element";
  return isElement ? [one, ...below] : below;
}

function unmarked(source: string): string[] {
  const { code } = transformSync(source, { loader: "tsx", jsx: "transform", jsxFactory: "element", jsxFragment: '""' });
  const tree = parse(code, { ecmaVersion: "latest", sourceType: "module" });
  const texts = calls(tree).flatMap(spokenIn);
  return texts.filter((text) => /\p{L}{2}/u.test(text.replace(SAME_EVERYWHERE, "")));
}

test("every text of the client goes through t()", () => {
  const sample = '<p title="Hello" class="big">{t("x")} wrote {a ? "yes" : t("no")}</p>';
  assert.deepEqual(unmarked(sample), [" wrote ", "yes", "Hello"]);

  const root = "static/src";
  const names = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".tsx"));
  assert.ok(names.length > 50);
  const found = names.map((name) => [name, unmarked(readFileSync(join(root, name), "utf8"))] as const);
  assert.deepEqual(
    found.filter(([, texts]) => texts.length > 0),
    [],
  );
});
