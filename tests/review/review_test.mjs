/* SPDX-License-Identifier: MPL-2.0 */
/* The review page in a browser, as a person uses it.
 *
 *   node review_test.mjs UNFIX SOURCE FOLDER [SCREENSHOTS]
 *
 * FOLDER is for files of the test and holds node_modules with playwright-core
 * and axe-core; CHROMIUM in the environment names the browser.  With
 * SCREENSHOTS, pictures of the page are put there. */
import assert from "node:assert/strict";
import {execFileSync} from "node:child_process";
import {createRequire} from "node:module";
import fs from "node:fs";
import path from "node:path";
import {pathToFileURL} from "node:url";

const [unfix, source, folder, screenshots] = process.argv.slice(2);
const require = createRequire(path.join(path.resolve(folder), "x.js"));
const {chromium} = require("playwright-core");
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const scan = path.join(source, "docs/examples/samples/sample-scan.txt");
const at = name => path.join(folder, name);

function run(...options) {
  return execFileSync(unfix, options, {maxBuffer: 1 << 28});
}

function reportOf(text) {
  return text.trimEnd().split("\n").map(line => JSON.parse(line));
}

/* The text with the applied repairs of a report put in. */
function splice(text, report) {
  const parts = [];
  let from = 0;
  for (const line of report) {
    if (line.end || line.verdict !== "applied")
      continue;
    parts.push(text.subarray(from, line.offset), Buffer.from(line.replacement));
    from = line.offset + line.length;
  }
  parts.push(text.subarray(from));
  return Buffer.concat(parts);
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox"]
});

async function open(file, options = {}) {
  const page = await browser.newPage({
    viewport: {width: 1280, height: 800}, locale: "en-GB", ...options
  });
  page.errors = [];
  page.on("pageerror", error => page.errors.push(error.message));
  page.on("console", line => page.errors.push(line.text()));
  page.on("request", request => {
    if (!request.url().startsWith("file:"))
      page.errors.push(`asked for ${request.url()}`);
  });
  await page.goto(pathToFileURL(path.resolve(file)).href);
  return page;
}

const words = ["La", "cooperacién", "de", "la", "Asamblea", "General", "y",
  "alos", "paises", "que", "participan"];
const paper = i => [20 * i + 40, 200, 255 - 20 * i];

/* The image of a page: each word on a ground of its own colour. */
async function printPage() {
  const page = await browser.newPage({viewport: {width: 990, height: 50}});
  await page.setContent("<body style='margin:0;background:#fff'>" +
    words.map((word, i) => "<div style='position:absolute;font:14px serif;" +
      `left:${i * 90}px;top:10px;width:80px;height:30px;` +
      `background:rgb(${paper(i)})'>${word}</div>`).join(""));
  const image = await page.screenshot();
  await page.close();
  return image;
}

/* The colours along the lower edge of the frame in the clip that is shown. */
async function coloursOf(page) {
  const shot = await page.locator("#clips svg").first().screenshot();
  const place = await page.locator("#clips svg").first().evaluate(svg => {
    const all = svg.getBoundingClientRect();
    const frame = svg.querySelector("rect").getBoundingClientRect();
    return {
      x: (frame.x + frame.width / 2 - all.x) / all.width,
      y: (frame.y + frame.height * 0.8 - all.y) / all.height,
      width: frame.width / all.width
    };
  });
  const other = await browser.newPage();
  const found = await other.evaluate(async ([data, at]) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.width;
    canvas.height = image.height;
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    return [-0.3, 0, 0.3].map(step => [...context.getImageData(
      image.width * (at.x + step * at.width), image.height * at.y, 1, 1).data
      .slice(0, 3)]);
  }, [shot.toString("base64"), place]);
  await other.close();
  return found;
}

/* A sentence as programs write it that tell where each word is. */
function laidOut(image = "page.png") {
  const spans = words.map((word, i) =>
    `<span class="ocrx_word" title="bbox ${i * 90} 10 ${i * 90 + 80} 40">` +
    `${word}</span>`).join(" ");
  const strings = words.map((word, i) =>
    `<String CONTENT="${word}" HPOS="${i * 90}" VPOS="10" WIDTH="80" ` +
    `HEIGHT="30"/>`).join("<SP/>");
  const coords = i =>
    `<Coords points="${i * 90},10 ${i * 90 + 80},10 ${i * 90 + 80},40 ` +
    `${i * 90},40"/>`;
  const parts = words.map((word, i) => `<Word id="w${i}">${coords(i)}` +
    `<TextEquiv><Unicode>${word}</Unicode></TextEquiv></Word>`).join("\n");
  return {
    "page.hocr": "<html><body><div class=\"ocr_page\" title='image " +
      `"${image}"; bbox 0 0 990 50'>` +
      `<span class="ocr_line" title="bbox 0 0 990 50">${spans}</span>` +
      "</div></body></html>\n",
    "page.alto.xml": "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" +
      "<alto xmlns=\"http://www.loc.gov/standards/alto/ns-v3#\">" +
      "<Description><sourceImageInformation><fileName>" +
      `${image}</fileName></sourceImageInformation></Description><Layout>` +
      "<Page ID=\"p\" WIDTH=\"990\" HEIGHT=\"50\"><PrintSpace><TextBlock ID=\"b\"><TextLine>" +
      `${strings}</TextLine></TextBlock></PrintSpace></Page></Layout></alto>\n`,
    "page.page.xml": "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<PcGts " +
      "xmlns=\"http://schema.primaresearch.org/PAGE/gts/pagecontent/" +
      "2019-07-15\"><Page " +
      `imageFilename="${image}" imageWidth="990" imageHeight="50"><TextRegion id="r">${coords(0)}<TextLine id="l">` +
      `${coords(0)}${parts}<TextEquiv><Unicode>${words.join(" ")}</Unicode>` +
      "</TextEquiv></TextLine></TextRegion></Page></PcGts>\n",
    "page.jsonl": `${JSON.stringify({text: words.join(" ")})}\n`
  };
}

async function saved(page, button) {
  const [download] =
    await Promise.all([page.waitForEvent("download"), page.click(button)]);
  return fs.readFileSync(await download.path(), "utf8");
}

const tests = {
  async "a report that nobody decided on gives what unfix gives"() {
    fs.copyFileSync(scan, at("scan.txt"));
    run(`--review=${at("page.html")}`, at("scan.txt"));
    const page = await open(at("page.html"));
    const report = await saved(page, "#export-report");
    fs.writeFileSync(at("report.jsonl"), report);
    const out = run(`--apply=${at("report.jsonl")}`, at("scan.txt"));
    assert.deepEqual(out, run(at("scan.txt")));
    assert.deepEqual(page.errors, []);
    await page.close();
  },

  async "decisions survive export, apply and revert"() {
    const before = fs.readFileSync(at("scan.txt"));
    const page = await open(at("page.html"));
    await page.keyboard.press("n");
    await page.keyboard.press("e");
    await page.fill("#replacement", "¡Puesto a mano!");
    await page.keyboard.press("Enter");
    await page.keyboard.press("n");
    await page.keyboard.press("r");
    const series = page.locator("#series-list > li").first();
    const name = await series.locator(".name").innerText();
    await series.locator("button.no").first().click();
    await page.click("#undo");
    await series.locator("button.no").first().click();
    await page.click("#doubted");
    await page.keyboard.press("a");
    const text = await saved(page, "#export-report");
    const report = reportOf(text);
    const lines = report.filter(line => !line.end);
    assert.equal(lines[0].replacement, "¡Puesto a mano!");
    assert.equal(lines[1].verdict, "rejected");
    const ofSeries = lines.filter(line => line.reason === name);
    assert.ok(ofSeries.length > 1);
    assert.ok(ofSeries.every(line => line.verdict === "rejected"));
    assert.match(await page.locator("#progress").innerText(), /decided by you/);

    fs.writeFileSync(at("edited.jsonl"), text);
    run("--in-place", `--apply=${at("edited.jsonl")}`, at("scan.txt"));
    assert.deepEqual(fs.readFileSync(at("scan.txt")), splice(before, report));
    run("--in-place", `--revert=${at("edited.jsonl")}`, at("scan.txt"));
    assert.deepEqual(fs.readFileSync(at("scan.txt")), before);

    const veto = await saved(page, "#export-veto");
    assert.ok(veto.split("\n").includes(name));
    fs.writeFileSync(at("veto.txt"), veto);
    const again = reportOf(run(`--veto=${at("veto.txt")}`, "--format=jsonl",
      at("scan.txt")).toString());
    assert.ok(again.filter(line => line.reason === name)
      .every(line => line.verdict === "rejected"));

    await page.waitForTimeout(500);
    await page.reload();
    assert.match(await page.locator("#notice").innerText(), /back/);
    assert.deepEqual(reportOf(await saved(page, "#export-report")), report);
    assert.deepEqual(page.errors, []);
    await page.close();
  },

  async "decisions survive in hOCR, ALTO, PAGE and records"() {
    for (const [name, text] of Object.entries(laidOut())) {
      fs.writeFileSync(at(name), text);
      run(`--review=${at(`${name}.html`)}`, at(name));
      const page = await open(at(`${name}.html`));
      fs.writeFileSync(at("same.jsonl"), await saved(page, "#export-report"));
      assert.deepEqual(run(`--apply=${at("same.jsonl")}`, at(name)),
        run(at(name)));
      await page.keyboard.press("n"); // cooperacién
      await page.keyboard.press("e");
      await page.fill("#replacement", "coordinación");
      await page.keyboard.press("Enter");
      await page.keyboard.press("n"); // alos
      await page.keyboard.press("e");
      await page.fill("#replacement", "a las dos");
      await page.keyboard.press("Enter");
      assert.match(await page.locator("#notice").innerText(), /one plain word/);
      await page.keyboard.press("a");
      await page.keyboard.press("r"); // paises
      const edited = await saved(page, "#export-report");
      const lines = reportOf(edited).filter(line => !line.end);
      assert.deepEqual(lines.map(line => [line.replacement, line.verdict]), [
        ["coordinación", "applied"], ["a los", "applied"],
        ["países", "rejected"]]);
      fs.writeFileSync(at("edited.jsonl"), edited);
      run("--in-place", `--apply=${at("edited.jsonl")}`, at(name));
      const made = fs.readFileSync(at(name), "utf8");
      assert.ok(made.includes("coordinación") && made.includes("paises"));
      assert.ok(!made.includes("países") && !made.includes("cooperación"));
      run("--in-place", `--revert=${at("edited.jsonl")}`, at(name));
      assert.equal(fs.readFileSync(at(name), "utf8"), text);
      assert.deepEqual(page.errors, []);
      await page.close();
    }
  },

  async "a word is shown as it stands on the page"() {
    const image = await printPage();
    const data = `data:image/png;base64,${image.toString("base64")}`;
    fs.mkdirSync(at("scans"), {recursive: true});
    const ways = {
      linked: ["page.png", [], true],
      embedded: ["page.png", ["--images=embed"], false],
      "in the file": [data, [], false],
      "named elsewhere": ["/some/where/page.tif", [], true],
      "not named": ["", [], true]
    };
    for (const [way, [name, options, isKept]] of Object.entries(ways))
      for (const [file, text] of Object.entries(laidOut(name))) {
        if (file === "page.jsonl")
          continue;
        fs.writeFileSync(at(file), text);
        fs.writeFileSync(at("page.png"), image);
        run(...options, `--review=${at("scans/clip.html")}`, at(file));
        if (!isKept)
          fs.rmSync(at("page.png"));
        const page = await open(at("scans/clip.html"));
        await page.keyboard.press("n"); // cooperacién
        await page.waitForTimeout(100);
        const [one] = await page.locator("#clips svg").all();
        assert.ok(one !== undefined, `${way}, ${file}: nothing is shown`);
        assert.equal(await one.getAttribute("aria-label"),
          "“cooperacién” as it stands on the page");
        assert.deepEqual(await coloursOf(page),
          [paper(1), paper(1), paper(1)], `${way}, ${file}`);
        await page.keyboard.press("n"); // alos
        assert.deepEqual(await coloursOf(page),
          [paper(7), paper(7), paper(7)], `${way}, ${file}`);
        await page.evaluate(axe);
        const {violations} = await page.evaluate(() => window.axe.run());
        assert.deepEqual(violations.map(found => found.id), []);
        assert.deepEqual(page.errors, [], `${way}, ${file}`);
        await page.close();
      }
  },

  async "an image that is not there is said, none is not"() {
    fs.rmSync(at("page.png"), {force: true});
    fs.writeFileSync(at("page.hocr"), laidOut("http://127.0.0.1/a.tif")[
      "page.hocr"]);
    for (const [options, said] of [[[], /a\.tif/], [["--images=none"], /^$/]]) {
      run(...options, `--review=${at("none.html")}`, at("page.hocr"));
      const page = await open(at("none.html"));
      await page.keyboard.press("n");
      assert.match(await page.locator("#clips").innerText(), said);
      assert.equal(await page.locator("#clips svg").count(), 0);
      assert.deepEqual(page.errors, []);
      await page.close();
    }
    fs.writeFileSync(at("page.png"), "no image");
    run(`--review=${at("none.html")}`, at("page.hocr"));
    const page = await open(at("none.html"));
    await page.keyboard.press("n");
    await page.waitForSelector("#clips:has-text('PNG or JPEG')");
    await page.close();
  },

  async "an alternative is chosen, filters hide"() {
    const page = await open(at("page.html"));
    await page.evaluate(() => localStorage.clear());
    await page.keyboard.press("n");
    await page.keyboard.press("2");
    const [first] = reportOf(await saved(page, "#export-report"));
    assert.equal(first.verdict, "rejected");
    const visible = () => page.locator("#rows .mark:not(.faint)").count();
    const all = await visible();
    await page.fill("#least", "990");
    const sure = await visible();
    assert.ok(sure > 0 && sure < all);
    await page.fill("#least", "0");
    await page.selectOption("#class", {index: 1});
    assert.ok(await visible() < all);
    await page.selectOption("#class", "");
    assert.equal(await visible(), all);
    for (const view of ["sides", "result", "inline"]) {
      await page.selectOption("#view", view);
      await page.waitForSelector("#rows .mark");
    }
    await page.selectOption("#language", "es");
    assert.equal(await page.locator("html").getAttribute("lang"), "es");
    assert.equal(await page.locator("#undo").innerText(), "Deshacer");
    const names = await page.locator("#series-list .name").allInnerTexts();
    assert.ok(names.some(name => / leída como /.test(name)));
    assert.ok(!names.some(name => / read as | misread/.test(name)), names);
    assert.deepEqual(page.errors, []);
    await page.close();
  },

  async "what a new user looks for is there"() {
    const page = await open(at("page.html"));
    await page.evaluate(() => localStorage.clear());
    assert.match(await page.locator("#hint").innerText(), /press n/);
    assert.match(await page.locator("#document").innerText(), /^scan\.txt/);

    // What is doubted, one after the other.
    const doubted = page.locator("#doubted");
    const [count] = (await doubted.innerText()).match(/^\d+/);
    await doubted.click();
    assert.match(await page.locator("#facts").innerText(), /doubted/);
    assert.equal(await page.locator("#rows .mark:not(.faint)").count(),
      Number(count));
    const counts = await page.locator("#series-list .count").allInnerTexts();
    assert.equal(counts.reduce((sum, one) => sum + Number(one), 0),
      Number(count));
    await page.click("#reject");
    await page.click("#undo");
    await doubted.click();

    // A text for all that were read alike.
    const pair = await page.evaluate(() => {
      const all = allSeries.flatMap(series => [...series.pairs.values()]);
      const found = all.find(one => one.repairs.length > 1 &&
        one.repairs[0].index > 0);
      select(found.repairs[0]);
      return found.repairs.map(repair => repair.index);
    });
    await page.fill("#replacement", "otra");
    await page.click("#take-all");
    const lines = reportOf(await saved(page, "#export-report"));
    for (const index of pair)
      assert.equal(lines[index].replacement, "otra");
    assert.equal(lines.filter(line => line.replacement === "otra").length,
      pair.length);
    assert.match(await page.locator("#notice").innerText(),
      /unfix --in-place --apply=report\.jsonl \S*scan\.txt$/);
    await page.click("#undo");

    // A word of the text, which may be far away.
    const last = await page.evaluate(() => {
      const {rows} = documents[0];
      const row = rows.findLast(one => /\w{5}/.test(rowText(one)));
      return rowText(row).match(/\w{5,}/)[0];
    });
    await page.keyboard.press("/");
    await page.keyboard.type(last);
    await page.keyboard.press("Enter");
    assert.ok((await page.locator(".row.found").innerText()).toLowerCase()
      .includes(last));
    await page.fill("#find", "no such words");
    await page.keyboard.press("Enter");
    assert.match(await page.locator("#notice").innerText(), /not in the text/);
    assert.deepEqual(page.errors, []);
    await page.close();
  },

  async "markup of a document is text"() {
    const hostile = "La cooperacién </script><script>window.hacked=1</script>" +
      "<img src=x onerror=\"window.hacked=2\"> <!-- la situacién\n" +
      "<b>sefialadas</b> & la proteccién &lt;b&gt; ]]> \u2028 fin\n";
    fs.writeFileSync(at("<b>hostile.txt"), hostile.repeat(5));
    run(`--review=${at("hostile.html")}`, "--input=text", at("<b>hostile.txt"));
    const page = await open(at("hostile.html"));
    await page.selectOption("#view", "result");
    await page.waitForSelector("#rows .mark");
    assert.equal(await page.evaluate(() => window.hacked), undefined);
    assert.equal(await page.locator("#rows img, #rows b, #rows script").count(),
      0);
    assert.ok((await page.locator("#rows").innerText()).includes(
      "</script><script>window.hacked=1</script>"));
    assert.deepEqual(page.errors, []);
    await page.close();
  },

  async "axe finds nothing, wide or narrow, light or dark"() {
    for (const width of [1280, 390])
      for (const colorScheme of ["light", "dark"]) {
        const page =
          await open(at("page.html"),
            {viewport: {width, height: 800}, colorScheme});
        await page.keyboard.press("n");
        if (screenshots) {
          await page.waitForTimeout(300);
          await page.screenshot({
            path: path.join(screenshots, `review-${width}-${colorScheme}.png`)
          });
        }
        await page.evaluate(axe);
        const {violations} = await page.evaluate(() => window.axe.run());
        assert.deepEqual(violations.map(one =>
          `${one.id}: ${one.nodes[0].html}`), []);
        await page.close();
      }
  },

  async "ten thousand repairs are fluent"() {
    fs.writeFileSync(at("many.txt"),
      Buffer.concat(Array(200).fill(fs.readFileSync(scan))));
    run(`--review=${at("many.html")}`, at("many.txt"));
    const page = await open(at("many.html"));
    const seen = await page.evaluate(async () => {
      const frame = () => new Promise(done => requestAnimationFrame(done));
      const [paint] = performance.getEntriesByType("paint");
      const before = performance.now();
      document.querySelector("#series-list button.no").click();
      await frame();
      const decided = performance.now() - before;
      const text = document.getElementById("text"), steps = [];
      for (let i = 0; i < 30; i++) {
        const start = performance.now();
        text.scrollTop += 2000;
        await frame();
        steps.push(performance.now() - start);
      }
      steps.sort((a, b) => a - b);
      return {
        repairs: repairs.length, paint: paint.startTime, decided,
        scrolled: steps[Math.floor(steps.length / 2)],
        marks: document.querySelectorAll(".mark").length
      };
    });
    console.log(`# ${seen.repairs} repairs: first paint ` +
      `${seen.paint.toFixed(0)} ms, a series ${seen.decided.toFixed(0)} ms, ` +
      `a step of scrolling ${seen.scrolled.toFixed(0)} ms`);
    assert.ok(seen.repairs >= 10000);
    assert.ok(seen.marks < 1000, "all of the text is in the page at once");
    if (process.env.REVIEW_TIMES) {
      assert.ok(seen.paint < 1000);
      assert.ok(seen.decided < 100);
      assert.ok(seen.scrolled < 100);
    }
    await page.close();
  }
};

let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  try {
    await test();
    console.log(`ok - ${name}`);
  } catch (error) {
    failed++;
    console.log(`not ok - ${name}\n${error.stack}`);
  }
}
await browser.close();
console.log(`${Object.keys(tests).length - failed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
