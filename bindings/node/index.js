// SPDX-License-Identifier: MPL-2.0
'use strict';

const fs = require('fs');
const path = require('path');
const { Transform } = require('stream');
const addon = require('./lib/unfix.node');

/** What a call of the library reports: status, and offset and line in a table. */
class UnfixError extends Error {
  constructor(error) {
    super(error.message);
    this.name = 'UnfixError';
    this.status = error.status;
    this.offset = error.offset;
    this.line = error.line;
  }
}

// Errors of the addon have a status; others are JavaScript's own.
function translate(error) {
  return error && error.status !== undefined ? new UnfixError(error) : error;
}

function call(work) {
  try {
    return work();
  } catch (error) {
    throw translate(error);
  }
}

// No UTF-8 can be made of half a surrogate pair, and the engine would be told of
// another character than it was given.
function whole(text, what) {
  if (typeof text === 'string' && /\p{Surrogate}/u.test(text)) {
    throw new RangeError(`half a surrogate pair in ${what}`);
  }
  return text;
}

// The library takes paths that end in NUL.
function filePath(file) {
  if (typeof file !== 'string') throw new TypeError('a path has to be a string');
  if (file.includes('\0')) throw new RangeError('NUL in a path');
  return whole(file, 'a path');
}

function checkConfidence(confidence) {
  if (!(typeof confidence === 'number' && confidence >= 0 && confidence <= 1000)) {
    throw new RangeError(`not a confidence: ${confidence}`);
  }
}

const bundled = path.join(__dirname, 'lib', 'es.unfix');

class Model {
  #handle;

  constructor(file) {
    if (file === undefined && fs.existsSync(bundled)) file = bundled;
    const model = call(() => addon.loadModel(file === undefined ? null : filePath(file)));
    this.#handle = model.handle;
    this.language = model.language;
    this.dataVersion = model.dataVersion;
    this.path = model.path;
  }

  /** Where `new Model()` looks, the first place first. */
  static places() {
    const places = [bundled];
    for (let i = 0, place; (place = addon.modelPlace(i)) !== null; i++) {
      places.push(place);
    }
    return places;
  }

  static handle(model) {
    return model.#handle;
  }
}

function lines(items) {
  const table = items
    .map((item) => {
      if (/\n|^#/.test(item)) {
        throw new RangeError(`cannot stand in a line of a table: ${item}`);
      }
      return item + '\n';
    })
    .join('');
  return whole(table, 'a table');
}

class Overlay {
  #handle;

  constructor({ words = [], confusions = [], vetoes = [], dictionaries = [] } = {}) {
    const rules = confusions.map(
      ([read, meant, cost]) => `${read}\t${meant}\t${cost.toFixed(3)}`
    );
    const files = dictionaries.flatMap(([aff, dic]) => [filePath(aff), filePath(dic)]);
    this.#handle = call(() =>
      addon.newOverlay(lines(words), lines(rules), lines(vetoes), files)
    );
  }

  static handle(overlay) {
    return overlay.#handle;
  }
}

function numbers({ minConfidence, only, maxHarm, joinHyphens, compose }) {
  let classes = -1;
  if (only !== undefined) {
    classes = 0;
    for (const kind of only) {
      const i = addon.kinds.indexOf(kind);
      if (i < 0) throw new RangeError(`no kind of repair: ${kind}`);
      classes += 2 ** i;
    }
  }
  for (const n of [minConfidence, maxHarm]) {
    if (n !== undefined && !(typeof n === 'number' && n >= 0 && n <= 10000)) {
      throw new RangeError(`not a confidence or a harm: ${n}`);
    }
  }
  return [
    minConfidence === undefined ? -1 : Math.round(minConfidence),
    classes,
    maxHarm === undefined ? 0 : Math.round(maxHarm * 1000),
    joinHyphens ? 1 : 0,
    compose ? 1 : 0,
  ];
}

function reading({ text, confidence }) {
  checkConfidence(confidence);
  return [whole(text, 'a reading'), confidence];
}

// What the engine said, with places in bytes.
function inBytes(text, evidence = []) {
  whole(text, 'the text');
  const long = (part) => (typeof part === 'string' ? Buffer.byteLength(part) : part.length);
  let at = 0;
  let offset = 0;
  return evidence.map(({ start, end, confidence, readings = [] }) => {
    if (!(at <= start && start <= end && end <= text.length)) {
      throw new RangeError('evidence is not sorted, or not of this text');
    }
    checkConfidence(confidence);
    const from = offset + long(whole(text.slice(at, start), 'what evidence cuts'));
    const length = long(whole(text.slice(start, end), 'what evidence cuts'));
    at = end;
    offset = from + length;
    return [from, length, confidence, readings.map(reading)];
  });
}

let defaultModel;

class Repairer {
  #idle = [];
  #options;

  constructor({ model, overlay, ...options } = {}) {
    if (model === undefined) model = defaultModel = defaultModel || new Model();
    this.model = model;
    this.overlay = overlay;
    this.#options = options;
    numbers(options);
    this.#idle.push(this.#context());
  }

  #context() {
    return call(() =>
      addon.newContext(
        Model.handle(this.model),
        this.overlay === undefined ? null : Overlay.handle(this.overlay)
      )
    );
  }

  #take() {
    return this.#idle.pop() || this.#context();
  }

  /** Repairs a text here and now. */
  repairSync(text, options = {}) {
    const wanted = numbers({ ...this.#options, ...options });
    const said = inBytes(text, options.evidence);
    const context = this.#take();
    try {
      return call(() => addon.correct(context, text, wanted, said));
    } finally {
      this.#idle.push(context);
    }
  }

  /** Repairs a text in another thread. */
  async repair(text, options = {}) {
    const wanted = numbers({ ...this.#options, ...options });
    const said = inBytes(text, options.evidence);
    const context = this.#take();
    try {
      return await addon.correctLater(context, text, wanted, said);
    } catch (error) {
      throw translate(error);
    } finally {
      this.#idle.push(context);
    }
  }

  /** How each place of a text may be read, before any verdict. */
  explain(text) {
    whole(text, 'the text');
    const context = this.#take();
    try {
      return call(() => addon.explain(context, text));
    } finally {
      this.#idle.push(context);
    }
  }

  /** A Transform of bytes; it emits 'result' for each piece. */
  createStream(options = {}) {
    const wanted = numbers({ ...this.#options, ...options });
    const handle = call(() => addon.newStream(this.#context(), wanted));
    const give = (stream, done, ...text) => {
      try {
        for (const piece of addon.feed(handle, ...text)) {
          stream.emit('result', piece);
          stream.push(piece.text);
        }
      } catch (error) {
        done(translate(error));
        return;
      }
      done();
    };
    return new Transform({
      transform(chunk, encoding, done) {
        give(this, done, chunk);
      },
      flush(done) {
        give(this, done);
      },
    });
  }
}

let defaultRepairer;

function repairer() {
  return (defaultRepairer = defaultRepairer || new Repairer());
}

function splice(text, edits) {
  const parts = [];
  let done = 0;
  for (const [start, end, before, after] of edits) {
    if (start < done || text.slice(start, end) !== before) {
      throw new RangeError(`the text does not have ${before} at ${start}`);
    }
    parts.push(text.slice(done, start), after);
    done = end;
  }
  parts.push(text.slice(done));
  return parts.join('');
}

/** Makes these corrections, whatever their verdict, in the text they are of. */
function apply(text, corrections) {
  return splice(
    text,
    corrections.map((c) => [c.start, c.end, c.original, c.replacement])
  );
}

/** Takes the applied ones of a result back from the result's text. */
function revert(text, corrections) {
  return splice(
    text,
    corrections
      .filter((c) => c.verdict === 'applied')
      .map((c) => [c.outStart, c.outEnd, c.replacement, c.original])
  );
}

module.exports = {
  version: addon.version,
  kinds: addon.kinds,
  BAR_NONE: 1001,
  UnfixError,
  Model,
  Overlay,
  Repairer,
  repair: (text, options) => repairer().repair(text, options),
  repairSync: (text, options) => repairer().repairSync(text, options),
  explain: (text) => repairer().explain(text),
  createStream: (options) => repairer().createStream(options),
  apply,
  revert,
};
