// Region packs for tests: one section put in or in the place of another. See core/src/format/pack.rs for the container.

import { crc32, deflateRawSync } from 'node:zlib';

const HEAD = 16;
const ENTRY = 28;
const NAME = 16;

/// The pack with a section of this text; one of the same name goes.
export function withSection(bytes, name, text) {
  const kept = sections(bytes).filter((section) => section.name !== name);
  const raw = Buffer.from(text);
  const packed = deflateRawSync(raw);
  const all = [...kept, { name, raw: raw.length, check: crc32(packed), packed }];
  const head = Buffer.alloc(HEAD + ENTRY * all.length);
  bytes.copy(head, 0, 0, HEAD);
  head.writeUInt32LE(all.length, 12);
  all.forEach((section, i) => {
    const at = HEAD + ENTRY * i;
    head.write(section.name, at, 'latin1');
    head.writeUInt32LE(section.raw, at + NAME);
    head.writeUInt32LE(section.packed.length, at + NAME + 4);
    head.writeUInt32LE(section.check, at + NAME + 8);
  });
  return Buffer.concat([head, ...all.map((section) => section.packed)]);
}

function sections(bytes) {
  const count = bytes.readUInt32LE(12);
  let from = HEAD + ENTRY * count;
  return Array.from({ length: count }, (_, i) => {
    const at = HEAD + ENTRY * i;
    const size = bytes.readUInt32LE(at + NAME + 4);
    const packed = bytes.subarray(from, from + size);
    from += size;
    const name = bytes.toString('latin1', at, at + NAME).replace(/\0+$/, '');
    return { name, raw: bytes.readUInt32LE(at + NAME), check: bytes.readUInt32LE(at + NAME + 8), packed };
  });
}
