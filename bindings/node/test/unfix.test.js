// SPDX-License-Identifier: MPL-2.0
'use strict';

const assert = require('assert');
const fs = require('fs');
const path = require('path');
const { once } = require('events');
const test = require('node:test');
const unfix = require('unfix');

const ROOT = process.env.UNFIX_SOURCE;
const BROKEN = 'La cooperacién internacional';
const MENDED = 'La cooperación internacional';
const folder = path.join(ROOT, 'tests', 'pages');
const pages = fs
  .readdirSync(folder)
  .filter((name) => name.endsWith('.ocr.txt'))
  .sort()
  .map((name) => fs.readFileSync(path.join(folder, name), 'utf8'));

test('repairs', async () => {
  const result = await unfix.repair(BROKEN);
  assert.strictEqual(result.text, MENDED);
  assert.deepStrictEqual(unfix.repairSync(BROKEN), result);
  const [c] = result.corrections;
  assert.deepStrictEqual(
    [c.start, c.end, c.outStart, c.outEnd, c.offset, c.length, c.outOffset, c.outLength],
    [3, 14, 3, 14, 3, 12, 3, 12]
  );
  assert.deepStrictEqual([c.original, c.replacement], ['cooperacién', 'cooperación']);
  assert.deepStrictEqual([c.verdict, c.heldBack, c.knownBefore], ['applied', null, false]);
  assert.ok(unfix.kinds.includes(c.kind) && c.confidence >= c.bar);
  assert.deepStrictEqual(Object.keys(result.bars), [...unfix.kinds]);
});

test('places count as strings do, and in bytes', () => {
  for (const page of [...pages, 'ñ 😀 ' + BROKEN + ' \ufffd ' + BROKEN]) {
    const data = Buffer.from(page);
    const { text: out, corrections } = unfix.repairSync(page);
    const bytes = Buffer.from(out);
    assert.ok(corrections.length > 0);
    assert.strictEqual(unfix.revert(out, corrections), page);
    for (const c of corrections) {
      const now = c.verdict === 'applied' ? c.replacement : c.original;
      assert.strictEqual(page.slice(c.start, c.end), c.original);
      assert.strictEqual(out.slice(c.outStart, c.outEnd), now);
      assert.strictEqual(data.toString('utf8', c.offset, c.offset + c.length), c.original);
      assert.strictEqual(bytes.toString('utf8', c.outOffset, c.outOffset + c.outLength), now);
    }
  }
});

test('a Buffer gives a Buffer, and bytes that are no UTF-8 stay', () => {
  const { text } = unfix.repairSync(Buffer.concat([Buffer.from(BROKEN), Buffer.from([32, 255])]));
  assert.deepStrictEqual(text, Buffer.concat([Buffer.from(MENDED), Buffer.from([32, 255])]));
});

test('places count as decoders do where bytes are no UTF-8', () => {
  const odd = ['80', 'ff', 'e282', 'f09f98', 'c3', 'eda080', 'f4908080', 'c0af', 'e080', 'f09f9880'];
  const parts = odd.map((hex) => Buffer.concat([Buffer.from(hex, 'hex'), Buffer.from(` ${BROKEN} `)]));
  const data = Buffer.concat(parts);
  const { text, corrections } = unfix.repairSync(data);
  assert.strictEqual(corrections.length, odd.length);
  for (const c of corrections) {
    assert.strictEqual(data.toString().slice(c.start, c.end), 'cooperacién');
    assert.strictEqual(text.toString().slice(c.outStart, c.outEnd), 'cooperación');
  }
  for (const place of unfix.explain(data))
    assert.strictEqual(data.toString().slice(place.start, place.end), place.original);
});

test('what the engine would have read instead is a candidate', async () => {
  const text = 'Señor: la zqxqa internacional';
  const start = text.indexOf('zqxqa');
  const readings = [{ text: 'casa', confidence: 900 }];
  const evidence = [{ start, end: start + 5, confidence: 300, readings }];
  assert.deepStrictEqual(unfix.repairSync(text).corrections, []);
  const result = unfix.repairSync(text, { evidence });
  assert.deepStrictEqual(
    result.corrections.map((c) => [c.start, c.replacement]),
    [[start, 'casa']]
  );
  assert.deepStrictEqual(await unfix.repair(text, { evidence }), result);
  const data = Buffer.from(text);
  const from = data.indexOf('zqxqa');
  const inBytes = [{ start: from, end: from + 5, confidence: 300, readings }];
  assert.deepStrictEqual(
    unfix.repairSync(data, { evidence: inBytes }).corrections,
    result.corrections
  );
  for (const wrong of [
    [{ start: 5, end: 2, confidence: 1 }],
    [{ start: 0, end: 99, confidence: 1 }],
    [{ start: 0, end: 2, confidence: 2000 }],
    [{ start: 0, end: 2, confidence: NaN }],
    [{ start: 0, end: 2, confidence: 1, readings: [{ text: 'la', confidence: -1 }] }],
    [{ start: 0, end: 2, confidence: 1, readings: [{ text: 'la', confidence: NaN }] }],
    [{ start: 0, end: 2, confidence: 1, readings: [{ text: 'la' }] }],
    [{ start: 0, end: 2, confidence: 1, readings: [{ text: '\ud83d', confidence: 1 }] }],
  ]) {
    assert.throws(() => unfix.repairSync(text, { evidence: wrong }), RangeError);
  }
});

test('many at once, in other threads', async () => {
  const repairer = new unfix.Repairer();
  const alone = pages.map((page) => repairer.repairSync(page).text);
  const together = await Promise.all(pages.map((page) => repairer.repair(page)));
  assert.deepStrictEqual(together.map((result) => result.text), alone);
});

test('half a surrogate pair is refused', async () => {
  for (const text of [BROKEN + ' \ud83d', '\ude00 ' + BROKEN, '\ude00\ud83d']) {
    assert.throws(() => unfix.repairSync(text), RangeError);
    assert.throws(() => unfix.explain(text), RangeError);
    await assert.rejects(unfix.repair(text), RangeError);
  }
  assert.throws(() => new unfix.Overlay({ words: ['\ud83d'] }), RangeError);
  for (const [start, end] of [[0, 1], [1, 2]]) {
    const evidence = [{ start, end, confidence: 1 }];
    assert.throws(() => unfix.repairSync('😀 ' + BROKEN, { evidence }), RangeError);
  }
});

test('options', async () => {
  assert.strictEqual(unfix.repairSync(BROKEN, { only: [] }).text, BROKEN);
  assert.strictEqual(unfix.repairSync(BROKEN, { only: ['split'] }).text, BROKEN);
  assert.strictEqual(unfix.repairSync(BROKEN, { only: unfix.kinds }).text, MENDED);
  assert.strictEqual(unfix.repairSync(BROKEN).text, MENDED);
  assert.match(unfix.repairSync('la coopera-\nción').text, /-/);
  assert.doesNotMatch(unfix.repairSync('la coopera-\nción', { joinHyphens: true }).text, /-/);
  assert.strictEqual(new unfix.Repairer({ only: [] }).repairSync(BROKEN).text, BROKEN);
  assert.throws(() => unfix.repairSync(BROKEN, { only: ['nonsense'] }), RangeError);
  const wrong = (error) => error instanceof unfix.UnfixError && /^min_confidence /.test(error.message);
  assert.throws(() => unfix.repairSync(BROKEN, { minConfidence: 1001 }), wrong);
  await assert.rejects(unfix.repair(BROKEN, { minConfidence: 1001 }), wrong);
  await assert.rejects(unfix.repair(7), TypeError);
  assert.throws(() => unfix.repairSync(null), TypeError);
});

test('overlays', () => {
  const text = (entries, words = BROKEN) =>
    new unfix.Repairer({ overlay: new unfix.Overlay(entries) }).repairSync(words).text;
  assert.strictEqual(text({ words: ['cooperacién'] }), BROKEN);
  assert.strictEqual(text({ vetoes: ['cooperacién=cooperación'] }), BROKEN);
  assert.strictEqual(text({ confusions: [['€', 'ó', 2]] }, 'La cooperaci€n internacional'), MENDED);
  assert.throws(() => new unfix.Overlay({ words: ['bueno', 'ma lo'] }), { name: 'UnfixError', line: 2 });
  assert.throws(() => text({ dictionaries: [['no.aff', 'no.dic']] }), unfix.UnfixError);
  assert.throws(() => text({ dictionaries: [['no.aff']] }), TypeError);
  assert.throws(() => text({ dictionaries: [['no.aff\0', 'no.dic']] }), RangeError);
});

test('models', () => {
  const model = new unfix.Model();
  assert.strictEqual(model.language, 'es');
  assert.ok(unfix.Model.places().map((p) => path.resolve(p)).includes(path.resolve(model.path)));
  assert.throws(() => new unfix.Model('/nonexistent'), /nonexistent/);
  assert.throws(() => new unfix.Model(__filename), unfix.UnfixError);
  const url = require('url').pathToFileURL(model.path);
  for (const file of [42, null, {}, Buffer.from(model.path), url]) {
    assert.throws(() => new unfix.Model(file), TypeError);
  }
  assert.throws(() => new unfix.Model(model.path + '\0x'), RangeError);
});

test('explains', () => {
  const text = 'ñ 😀 ' + BROKEN;
  const places = unfix.explain(text);
  assert.ok(places.some((place) => place.readings.length > 1));
  for (const place of places) assert.strictEqual(text.slice(place.start, place.end), place.original);
});

test('a stream gives what one call gives, however it is cut', async () => {
  const text = pages.join('\n\n');
  const whole = unfix.repairSync(text);
  const data = Buffer.from(text);
  for (const size of [997, 65536, data.length]) {
    const stream = unfix.createStream();
    const found = [], parts = [];
    stream.on('result', (piece) => found.push(...piece.corrections));
    stream.on('data', (part) => parts.push(part));
    for (let i = 0; i < data.length; i += size) stream.write(data.subarray(i, i + size));
    stream.end();
    await once(stream, 'end');
    assert.strictEqual(Buffer.concat(parts).toString(), whole.text);
    assert.deepStrictEqual(found, whole.corrections);
  }
});

test('apply makes what one chooses', () => {
  const { corrections } = unfix.repairSync(pages[0]);
  const [c] = corrections;
  assert.strictEqual(
    unfix.apply(pages[0], [c]),
    pages[0].slice(0, c.start) + c.replacement + pages[0].slice(c.end)
  );
  assert.throws(() => unfix.apply('x' + pages[0], [c]), RangeError);
});

test('memory stays', () => {
  const round = (n) => {
    for (let i = 0; i < n; i++) unfix.repairSync(BROKEN);
    global.gc();
    return process.memoryUsage().rss;
  };
  round(2000);
  const before = round(2000);
  assert.ok(round(20000) - before < 8e6);
});
