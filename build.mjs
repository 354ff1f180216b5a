// What the browser gets: static/src → static/dist.
//
//   static/src/<page>/main.ts(x)  →  <page>.js   one self-contained module per page
//   static/src/css/main.css       →  main.css    with all that it imports
//   static/src/assets/**          →  the same path
//   static/src/icons/*.svg        →  icons.svg   one sprite, a <symbol> per file
//
// `--watch` builds on every change; `--tests` bundles the client tests for `node --test` instead.

import { existsSync } from "node:fs";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { build, context } from "esbuild";

const SOURCE = "static/src";
const ASSETS = "static/src/assets";
const ICONS = "static/src/icons";
const DIST = "static/dist";
const TESTS = ".synergy/client-tests";

async function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
}

async function pageEntries() {
  const files = await filesBelow(SOURCE);
  return files.flatMap((file) => {
    const name = path.relative(SOURCE, file).split(path.sep).join("/");
    const page = /^([^/]+)\/main\.tsx?$/.exec(name)?.[1] ?? /^css\/(main)\.css$/.exec(name)?.[1];
    return page ? [{ in: file, out: page }] : [];
  });
}

async function pageOptions() {
  return {
    entryPoints: await pageEntries(),
    outdir: DIST,
    outbase: ASSETS,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    jsxImportSource: "preact",
    // Pictures and fonts keep their path below assets/; whitenoise adds the hash.
    loader: Object.fromEntries([".woff2", ".svg", ".png", ".jpg", ".webp"].map((kind) => [kind, "file"])),
    assetNames: "[dir]/[name]",
    legalComments: "none",
    logLevel: "warning",
  };
}

async function iconSprite() {
  const files = (await filesBelow(ICONS)).filter((file) => file.endsWith(".svg")).sort();
  const symbols = files.map(async (file) => {
    const [, shapes] = /<svg[^>]*>([^]*)<\/svg>/.exec(await readFile(file, "utf8"));
    return `<symbol id="i-${path.basename(file, ".svg")}" viewBox="0 0 24 24">${shapes.replace(/\s*\n\s*/g, "")}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${(await Promise.all(symbols)).join("")}</svg>`;
}

async function buildPages() {
  const options = await pageOptions();
  // Nothing is written before all of it is good: a failed build leaves the last one in place.
  const { outputFiles } = await build({ ...options, write: false });
  await rm(DIST, { recursive: true, force: true });
  await mkdir(DIST, { recursive: true });
  if (existsSync(ASSETS)) await cp(ASSETS, DIST, { recursive: true });
  await writeFile(path.join(DIST, "icons.svg"), await iconSprite());
  for (const file of outputFiles) {
    await mkdir(path.dirname(file.path), { recursive: true });
    await writeFile(file.path, file.contents);
  }
  console.log(`${options.entryPoints.length} bundles in ${DIST}`);
}

async function watchPages() {
  const watched = await context({ ...(await pageOptions()), sourcemap: "linked", logLevel: "info" });
  await watched.watch();
}

/** One bundle per test file, so that TypeScript runs on any Node that is supported. */
async function buildTests() {
  await rm(TESTS, { recursive: true, force: true });
  const files = [...(await filesBelow(SOURCE)), ...(await filesBelow("tests/client"))];
  const tests = files.filter((file) => /\.test\.tsx?$/.test(file));
  const entryPoints = tests.map((file) => ({ in: file, out: file.replaceAll(path.sep, "-") }));
  await build({
    entryPoints,
    outdir: TESTS,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    external: ["esbuild"],
    format: "esm",
    sourcemap: "inline",
    jsx: "automatic",
    jsxImportSource: "preact",
    logLevel: "warning",
  });
  console.log(`${entryPoints.length} test files in ${TESTS}`);
}

const task = process.argv.includes("--tests") ? buildTests : process.argv.includes("--watch") ? watchPages : buildPages;
try {
  await task();
} catch (error) {
  // esbuild has already printed what is wrong with the source.
  if (!error.errors) throw error;
  process.exitCode = 1;
}
