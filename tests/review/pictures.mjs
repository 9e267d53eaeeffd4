/* SPDX-License-Identifier: MPL-2.0 */
/* Pictures of the review page over a bundled page, as scripts/pictures wants them.
 *
 *   node pictures.mjs UNFIX SOURCE FOLDER PICTURES
 *
 * What the page says is printed as an image, and what an engine read there goes
 * into hOCR, with the boxes of the printed words.  FOLDER is as for
 * review_test.mjs. */
import {execFileSync} from "node:child_process";
import {createRequire} from "node:module";
import fs from "node:fs";
import path from "node:path";
import {pathToFileURL} from "node:url";

const [unfix, source, folder, pictures] = process.argv.slice(2);
const require = createRequire(path.join(path.resolve(folder), "x.js"));
const {chromium} = require("playwright-core");
const at = name => path.join(folder, name);
const read = ending => fs.readFileSync(
  path.join(source, `tests/pages/eng-roman-1.${ending}.txt`), "utf8")
  .trimEnd().split("\n").filter(line => line !== "");

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox"]
});

const escape = text => text.replace(/[&<>]/g, sign => `&#${sign.charCodeAt()};`);

/* The image, and the boxes of the words of each line. */
async function print(lines) {
  const page = await browser.newPage({viewport: {width: 1000, height: 800}});
  await page.setContent("<style>body { margin: 60px; background: #f1eee6; " +
    "color: #2b2723; font: 21px/1.45 'Nimbus Roman', serif; filter: " +
    "blur(.45px) }</style>" + lines.map(line => `<div>${line.split(" ").map(
      word => `<span>${escape(word)}</span>`).join(" ")}</div>`).join(""));
  fs.writeFileSync(at("scan.png"), await page.screenshot({fullPage: true}));
  const found = await page.evaluate(() => ({
    size: [document.documentElement.scrollWidth,
      document.documentElement.scrollHeight],
    boxes: [...document.querySelectorAll("div")].map(line =>
      [...line.children].map(word => {
        const {left, top, right, bottom} = word.getBoundingClientRect();
        return [left, top, right, bottom].map(Math.round).join(" ");
      }))
  }));
  await page.close();
  return found;
}

/* Lines of which another number of words was read are left out. */
function write(lines, {size, boxes}) {
  const made = lines.map((line, i) => {
    const words = line.split(" ");
    return words.length !== boxes[i]?.length ? "" :
      `<span class="ocr_line">${words.map((word, k) =>
        `<span class="ocrx_word" title="bbox ${boxes[i][k]}">${
          escape(word)}</span>`).join(" ")}</span>\n`;
  });
  fs.writeFileSync(at("scan.hocr"), "<html><body><div class=\"ocr_page\" " +
    `title='image "scan.png"; bbox 0 0 ${size.join(" ")}'>\n${
      made.join("")}</div></body></html>\n`);
}

write(read("ocr"), await print(read("gt")));
execFileSync(unfix, [`--review=${at("scan.html")}`, at("scan.hocr")]);
for (const [name, width, colorScheme] of
  [["review", 1280, "light"], ["review-narrow", 390, "dark"]]) {
  const page = await browser.newPage(
    {viewport: {width, height: 800}, colorScheme, locale: "en-GB"});
  await page.goto(pathToFileURL(path.resolve(at("scan.html"))).href);
  for (let i = 0; i < 3; i++)
    await page.keyboard.press("n");
  await page.waitForTimeout(300);
  await page.screenshot({path: path.join(pictures, `${name}.png`)});
  await page.close();
}
await browser.close();
