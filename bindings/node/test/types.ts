// SPDX-License-Identifier: MPL-2.0
import * as unfix from 'unfix';

async function use(): Promise<number> {
  const result = await unfix.repair('La cooperacién', { only: ['accent'] });
  const text: string = result.text;
  const bytes: Buffer = unfix.repairSync(Buffer.from(text)).text;
  const evidence = [{ start: 3, end: 14, confidence: 410, readings: [{ text: 'a', confidence: 1 }] }];
  await unfix.repair(text, { evidence });
  const overlay = new unfix.Overlay({ words: ['a'], confusions: [['a', 'b', 2]] });
  const repairer = new unfix.Repairer({ overlay, maxHarm: 0.5 });
  repairer.createStream().on('result', (piece: unfix.Result<Buffer>) => piece.words);
  unfix.apply(text, result.corrections.filter((c) => c.verdict === 'applied'));
  return bytes.length + repairer.explain(text)[0].readings[0].channelCost;
}
void use;
