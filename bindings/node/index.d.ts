// SPDX-License-Identifier: MPL-2.0
/// <reference types="node" />
import { Transform } from 'stream';

/** The version of the library. */
export const version: string;
/** The kinds of repair, as `Correction.kind` and `Options.only` name them. */
export const kinds: readonly string[];
/** `Correction.bar` where no confidence is enough. */
export const BAR_NONE: number;

export class UnfixError extends Error {
  readonly status: number;
  /** In the table or file; 0 where there is none to tell. */
  readonly offset: number;
  readonly line: number;
}

export interface Options {
  /** Repairs are made from this confidence on, 0 to 1000. */
  minConfidence?: number;
  /** The kinds of repair that are made. */
  only?: readonly string[];
  /** So many wrong changes are to be expected in 10,000 words at most. */
  maxHarm?: number;
  /** Words broken at a line's end are made whole. */
  joinHyphens?: boolean;
  /** Letters with combining marks become one character (NFC). */
  compose?: boolean;
}

/** How sure the engine was of a piece of a text, mostly a word. */
export interface Evidence {
  /** As indices of the string, or bytes of the Buffer. */
  readonly start: number;
  readonly end: number;
  /** 0 to 1000, as that of a reading; else RangeError. */
  readonly confidence: number;
  /** What else it might have read there. */
  readonly readings?: readonly Alternative[];
}

/** Options of one text. */
export interface TextOptions extends Options {
  /** Sorted by place, disjoint. */
  evidence?: readonly Evidence[];
}

export interface Alternative {
  readonly text: string;
  readonly confidence: number;
}

/** One repair, made or not. */
export interface Correction {
  /** In the input and in the output, as indices of strings; of a Buffer those
   * of its `toString()`. */
  readonly start: number;
  readonly end: number;
  readonly outStart: number;
  readonly outEnd: number;
  /** The same in bytes of UTF-8. */
  readonly offset: number;
  readonly length: number;
  readonly outOffset: number;
  readonly outLength: number;
  readonly original: string;
  readonly replacement: string;
  /** Probability that the change is right, in thousandths. */
  readonly confidence: number;
  /** The confidence that it has to have. */
  readonly bar: number;
  readonly score: number;
  readonly verdict: 'applied' | 'proposed' | 'rejected';
  readonly kind: string;
  readonly reason: string;
  /** Why it was not applied; null if it was. */
  readonly heldBack: string | null;
  readonly alternatives: readonly Alternative[];
  readonly channelCost: number;
  readonly contextGain: number;
  readonly knownBefore: boolean;
  readonly knownAfter: boolean;
  readonly seenBefore: number;
  readonly seenAfter: number;
}

export interface Result<Text extends string | Buffer> {
  readonly text: Text;
  /** Sorted by place, disjoint. */
  readonly corrections: readonly Correction[];
  readonly words: number;
  /** Bytes that were left alone, since to search them takes too long. */
  readonly unsearched: number;
  readonly expectedHarm: number;
  readonly bars: { readonly [kind: string]: number };
}

export interface Place {
  readonly start: number;
  readonly end: number;
  readonly offset: number;
  readonly length: number;
  readonly original: string;
  readonly known: boolean;
  readonly protected: boolean;
  readonly readings: readonly {
    readonly text: string;
    readonly channelCost: number;
    readonly contextCost: number;
  }[];
}

/** What is known of the language; never changes. */
export class Model {
  /** TypeError where the path is no string, RangeError where it has a NUL. */
  constructor(file?: string);
  static places(): string[];
  readonly language: string;
  readonly dataVersion: string;
  readonly path: string;
}

/** A user's own words and misreadings; never changes. */
export class Overlay {
  constructor(entries?: {
    words?: readonly string[];
    /** Read, meant, cost in nats. */
    confusions?: readonly (readonly [string, string, number])[];
    /** "Manama", "Manama=Panamá", "ó read as é". */
    vetoes?: readonly string[];
    /** Pairs of paths, .aff and .dic, in UTF-8. */
    dictionaries?: readonly (readonly [string, string])[];
  });
}

/** Strings with half a surrogate pair are refused: RangeError. */
export class Repairer {
  constructor(options?: Options & { model?: Model; overlay?: Overlay });
  repair(text: string, options?: TextOptions): Promise<Result<string>>;
  repair(text: Buffer, options?: TextOptions): Promise<Result<Buffer>>;
  repairSync(text: string, options?: TextOptions): Result<string>;
  repairSync(text: Buffer, options?: TextOptions): Result<Buffer>;
  explain(text: string | Buffer): Place[];
  /** Bytes go in and come out; 'result' is emitted for each piece. */
  createStream(options?: Options): Transform;
}

export function repair(text: string, options?: TextOptions): Promise<Result<string>>;
export function repair(text: Buffer, options?: TextOptions): Promise<Result<Buffer>>;
export function repairSync(text: string, options?: TextOptions): Result<string>;
export function repairSync(text: Buffer, options?: TextOptions): Result<Buffer>;
export function explain(text: string | Buffer): Place[];
export function createStream(options?: Options): Transform;
/** Makes these corrections, whatever their verdict, in the text they are of. */
export function apply(text: string, corrections: readonly Correction[]): string;
/** Takes the applied ones of a result back from the result's text. */
export function revert(text: string, corrections: readonly Correction[]): string;
